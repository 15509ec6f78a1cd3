// A field that suggests: Enter takes a suggestion, and never saves the form around it.

import { signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

test('Enter kiest de enige suggestie, wijst van meer de eerste aan, en slaat niets op', async ({ page }) => {
  const crashes: string[] = [];
  page.on('pageerror', (error) => crashes.push(error.message));
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkers/nieuw');
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('Nieuwe medewerker');
  await page.getByLabel('Gebruikersnaam').fill('rmulder');
  await page.getByLabel('Naam', { exact: true }).fill('Roos Mulder');
  await page.getByLabel('E-mailadres').fill('rmulder@voorbeeldstad.example');
  const groups = page.getByRole('combobox', { name: 'Medewerkersgroepen' });
  const chosen = page.locator('.chips li');

  await groups.fill('zorg');
  await expect(page.locator('.combobox__option')).toHaveText(['Zorgloket']);
  await groups.press('Enter');
  await expect(chosen).toHaveCount(1);
  await expect(chosen).toContainText('Zorgloket');

  await groups.fill('e');
  await expect(page.getByRole('option', { name: 'Externe adviseurs' })).toBeVisible();
  await groups.press('Enter');
  await expect(groups).toHaveAttribute('aria-activedescendant', /./);
  await expect(chosen).toHaveCount(1);
  await groups.press('Enter');
  await expect(chosen).toHaveCount(2);

  await groups.fill('bestaat niet');
  await expect(page.getByRole('option', { name: 'Niets gevonden' })).toBeVisible();
  await groups.press('Enter');
  await expect(title).toHaveText('Nieuwe medewerker');

  // The page goes while the field has the keyboard.
  await groups.press('Escape');
  await groups.press('Enter');
  await told(page, /Roos Mulder/);
  await expect(title).toHaveText('Medewerkers');
  expect(crashes).toEqual([]);
  await expect(page.getByText('vastgelopen')).toHaveCount(0);
});
