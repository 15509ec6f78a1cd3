// The settings without a mouse: lists come in and go out, groups go, and the platform's helpdesk comes and leaves.

import { type Page, expect } from '@playwright/test';

import { access, list } from '../support/api.ts';
import { begin, choose, open, press, tabTo, type } from '../support/keyboard.ts';
import { signIn, told } from '../support/people.ts';
import { HELPER, platform } from '../support/platform.ts';
import { test } from '../support/server.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('een lijst komt binnen en gaat naar buiten', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await open(page, '/instellingen/importeren');
  await tabTo(page, page.getByRole('radio', { name: 'Medewerkers', exact: true }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Lidmaatschappen' })).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Klantengroepen' })).toBeChecked();
  const chooser = page.waitForEvent('filechooser');
  await press(page, page.getByLabel('CSV-bestand kiezen', { exact: true }));
  const file = 'naam;e-mailadres\r\nOuderen;ouderen@voorbeeldstad.example\r\n';
  await (await chooser).setFiles({ name: 'klanten.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await expect(page.locator('.import-report').getByRole('heading')).toBeFocused();
  await press(page, button(page, 'Importeren'));
  await told(page, /geïmporteerd/);
  await expect(page.locator('.import-report').getByRole('heading')).toBeFocused();

  await open(page, '/instellingen/klantengroepen');
  const download = page.waitForEvent('download');
  await press(page, button(page, 'Exporteren als CSV'));
  expect((await download).suggestedFilename()).toMatch(/^klantengroepen-.*\.csv$/);
  await expect(button(page, 'Exporteren als CSV')).toBeFocused();
});

test('een groep en een klantengroep verdwijnen', async ({ page, request }) => {
  const admin = await access(request, 'avisser');
  const { headers } = admin;
  const made: string[] = [];
  for (const name of ['Oude klanten', 'Nieuwe klanten']) {
    const data = { name, email: 'klanten@voorbeeldstad.example' };
    const answer = await request.post('/v1/client-groups', { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    made.push(((await answer.json()) as { id: string }).id);
  }
  const data = { name: 'Gezin Mulder', clientGroupId: made[0] };
  const dossier = await request.post('/v1/dossiers', { headers, data });
  expect(dossier.ok(), await dossier.text()).toBe(true);
  const groups = await list<{ id: string; name: string }>(admin, '/v1/groups?limit=100');
  const group = groups.find(({ name }) => name === 'Medisch advies')?.id ?? '';
  await signIn(page, 'avisser@voorbeeldstad');
  const dialog = page.getByRole('dialog');

  await open(page, `/instellingen/medewerkersgroepen/${group}`);
  await press(page, button(page, 'Groep verwijderen'));
  await choose(page, dialog.getByRole('combobox', { name: 'Groep die alles overneemt' }), 'Vergunningen');
  await expect(dialog.getByRole('region', { name: 'Gevolgen' }).locator('.effects')).toBeVisible();
  await type(page, dialog.getByLabel(/Typ ter bevestiging/), 'Medisch advies');
  await press(page, dialog.getByRole('button', { name: 'Groep verwijderen' }));
  await told(page, 'Groep Medisch advies is verwijderd');
  await expect(heading(page)).toBeFocused();

  await open(page, `/instellingen/klantengroepen/${made[0] ?? ''}`);
  await press(page, button(page, 'Klantengroep verwijderen'));
  await choose(page, dialog.getByRole('combobox', { name: 'Klantengroep die de dossiers overneemt' }), 'Nieuwe klanten');
  await expect(dialog.getByRole('button', { name: 'Klantengroep verwijderen' })).toBeEnabled();
  await press(page, dialog.getByRole('button', { name: 'Klantengroep verwijderen' }));
  await told(page, 'Klantengroep Oude klanten is verwijderd');
  await expect(heading(page)).toBeFocused();
});

test('de helpdesk van het platform komt en gaat', async ({ server, page, request }) => {
  await platform(server, request);
  await signIn(page, HELPER);
  await open(page, '/instellingen/ondersteuning');
  await type(page, page.getByLabel('Code van de organisatie'), 'voorbeeldstad');
  await type(page, page.getByLabel('Reden', { exact: true }), 'Melding 1234');
  await press(page, button(page, 'Openen'));
  const banner = page.getByRole('region', { name: 'Ondersteuningssessie', exact: true });
  await expect(banner).toBeVisible();
  await expect(heading(page)).toHaveText('Medewerkers');
  await expect(page.getByRole('row').filter({ hasText: 'Jan de Vries' })).toBeVisible();
  await open(page, '/instellingen/medewerkers');
  await press(page, page.getByRole('link', { name: 'Jan de Vries' }));
  await expect(heading(page)).toHaveText('Jan de Vries');
  begin(page);
  await press(page, banner.getByRole('button', { name: 'Beëindigen' }));
  await told(page, 'De ondersteuningssessie is beëindigd.');
  await expect(banner).toHaveCount(0);
  await expect(heading(page)).toBeFocused();
});
