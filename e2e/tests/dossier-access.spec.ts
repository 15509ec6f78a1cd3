// Access to many dossiers at once (D2), with its consequences in sight before it is saved (G5, P4), and why someone has
// access or not (D5), in both languages.

import type { Page } from '@playwright/test';

import { access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { choose, signIn } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

const AKKERS = 'Buurtvereniging De Akkers';
const ZUID = 'Wijkcentrum Zuid';

/** The names of the dossiers that somebody sees. */
async function seenBy(page: Page, username: string): Promise<string[]> {
  const dossiers = await list<{ name: string }>(await access(page.request, username), '/v1/dossiers?limit=100');
  return dossiers.map(({ name }) => name);
}

for (const language of ['nl', 'en'] as const) {
  test(`een groep wordt voor meer dossiers tegelijk geweigerd, na een blik op de gevolgen (${language})`, async ({ page, otherPage }) => {
    const t = wordsIn(language);
    const another = await otherPage();
    expect(await seenBy(another, 'jdevries')).toEqual(expect.arrayContaining([AKKERS, ZUID]));
    await signIn(page, 'sbakker@voorbeeldstad');
    await speak(another.request, 'sbakker', language);
    await page.goto('/dossiers');
    await page.getByRole('link', { name: t('bulk.title') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('bulk.title'));
    await judge(page, language);

    await test.step('niets gekozen: dat staat bij de velden', async () => {
      await page.getByRole('button', { name: t('common.save'), exact: true }).click();
      const dossiers = page.getByRole('combobox', { name: t('bulk.dossiers'), exact: true });
      await expect(dossiers).toHaveAttribute('aria-invalid', 'true');
      await expect(dossiers).toBeFocused();
    });

    await test.step('een zoekterm kiest alles wat gevonden wordt, ook wat men niet beheert', async () => {
      await page.getByLabel(t('bulk.gather')).fill('a');
      await page.getByRole('button', { name: t('bulk.gather_add') }).click();
      const chosen = page.getByRole('list', { name: t('form.chosen', { label: t('bulk.dossiers') }) });
      await expect(chosen.getByRole('listitem')).not.toHaveCount(0);
      await expect(chosen).toContainText(AKKERS);
      for (const chip of (await chosen.getByRole('listitem').allTextContents()).filter((name) => !name.includes(AKKERS))) {
        await page.getByRole('button', { name: t('form.take_out', { name: chip.trim() }) }).click();
      }
      await expect(chosen.getByRole('listitem')).toHaveCount(1);
    });

    await choose(page, t('bulk.dossiers'), ZUID);
    await choose(page, t('bulk.groups'), 'Zorgloket');
    await page.getByRole('radio', { name: t('words.action_deny') }).check();
    const panel = page.getByRole('region', { name: t('consequences.title') });
    await expect(panel).toContainText(t('consequences.dossiers_denied', { count: 2 }));
    await expect(panel).toContainText('Jan de Vries');
    await expect(panel).toContainText(t('bulk.rules_change', { changed: 2, total: 2 }));
    await panel.getByRole('button', { name: t('consequences.which_of', { name: 'Jan de Vries' }) }).click();
    await expect(panel.getByRole('row', { name: new RegExp(ZUID) })).toContainText('Zorgloket');
    await judge(page, language);
    expect(await seenBy(another, 'jdevries')).toContain(ZUID);

    await page.getByRole('button', { name: t('common.save'), exact: true }).click();
    await expect(page.getByRole('heading', { name: t('bulk.done', { changed: 2, total: 2 }) })).toBeFocused();
    await expect(page.getByRole('row', { name: new RegExp(AKKERS) })).toContainText(t('words.outcome_changed'));
    await judge(page, language);
    const left = await seenBy(another, 'jdevries');
    expect(left).not.toContain(ZUID);
    expect(left).not.toContain(AKKERS);
  });

  test(`“waarom?” zegt welke regel beslist (${language})`, async ({ page, request }) => {
    const t = wordsIn(language);
    const said = {
      nl: { denied: 'Geen toegang: groep Externe adviseurs is geweigerd.', group: 'Toegang: via groep Medisch advies.', manager: 'Toegang: dossierbeheerder van dit dossier.' },
      en: { denied: 'No access: group Externe adviseurs is denied.', group: 'Access: through group Medisch advies.', manager: 'Access: manager of this dossier.' },
    }[language];
    const manager = await access(request, 'mjansen');
    const dossiers = await list<{ id: string; name: string }>(manager, '/v1/dossiers?q=Okafor');
    await signIn(page, 'avisser@voorbeeldstad');
    await speak(request, 'avisser', language);
    await page.goto(`/dossiers/${dossiers[0]?.id}?deel=toegang`);
    const why = page.getByRole('region', { name: t('why.title') });
    for (const [name, verdict, explanation] of [
      ['Lotte Peeters', 'why.no', said.denied],
      ['Karim El Amrani', 'why.yes', said.group],
      ['Maarten Jansen', 'why.yes', said.manager],
    ] as const) {
      await choose(why, t('why.employee'), name);
      await expect(why.getByText(t(verdict, { name }))).toBeVisible();
      await expect(why.getByText(explanation)).toBeVisible();
    }
    await judge(page, language);
  });
}

test('wie werk zou verliezen, draagt het eerst over; wat niet mag, staat er per dossier bij', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.goto('/dossiers/toegang');
  await choose(page, 'Dossiers', 'Gezin Hendriks');
  await choose(page, 'Dossiers', AKKERS);
  await choose(page, 'Medewerkersgroepen', 'Medisch advies');
  await page.getByRole('radio', { name: 'Toegang weigeren' }).check();
  const panel = page.getByRole('region', { name: 'Gevolgen' });
  await expect(panel).toContainText('Dossiers waarvan de regels veranderen: 1 van 2.');
  await expect(panel).toContainText(/De Akkers: Alleen de dossierbeheerder/);
  await expect(panel).toContainText(/blijf(t|ven) .* werk liggen/);
  await judge(page, 'nl');
  await page.getByRole('button', { name: 'Opslaan', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const piece = dialog.getByRole('listitem');
  await expect(piece.getByRole('checkbox', { name: /^Zaakondersteuner Z/ })).toBeVisible();
  await expect(piece).toContainText('Fatma Yılmaz');
  await expect(piece).toContainText('Niet vervangen');
  await judge(page, 'nl');
  await dialog.getByRole('button', { name: 'Overdragen en opslaan' }).click();
  await expect(page.getByRole('heading', { name: 'Gewijzigde dossiers: 1 van 2' })).toBeFocused();
  await expect(page.getByRole('row', { name: /De Akkers/ })).toContainText('Niet toegestaan');
  await page.getByRole('button', { name: 'Nog een wijziging' }).click();
  await expect(page.getByRole('combobox', { name: 'Dossiers', exact: true })).toHaveValue('');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('de regels van een dossier dat een beheerder niet ziet, gaan op nummer mee', async ({ page, request }) => {
  const hidden = await list<{ number: string }>(await access(request, 'jdevries'), '/v1/dossiers?q=Hendriks');
  const number = hidden[0]?.number ?? '';
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/dossiers/toegang');
  const numbers = page.getByLabel('Veel dossiers tegelijk');
  await numbers.fill(`${number}, 1999-000001`);
  await numbers.press('Enter');
  await expect(page.getByRole('list', { name: /Dossiers/ })).toContainText(number);
  await expect(page.getByText('Niet gevonden: 1999-000001.')).toBeVisible();
  await expect(page.getByText(/Hendriks/)).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Medewerkers', exact: true }).fill('Lotte');
  await page.getByRole('option', { name: 'Lotte Peeters' }).click();
  await expect(page.getByRole('region', { name: 'Gevolgen' })).toContainText('1 dossier erbij');
  await page.getByRole('button', { name: 'Opslaan', exact: true }).click();
  await expect(page.getByRole('row', { name: number })).toContainText('Gewijzigd');
});
