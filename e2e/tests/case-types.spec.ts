// Case types from an export, as they were seen first; and their steps in the order someone puts them in (C1).

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { type Locator, type Page, expect } from '@playwright/test';

import { access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { press } from '../support/keyboard.ts';
import { signIn, told } from '../support/people.ts';
import { test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

const SAMPLE = fileURLToPath(new URL('../../api/tests/data/case-types.xml', import.meta.url));
const TYPE = 'Evenementenvergunning aanvraag';
const TYPED = ['Evenement in de wijk', 'export.xml'];

interface CaseType {
  id: string;
  version: number;
  steps: { id: string; name: string }[];
}

const report = (page: Page): Locator => page.locator('.import-report');
const ordering = (page: Page): Locator => page.locator('form').filter({ has: page.locator('.step-order') });
const rows = (page: Page): Locator => report(page).getByRole('table').locator('tbody tr');

async function caseType(page: Page): Promise<CaseType> {
  const admin = await access(page.request, 'avisser');
  const all = await list<{ id: string; name: string }>(admin, '/v1/case-types');
  const id = all.find(({ name }) => name === TYPE)?.id;
  const answer = await page.request.get(`/v1/case-types/${id}`, { headers: admin.headers });
  return (await answer.json()) as CaseType;
}

for (const language of ['nl', 'en'] as const) {
  test(`een export met een wijziging en een fout (${language})`, async ({ page, request }) => {
    const t = wordsIn(language);
    await signIn(page, 'avisser@voorbeeldstad');
    await speak(request, 'avisser', language);
    await page.goto('/instellingen/zaaktypen');
    await page.getByRole('link', { name: t('imports.bring_in'), exact: true }).last().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case_type_import.title'));
    await judge(page, language);
    const sample = await readFile(SAMPLE, 'utf8');
    const choose = async (text: string) => {
      const file = { name: 'export.xml', mimeType: 'text/xml', buffer: Buffer.from(text) };
      await page.getByLabel(t('case_type_import.choose'), { exact: true }).setInputFiles(file);
    };
    const button = report(page).getByRole('button', { name: t('imports.bring_in'), exact: true });

    await choose(sample);
    await expect(report(page)).toContainText(t('imports.nothing'));
    await expect(button).toHaveCount(0);

    await choose('<dsp>');
    await expect(page.locator('.notice--problem')).toContainText('export.xml');
    await judge(page, language, { typed: TYPED });

    // The one has another name and term, the other what nobody knows.
    await choose(
      sample
        .replace(`<kernomschrijving>${TYPE}`, '<kernomschrijving>Evenement in de wijk')
        .replace('<afdoeningstermijn>56<', '<afdoeningstermijn>42<')
        .replace('ZAAKVERTROUWELIJK', 'STIEKEM'),
    );
    await expect(report(page).getByRole('heading')).toBeFocused();
    await expect(report(page).getByRole('alert')).toContainText(t('case_type_import.one_wrong'));
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText(['STIEKEM']);
    await judge(page, language, { typed: [...TYPED, 'STIEKEM'] });

    await report(page).getByRole('radio', { name: t('case_type_import.all') }).check();
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).filter({ hasText: 'Evenement in de wijk' })).toContainText(t('words.days', { count: 42 }));
    await rows(page).locator('summary').first().click();
    await judge(page, language, { typed: [...TYPED, 'STIEKEM'] });
    await expect(button).toHaveCount(0);
    await report(page).getByRole('checkbox', { name: t('case_type_import.without_one') }).check();
    await button.click();
    await told(page, t('case_type_import.one_done'));
    await expect(report(page).getByRole('heading')).toBeFocused();
    await page.goto('/instellingen/zaaktypen');
    await expect(page.getByRole('link', { name: 'Evenement in de wijk' })).toBeVisible();
  });

  test(`de stappen in een andere volgorde, met het toetsenbord (${language})`, async ({ page, request }) => {
    const t = wordsIn(language);
    await signIn(page, 'avisser@voorbeeldstad');
    const { id, steps } = await caseType(page);
    await speak(request, 'avisser', language);
    await page.goto(`/instellingen/zaaktypen/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(TYPE);
    const names = steps.map(({ name }) => name);
    const [first = '', second = ''] = names;
    const shown = page.locator('.step-order__name, .steps-overview h3');
    await expect(shown).toHaveText(names);
    const button = (key: string, about?: Record<string, string>) => page.getByRole('button', { name: t(key, about), exact: true });

    await page.getByRole('heading', { level: 1 }).focus();
    await press(page, button('case_types.correct_order'));
    const lower = button('case_types.lower', { name: first });
    await expect(button('case_types.higher', { name: first })).toBeFocused();
    await judge(page, language);
    await button('case_types.higher', { name: first }).focus();
    await press(page, lower);
    await expect(shown).toHaveText([second, first, ...names.slice(2)]);
    await expect(lower).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(lower).toBeFocused();
    const moved = [second, names[2] ?? '', first, ...names.slice(3)];
    await expect(shown).toHaveText(moved);
    await expect(page.getByRole('status').filter({ hasText: first })).toHaveText(
      t('case_types.moved', { name: first, position: 3, count: names.length }),
    );
    await press(page, ordering(page).getByRole('button', { name: t('common.save') }));
    await told(page, t('case_types.order_saved'));
    await expect(shown).toHaveText(moved);
    await expect(button('case_types.correct_order')).toBeFocused();
    await judge(page, language);
    await page.reload();
    await expect(shown).toHaveText(moved);
  });
}

test('wie intussen een andere volgorde opsloeg, staat ernaast', async ({ page, request }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  const { id, steps, version } = await caseType(page);
  const [first, second, ...rest] = steps;
  await page.goto(`/instellingen/zaaktypen/${id}`);
  await page.getByRole('button', { name: 'Volgorde wijzigen' }).click();
  await page.getByRole('button', { name: `${rest[0]?.name} omhoog`, exact: true }).click();
  const { headers } = await access(request, 'avisser');
  const theirs = [second, first, ...rest].map((step) => step?.id);
  const put = await request.put(`/v1/case-types/${id}/step-order`, {
    headers: { ...headers, 'If-Match': `"${version}"` },
    data: { stepIds: theirs },
  });
  expect(put.ok(), await put.text()).toBe(true);
  await ordering(page).getByRole('button', { name: 'Opslaan' }).click();
  const meanwhile = page.getByRole('group', { name: 'Intussen opgeslagen door een ander' });
  await expect(meanwhile).toContainText(`${second?.name} → ${first?.name}`);
  await judge(page, 'nl');
  await meanwhile.getByRole('button', { name: 'Dit overnemen' }).click();
  const shown = page.locator('.step-order__name, .steps-overview h3');
  await expect(shown).toHaveText([second?.name ?? '', first?.name ?? '', ...rest.map(({ name }) => name)]);
  // One's own once more, on what is there now.
  await page.getByRole('button', { name: `${rest[0]?.name} omhoog`, exact: true }).click();
  const mine = [second?.name ?? '', rest[0]?.name ?? '', first?.name ?? '', ...rest.slice(1).map(({ name }) => name)];
  await expect(shown).toHaveText(mine);
  await ordering(page).getByRole('button', { name: 'Opslaan' }).click();
  await told(page, 'De volgorde is opgeslagen');
  await expect(shown).toHaveText(mine);
});
