// Pages in several of their states, judged by axe: lists empty and filled, dialogs open, errors shown; in Dutch, and
// signing in also in English.

import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/axe.ts';
import { choose, fillIn, signIn } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

/** Opens a page, waits until it shows what it is about, and judges it. */
async function visit(page: Page, address: string, heading: string | RegExp): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
  await expect(page.getByText('Laden…')).toHaveCount(0);
  await expectAccessible(page);
}

test('aanmelden: leeg, met een fout, en in het Engels', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Aanmelden' })).toBeVisible();
  await expectAccessible(page);
  await fillIn(page, 'niemand@voorbeeldstad', 'niet het wachtwoord');
  await expect(page.getByText('Gebruikersnaam of wachtwoord klopt niet')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expectAccessible(page);
});

test('een medewerker zonder werk ziet lege lijsten', async ({ page }) => {
  await signIn(page, 'lpeeters@voorbeeldstad');
  await expect(page.getByText('U hebt geen lopende zaken.')).toBeVisible();
  await expectAccessible(page);
  await visit(page, '/werkbakken', 'Werkbakken');
  await expect(page.getByText('Deze werkbak is leeg.')).toBeVisible();
  await expectAccessible(page);
  await visit(page, '/zaken', 'Zaken');
  await visit(page, '/zaken/nieuw', 'Nieuwe zaak');
  await expect(page.getByText('U bent voor geen enkel zaaktype geautoriseerd')).toBeVisible();
  await visit(page, '/dossiers', 'Dossiers');
  await visit(page, '/voorkeuren', 'Persoonlijke instellingen');
  await visit(page, '/bestaat/niet', 'Niet gevonden');
  // Somebody else's case is as if it did not exist.
  await page.goto('/zaken/019384aa-72a0-7c3e-9d5f-3f1f6a1c2b3d');
  await expect(page.getByText('Dit bestaat niet, of het is niet voor u zichtbaar.')).toBeVisible();
});

test('een coördinator: gevulde lijsten, formulieren met fouten en open vensters', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await expectAccessible(page);
  await visit(page, '/werkbakken', 'Werkbakken');
  await expect(page.getByRole('button', { name: 'Oppakken: Huisbezoek plannen' })).toBeVisible();
  await expectAccessible(page);
  await visit(page, '/zaken', 'Zaken');

  await visit(page, '/dossiers/nieuw', 'Nieuw dossier');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByText('Vul dit in.')).toBeVisible();
  await expect(page.getByLabel('Naam', { exact: true })).toBeFocused();
  await expectAccessible(page);

  await visit(page, '/dossiers', 'Dossiers');
  await page.getByRole('link', { name: /Gezin Hendriks/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Gezin Hendriks');
  await choose(page, 'Medewerker', 'Lotte Peeters');
  await expect(page.getByText('Geen toegang: het dossier is afgeschermd')).toBeVisible();
  await expectAccessible(page);

  await page.goto('/');
  await page.getByRole('link', { name: /Parkeerkaart Hendriks/ }).click();
  await page.getByRole('button', { name: 'Zaak afsluiten' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Coördinator wijzigen' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  // Closing a step with an unanswered check says which.
  await page.locator('.step').first().getByRole('button', { name: 'Stap afsluiten' }).click();
  await expect(page.getByText('Beantwoord eerst de verplichte controlevragen')).toBeVisible();
  await expectAccessible(page);
});

test('een beheerder: de instellingen, met een fout en met een waarschuwing', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await visit(page, '/instellingen/medewerkersgroepen', 'Medewerkersgroepen');
  await page.getByRole('link', { name: 'Nieuwe groep' }).click();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByText('Vul dit in.')).toBeVisible();
  await expectAccessible(page);
  // The same name again is saved, with a warning (G2).
  await page.getByLabel('Naam medewerkersgroep').fill('zorgloket');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByText('Er is al een medewerkersgroep met deze naam.').first()).toBeVisible();
  await expectAccessible(page);

  await visit(page, '/instellingen/medewerkers', 'Medewerkers');
  await page.getByRole('button', { name: 'Medewerker bewerken' }).first().click();
  await expect(page.getByLabel('Medewerkersgroepen')).toBeVisible();
  await expectAccessible(page);
  await visit(page, '/instellingen/klantengroepen', 'Klantengroepen');
  await visit(page, '/instellingen/zaaktypen', 'Zaaktypen');
  await page.getByRole('link', { name: 'Evenementenvergunning aanvraag' }).click();
  await expect(page.getByRole('heading', { name: 'Autorisaties' })).toBeVisible();
  await expectAccessible(page);
  await visit(page, '/instellingen/kantoor', 'Kantoor');
});

test('deactiveren vraagt wie het werk overneemt', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkers?q=maarten');
  await page.getByRole('button', { name: 'Medewerker bewerken' }).first().click();
  await page.getByRole('button', { name: 'Deactiveren' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deactiveren' }).click();
  await expect(page.getByRole('heading', { name: 'Werk overdragen' })).toBeVisible();
  await expectAccessible(page);
});
