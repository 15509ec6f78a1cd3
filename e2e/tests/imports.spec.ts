// Lists from a spreadsheet: looked at row by row, mended, and brought in as they were seen, all of it or nothing.

import { readFile } from 'node:fs/promises';

import { type Locator, type Page, expect } from '@playwright/test';

import { access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { signIn, told } from '../support/people.ts';
import { test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

const IMPORTS = '/instellingen/importeren';
const HEAD = 'Gebruikersnaam;Naam;E-mailadres;Kamer';
const WRONG = [HEAD, 'rsmit;René Smit;rsmit@voorbeeldstad.example;1.02', 'jdevries;;geen adres;'];
const MENDED = [...WRONG.slice(0, 2), 'jdevries;Jan de Vries-Smit;jan@voorbeeldstad.example;'];
const TYPED = ['mensen.csv', ...MENDED.join(';').split(';')].filter((text) => text !== '');

const WRONG_COLUMN = { nl: 'De kolom ‘Gebruikersnaam’ ontbreekt.', en: 'The column ‘Username’ is missing.' };
const STALE = 'Wat er nu zou gebeuren is niet wat u zag.';

/** Chooses a file as Windows programs write it: nothing in it says so. */
async function choose(page: Page, label: string, lines: string[], name = 'mensen.csv'): Promise<void> {
  const buffer = Buffer.from(lines.join('\r\n'), 'latin1');
  await page.getByLabel(label, { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
}

const report = (page: Page): Locator => page.locator('.import-report');
const rows = (page: Page): Locator => report(page).getByRole('table').locator('tbody tr');

for (const language of ['nl', 'en'] as const) {
  test(`een bestand met fouten, en daarna zonder (${language})`, async ({ page, request }) => {
    const t = wordsIn(language);
    await signIn(page, 'avisser@voorbeeldstad');
    await speak(request, 'avisser', language);
    await page.goto(IMPORTS);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('imports.title'));
    await judge(page, language);
    const button = page.getByRole('button', { name: t('imports.bring_in'), exact: true });

    await test.step('een bestand zonder de kolom waar het om gaat', async () => {
      await choose(page, t('imports.choose'), ['Naam', 'Iemand']);
      await expect(page.getByRole('alert').filter({ hasText: WRONG_COLUMN[language] })).toBeVisible();
      await judge(page, language, { typed: ['Naam'] });
    });

    await test.step('met fouten komt er niets in', async () => {
      await choose(page, t('imports.choose'), WRONG);
      await expect(report(page).getByRole('heading')).toBeFocused();
      await expect(report(page).getByRole('alert')).toContainText(t('imports.one_wrong'));
      await expect(rows(page)).toHaveCount(1);
      await expect(rows(page)).toContainText(['jdevries']);
      await expect(rows(page)).toContainText([t('imports.name')]);
      await expect(report(page)).toContainText('Windows-1252');
      await expect(report(page)).toContainText(t('imports.unused', { names: '‘Kamer’' }));
      await expect(button).toHaveCount(0);
      await judge(page, language, { typed: TYPED });
      await report(page).getByRole('radio', { name: t('imports.all') }).check();
      await expect(rows(page)).toHaveCount(2);
      await expect(rows(page).first()).toContainText('René Smit');
    });

    await test.step('hetzelfde bestand, verbeterd', async () => {
      await choose(page, t('imports.choose'), MENDED);
      await expect(button).toBeVisible();
      await expect(report(page)).toContainText(t('imports.good', { create: 1, change: 1 }));
      await expect(rows(page)).toHaveCount(2);
      await judge(page, language, { typed: TYPED });
      await button.click();
      await told(page, t('imports.done', { count: 2 }));
      await expect(report(page).getByRole('heading')).toBeFocused();
      await expect(report(page)).toContainText(t('imports.brought_in', { create: 1, change: 1 }));
      await expect(button).toHaveCount(0);
      await judge(page, language, { typed: TYPED });
    });

    const everyone = await list<{ name: string }>(await access(request, 'avisser'), '/v1/employees?limit=100');
    const names = everyone.map(({ name }) => name);
    expect(names).toContain('René Smit');
    expect(names).toContain('Jan de Vries-Smit');
  });
}

test('wat intussen anders is, ziet men eerst', async ({ page, request }) => {
  const t = wordsIn('nl');
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(IMPORTS);
  await choose(page, t('imports.choose'), MENDED);
  const button = page.getByRole('button', { name: t('imports.bring_in'), exact: true });
  await expect(button).toBeVisible();
  const { headers } = await access(request, 'avisser');
  const data = { username: 'rsmit', name: 'René Smit', email: 'rsmit@voorbeeldstad.example' };
  const made = await request.post('/v1/employees', { headers, data });
  expect(made.ok(), await made.text()).toBe(true);
  await button.click();
  await expect(report(page).getByRole('alert')).toContainText(STALE);
  await expect(report(page)).toContainText(t('imports.good', { create: 0, change: 1 }));
  await expect(report(page).getByRole('heading')).toBeFocused();
  await judge(page, 'nl', { typed: TYPED });
  await button.click();
  await told(page, t('imports.one_done'));
  await expect(report(page)).toContainText(t('imports.brought_in', { create: 0, change: 1 }));
});

/** A row to put below the empty example, what its report says, and what only the columns of that list tell. */
const EXAMPLES = {
  employees: ['nieuw;Noor Nieuw;nieuw@voorbeeldstad.example;Superuser;Zorgloket | Vergunningen;Engels', 'Superuser', 'about_roles'],
  memberships: ['mjansen;Zorgloket;toevoegen', 'Komt in Zorgloket.', 'about_action'],
  client_groups: ['Ouderen;ouderen@voorbeeldstad.example', 'ouderen@voorbeeldstad.example', 'about_client_email'],
  dossiers: [';Gezin Mulder;jdevries;;beperkt;Zorgloket;Externe adviseurs', 'Alleen wie toegang krijgt', 'about_manager'],
} as const;

for (const [kind, [row, shown, about]] of Object.entries(EXAMPLES)) {
  test(`het lege voorbeeld heeft de kolommen die de server kent: ${kind}`, async ({ page }) => {
    const t = wordsIn('nl');
    await signIn(page, 'avisser@voorbeeldstad');
    await page.goto(IMPORTS);
    await page.getByRole('radio', { name: t(`imports.${kind}`) }).check();
    await expect(page.getByText(t(`imports.${about}`), { exact: true })).toBeVisible();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: t('imports.example') }).click();
    const download = await downloading;
    const example = await readFile(await download.path());
    const buffer = Buffer.concat([example, Buffer.from(`${row}\r\n`)]);
    const file = { name: download.suggestedFilename(), mimeType: 'text/csv', buffer };
    await page.getByLabel(t('imports.choose'), { exact: true }).setInputFiles(file);
    await expect(rows(page)).toContainText([shown]);
    await expect(report(page)).not.toContainText(t('imports.unused', { names: '‘' }).replace('‘.', '‘'));
    await judge(page, 'nl', { typed: [...row.split(';').filter((text) => text !== ''), file.name] });
    await page.getByRole('button', { name: t('imports.bring_in'), exact: true }).click();
    await told(page, t('imports.one_done'));
    // Another list has another file.
    const other = kind === 'employees' ? 'memberships' : 'employees';
    await page.getByRole('radio', { name: t(`imports.${other}`) }).check();
    await expect(report(page)).toHaveCount(0);
  });
}

test('een lang bestand staat er bij stukken, en een te groot bestand gaat niet op weg', async ({ page }) => {
  const t = wordsIn('nl');
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`${IMPORTS}?lijst=client-groups`);
  const groups = Array.from({ length: 250 }, (_, number) => `Wijk ${number};wijk${number}@voorbeeldstad.example`);
  await choose(page, t('imports.choose'), ['Naam;E-mailadres', ...groups], 'wijken.csv');
  await expect(rows(page)).toHaveCount(100);
  await page.getByRole('button', { name: t('imports.more', { count: 150 }) }).click();
  await expect(rows(page)).toHaveCount(200);
  await page.getByRole('button', { name: t('imports.more', { count: 50 }) }).click();
  await expect(rows(page)).toHaveCount(250);
  await choose(page, t('imports.choose'), ['x'.repeat(5 * 1024 * 1024 + 1)]);
  await expect(page.getByLabel(t('imports.choose'), { exact: true })).toHaveAccessibleDescription(/groter dan 5 MB/);
  // What was there before is about another file, and stays.
  await expect(report(page).getByRole('heading')).toHaveText('wijken.csv');
  await judge(page, 'nl', { typed: ['wijken.csv'], enlarged: false });
});

test('wie niet beheert, vindt hier niets', async ({ page }) => {
  await signIn(page, 'fyilmaz@voorbeeldstad');
  for (const address of [IMPORTS, '/instellingen/zaaktypen/importeren']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Niet gevonden');
    await judge(page, 'nl');
  }
  await page.goto('/instellingen/zaaktypen');
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Importeren' })).toHaveCount(0);
});
