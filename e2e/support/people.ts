// What people do on every screen.

import { type Locator, type Page, expect } from '@playwright/test';

import type { Server } from './server.ts';
import { type Language, wordsIn } from './words.ts';

/** The password of everyone in the demo office. */
export const DEMO_PASSWORD = 'lantaarn fiets oker dinsdag';

/** Signs in and waits for the home page, which speaks the language of who signs in. */
export async function signIn(
  page: Page,
  username: string,
  password = DEMO_PASSWORD,
  language: Language = 'nl',
): Promise<void> {
  await page.goto('/');
  await fillIn(page, username, password);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(wordsIn(language)('home.title', { name: '' }));
}

/** Fills in the sign-in form and sends it. */
export async function fillIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Gebruikersnaam').fill(username);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

/** Signs in with a temporary password and chooses one's own. */
export async function signInFirst(page: Page, username: string, temporary: string, own: string): Promise<void> {
  await page.goto('/');
  await fillIn(page, username, temporary);
  await expect(page.getByRole('heading', { name: 'Kies een eigen wachtwoord' })).toBeVisible();
  await page.getByLabel('Nieuw wachtwoord', { exact: true }).fill(own);
  await page.getByLabel('Herhaal het nieuwe wachtwoord').fill(own);
  await page.getByRole('button', { name: 'Wachtwoord opslaan' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Welkom');
}

/** Types into a field that suggests, and takes the suggestion with this name. */
export async function choose(scope: Page | Locator, label: string, name: string): Promise<void> {
  const field = scope.getByRole('combobox', { name: label });
  await field.fill(name);
  const page = 'page' in scope ? scope.page() : scope;
  await page.getByRole('option', { name }).first().click();
}

/** The temporary password in the newest mail to an address. */
export async function temporaryPassword(server: Server, address: string): Promise<string> {
  const mail = await server.mailTo(address, /account|wachtwoord|Werkbak/i);
  const found = /\b[a-z]{4}(-[a-z]{4}){4}\b/.exec(mail.text);
  expect(found, mail.text).not.toBeNull();
  return found?.[0] ?? '';
}

/** Waits for the short message that something was done. */
export async function told(page: Page, text: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();
}
