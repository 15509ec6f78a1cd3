// The same story without a mouse: everything is reached with Tab and done with the keyboard.

import type { Page } from '@playwright/test';

import { press, tabTo } from '../support/keyboard.ts';
import { DEMO_PASSWORD, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/');
  await tabTo(page, page.getByLabel('Gebruikersnaam'));
  await page.keyboard.type(username);
  await tabTo(page, page.getByLabel('Wachtwoord', { exact: true }));
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Welkom');
}

/** Types into a field that suggests, goes down to the first suggestion and takes it. */
async function choose(page: Page, label: string, name: string): Promise<void> {
  await tabTo(page, page.getByRole('combobox', { name: label }));
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(0);
}

test('een taak aanmaken, oppakken en afronden zonder muis', async ({ page, otherPage }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await press(page, page.getByRole('link', { name: /Parkeerkaart Hendriks/ }));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Parkeerkaart Hendriks');
  // Focus follows to the new page's heading, so that the next Tab goes on from there.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await test.step('een stap invullen en afsluiten', async () => {
    const step = page.locator('.step').first();
    for (const question of await step.getByRole('radiogroup').all()) {
      await tabTo(page, question.getByRole('radio').last());
      await page.keyboard.press('ArrowDown');
      await expect(question.getByRole('radio', { name: 'Ja' })).toBeChecked();
    }
    await tabTo(page, step.getByLabel('Notitie'));
    await page.keyboard.type('Zonder muis.');
    await press(page, step.getByRole('button', { name: 'Stap afsluiten' }));
    await told(page, 'is afgesloten');
  });

  await test.step('een taak in de werkbak zetten', async () => {
    await press(page, page.getByRole('button', { name: 'Nieuwe taak' }));
    await tabTo(page, page.getByRole('dialog').getByLabel('Titel'));
    await page.keyboard.type('Rolstoel opmeten');
    await choose(page, 'Werkbak', 'Medisch advies');
    await press(page, page.getByRole('button', { name: 'Taak aanmaken' }));
    await told(page, 'Rolstoel opmeten');
  });

  const colleague = await otherPage();
  await test.step('een collega pakt de taak op en rondt haar af', async () => {
    await signIn(colleague, 'mjansen@voorbeeldstad');
    await press(colleague, colleague.getByRole('link', { name: 'Werkbakken', exact: true }));
    await expect(colleague.getByRole('heading', { name: /Medisch advies/ })).toBeVisible();
    await press(colleague, colleague.getByRole('button', { name: 'Oppakken: Rolstoel opmeten' }));
    await told(colleague, 'Rolstoel opmeten');
    await press(colleague, colleague.getByRole('link', { name: 'Start', exact: true }));
    await press(colleague, colleague.getByRole('link', { name: 'Rolstoel opmeten' }));
    await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('Rolstoel opmeten');
    await press(colleague, colleague.getByRole('button', { name: 'Afronden' }).first());
    await tabTo(colleague, colleague.getByLabel('Resultaat'));
    await colleague.keyboard.type('Opgemeten: 62 cm.');
    await press(colleague, colleague.getByRole('button', { name: 'Afronden' }).last());
    await told(colleague, 'is afgerond');
  });
});
