// A forgotten password: asked for by username, mailed, and replaced by one's own (S4, S5).

import { judge } from '../support/judge.ts';
import { DEMO_PASSWORD, fillIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

const OWN = 'kwast molen zeven blauw';

const WORDS = {
  nl: {
    language: 'Nederlands',
    forgot: 'Wachtwoord vergeten?',
    ask: 'Tijdelijk wachtwoord vragen',
    asked: 'Kijk in uw e-mail',
    back: 'Terug naar aanmelden',
    username: 'Gebruikersnaam',
  },
  en: {
    language: 'English',
    forgot: 'Forgot your password?',
    ask: 'Ask for a temporary password',
    asked: 'Check your e-mail',
    back: 'Back to signing in',
    username: 'Username',
  },
} as const;

for (const language of ['nl', 'en'] as const) {
  test(`wie een wachtwoord vraagt, hoort niet of het account bestaat (${language})`, async ({ page }) => {
    const words = WORDS[language];
    await page.goto('/');
    await page.getByRole('button', { name: words.language }).click();
    await page.getByLabel(words.username).fill('niemand@voorbeeldstad');
    await page.getByRole('button', { name: words.forgot }).press('Enter');
    await expect(page.getByRole('heading', { level: 2 })).toBeFocused();
    // What was typed already need not be typed again.
    await expect(page.getByLabel(words.username)).toHaveValue('niemand@voorbeeldstad');
    await judge(page, language);
    await page.getByLabel(words.username).fill('');
    await page.getByRole('button', { name: words.ask }).press('Enter');
    await expect(page.getByLabel(words.username)).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel(words.username).fill('niemand@voorbeeldstad');
    await page.getByRole('button', { name: words.ask }).press('Enter');
    await expect(page.getByRole('heading', { name: words.asked })).toBeFocused();
    await judge(page, language);
    const said = await page.getByRole('main').innerText();
    await page.getByRole('button', { name: words.back }).press('Enter');
    await page.getByRole('button', { name: words.forgot }).press('Enter');
    await page.getByLabel(words.username).fill('jdevries@voorbeeldstad');
    await page.getByRole('button', { name: words.ask }).press('Enter');
    await expect(page.getByRole('heading', { name: words.asked })).toBeFocused();
    expect(await page.getByRole('main').innerText()).toBe(said);
    await page.getByRole('button', { name: words.back }).press('Enter');
    await expect(page.getByRole('button', { name: words.forgot })).toBeVisible();
  });
}

test('wie nu geen wachtwoord kiest, is echt afgemeld', async ({ page, server }) => {
  const printed = await server.werkbak(
    ...['office', 'create', '--code', 'elders', '--name', 'Gemeente Elders', '--email', 'info@elders.example'],
    ...['--admin-username', 'beheer', '--admin-name', 'Bo Elders', '--admin-email', 'bo@elders.example'],
  );
  await page.goto('/');
  await fillIn(page, 'beheer@elders', /\b[a-z]{4}(-[a-z]{4}){4}\b/.exec(printed)?.[0] ?? '');
  await expect(page.getByRole('heading', { name: 'Kies een eigen wachtwoord' })).toBeVisible();
  await page.getByRole('button', { name: 'Niet nu: afmelden' }).press('Enter');
  const form = page.getByRole('heading', { name: 'Aanmelden', exact: true });
  await expect(form).toBeFocused();
  await page.reload();
  await expect(form).toBeVisible();
});

test('vergeten, gemaild, en een eigen wachtwoord', async ({ page, server, otherPage }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Wachtwoord vergeten?' }).click();
  await page.getByLabel('Gebruikersnaam').fill('jdevries@voorbeeldstad');
  await page.getByRole('button', { name: 'Tijdelijk wachtwoord vragen' }).click();
  await expect(page.getByRole('heading', { name: 'Kijk in uw e-mail' })).toBeVisible();
  const mail = await server.mailTo('jdevries@voorbeeldstad.example', /tijdelijke wachtwoord/);
  const temporary = /\b[a-z]{4}(-[a-z]{4}){4}\b/.exec(mail.text)?.[0] ?? '';
  expect(mail.html).toContain(temporary);

  await test.step('de mail is leesbaar', async () => {
    const reader = await otherPage();
    await reader.setContent(mail.html);
    await expect(reader.getByText(temporary)).toBeVisible();
    await expect(reader.locator('html')).toHaveAttribute('lang', 'nl');
    await expect(reader.getByRole('link', { name: 'Naar de aanmeldpagina' })).toHaveAttribute('href', /^http/);
  });

  await page.getByRole('button', { name: 'Terug naar aanmelden' }).click();
  await page.getByLabel('Gebruikersnaam').fill('jdevries@voorbeeldstad');
  // As it is read aloud and typed over.
  await page.getByLabel('Wachtwoord', { exact: true }).fill(temporary.toUpperCase().replaceAll('-', '- '));
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await page.getByLabel('Nieuw wachtwoord', { exact: true }).fill(OWN);
  await page.getByLabel('Herhaal het nieuwe wachtwoord').fill(OWN);
  await page.getByRole('button', { name: 'Wachtwoord opslaan' }).click();
  await told(page, 'Uw wachtwoord is gewijzigd');
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await server.mailTo('jdevries@voorbeeldstad.example', /Uw wachtwoord is gewijzigd/);

  await test.step('het oude wachtwoord werkt niet meer', async () => {
    const other = await otherPage();
    await other.goto('/');
    await other.getByLabel('Gebruikersnaam').fill('jdevries@voorbeeldstad');
    await other.getByLabel('Wachtwoord', { exact: true }).fill(DEMO_PASSWORD);
    await other.getByRole('button', { name: 'Aanmelden', exact: true }).click();
    await expect(other.getByText('klopt niet')).toBeVisible();
  });
});
