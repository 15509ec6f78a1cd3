// Trusted networks (S8) and whom to ask when signing in does not work (S6).

import type { Page } from '@playwright/test';

import { judge } from '../support/judge.ts';
import { DEMO_PASSWORD, fillIn, signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

// The proxy on this machine is believed about who asked it.
test.use({ settings: { WERKBAK_TRUSTED_PROXIES: '127.0.0.0/8', WERKBAK_NETWORKS: 'Gemnet=100.64.0.0/10' } });

const INSIDE = '10.20.3.18';
const OUTSIDE = '203.0.113.9';
const VPN = 'Werkt u thuis? Zet eerst de VPN aan.';

/** From now on this browser is at that address. */
async function at(page: Page, address: string): Promise<void> {
  await page.context().setExtraHTTPHeaders({ 'X-Forwarded-For': address });
}

async function addNetwork(page: Page, label: string, cidr: string): Promise<void> {
  await page.getByRole('button', { name: 'Netwerk toevoegen' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Naam' }).last()).toBeFocused();
  await page.keyboard.type(label);
  await page.keyboard.press('Tab');
  await page.keyboard.type(cidr);
}

/** The administrator lets people work from the town hall only. */
async function restrict(page: Page): Promise<void> {
  await at(page, INSIDE);
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/netwerken');
  await addNetwork(page, 'stadhuis', '10.20.0.0/16');
  await page.getByLabel('Alleen toegang vanaf vertrouwde netwerken').check();
  await page.getByLabel('Uitleg voor wie van elders komt').fill(VPN);
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await told(page, 'De netwerken zijn opgeslagen.');
}

test('een beheerder stelt netwerken in, test een adres en sluit zichzelf niet buiten', async ({ page }) => {
  await at(page, INSIDE);
  await signIn(page, 'avisser@voorbeeldstad');
  await page.getByRole('link', { name: 'Instellingen' }).click();
  await page.getByRole('link', { name: 'Netwerken' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Netwerken' })).toBeVisible();
  await expect(page.getByText('Er staan nog geen netwerken in de lijst.')).toBeVisible();
  await judge(page, 'nl');

  await test.step('wat geen netwerk is, wordt bij het veld gezegd', async () => {
    await addNetwork(page, 'thuis', '10.20.0.0/40');
    await page.getByRole('button', { name: 'Opslaan' }).click();
    const wrong = page.getByRole('textbox', { name: 'Adressen' });
    await expect(wrong).toHaveAttribute('aria-invalid', 'true');
    await expect(wrong).toHaveAccessibleDescription(/geen adres of reeks adressen/);
    await expect(wrong).toBeFocused();
    await judge(page, 'nl', { typed: ['thuis'] });
    await wrong.fill('192.0.2.0/24');
  });

  await test.step('zichzelf sluit men niet buiten', async () => {
    await page.getByLabel('Alleen toegang vanaf vertrouwde netwerken').check();
    await page.getByRole('button', { name: 'Opslaan' }).click();
    await expect(page.getByText(`Uw eigen adres, ${INSIDE}, hoort bij geen van deze netwerken`)).toBeVisible();
  });

  await test.step('een adres wordt getest met de lijst zoals die er staat', async () => {
    const test = page.getByRole('region', { name: 'Uw adres nu' });
    await expect(test.getByLabel('Adres')).toHaveValue(INSIDE);
    await test.getByRole('button', { name: 'Testen' }).click();
    await expect(test.getByText('niet vertrouwd')).toHaveCount(2);
    await addNetwork(page, 'stadhuis', '10.20.0.0/16');
    await expect(test.getByText('niet vertrouwd')).toHaveCount(1);
    await test.getByRole('button', { name: 'Testen' }).click();
    await expect(test.getByText('stadhuis')).toBeVisible();
    await test.getByLabel('Adres').fill('100.64.1.1');
    await test.getByRole('button', { name: 'Testen' }).click();
    await expect(test.getByText('Gemnet')).toBeVisible();
  });

  await page.getByRole('button', { name: 'Uit de lijst halen' }).first().press('Enter');
  await expect(page.getByRole('button', { name: 'Netwerk toevoegen' })).toBeFocused();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await told(page, 'De netwerken zijn opgeslagen.');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Adressen' })).toHaveValue('10.20.0.0/16');
  await expect(page.getByRole('region', { name: 'Uw adres nu' }).getByText('stadhuis')).toBeVisible();
  await judge(page, 'nl');
});

test('wie van elders komt, leest hoe het wel kan en wie helpt', async ({ page, otherPage }) => {
  await restrict(page);
  const home = await otherPage();
  await at(home, OUTSIDE);
  await home.goto('/');
  await fillIn(home, 'jdevries@voorbeeldstad', 'niet het wachtwoord');
  await expect(home.getByRole('heading', { name: 'Geen vertrouwd netwerk' })).toBeFocused();
  for (const text of [VPN, 'stadhuis', 'Gemnet', OUTSIDE, 'Servicedesk ICT', '14 0999']) {
    await expect(home.getByRole('main').getByText(text)).toBeVisible();
  }
  await judge(home, 'nl', { typed: [VPN, 'stadhuis', 'Gemnet'] });

  await home.getByRole('button', { name: 'Opnieuw proberen' }).press('Enter');
  await home.getByRole('button', { name: 'Wachtwoord vergeten?' }).click();
  await home.getByRole('button', { name: 'Tijdelijk wachtwoord vragen' }).click();
  await expect(home.getByRole('heading', { name: 'Geen vertrouwd netwerk' })).toBeFocused();

  await at(home, INSIDE);
  await home.getByRole('button', { name: 'Opnieuw proberen' }).click();
  await fillIn(home, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
  await expect(home.getByRole('navigation').first()).toBeVisible();
});

test('wie tijdens het werk van het netwerk raakt, gaat verder waar die was', async ({ page, otherPage }) => {
  await restrict(page);
  const home = await otherPage();
  await at(home, INSIDE);
  await signIn(home, 'jdevries@voorbeeldstad');
  await home.goto('/dossiers/nieuw');
  await home.getByLabel('Naam').fill('Gezin Willems');
  await at(home, OUTSIDE);
  await home.getByRole('button', { name: 'Opslaan' }).click();
  const dialog = home.getByRole('dialog', { name: 'Uw verbinding is niet meer vertrouwd' });
  await expect(dialog.getByText(VPN)).toBeVisible();
  await judge(home, 'nl', { typed: [VPN, 'stadhuis', 'Gemnet', 'Gezin Willems'] });
  // Still outside.
  await dialog.getByRole('button', { name: 'Opnieuw proberen' }).press('Enter');
  await expect(dialog.getByText(VPN)).toBeVisible();
  await at(home, INSIDE);
  await dialog.getByRole('button', { name: 'Opnieuw proberen' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(home.getByLabel('Naam')).toHaveValue('Gezin Willems');
  await home.getByRole('button', { name: 'Opslaan' }).click();
  await expect(home.getByRole('heading', { level: 1, name: 'Gezin Willems' })).toBeVisible();

  await test.step('en wie de pagina opnieuw opent, leest hetzelfde', async () => {
    await at(home, OUTSIDE);
    await home.reload();
    await expect(home.getByRole('heading', { name: 'Geen vertrouwd netwerk' })).toBeVisible();
    await judge(home, 'nl', { typed: [VPN, 'stadhuis', 'Gemnet'] });
    await at(home, INSIDE);
    await home.getByRole('button', { name: 'Opnieuw proberen' }).click();
    await expect(home.getByRole('heading', { level: 1, name: 'Gezin Willems' })).toBeVisible();
  });
});

test('wie van elders opent, hoort van het eigen kantoor en kan zich afmelden', async ({ page, otherPage, server }) => {
  await server.werkbak(
    ...['office', 'create', '--code', 'elders', '--name', 'Gemeente Elders', '--email', 'info@elders.example'],
    ...['--admin-username', 'beheer', '--admin-name', 'Bo Elders', '--admin-email', 'bo@elders.example'],
  );
  await restrict(page);
  const home = await otherPage();
  await at(home, INSIDE);
  await signIn(home, 'jdevries@voorbeeldstad');
  await at(home, OUTSIDE);
  await home.reload();
  await expect(home.getByText(VPN)).toBeVisible();
  await judge(home, 'nl', { typed: [VPN, 'stadhuis', 'Gemnet'] });
  await home.getByRole('button', { name: 'Afmelden' }).press('Enter');
  await expect(home.getByRole('heading', { name: 'Aanmelden', exact: true })).toBeFocused();

  await test.step('ook wie aan het werk was', async () => {
    // A page that was just opened has nothing to end the session with but the cookie, which counts for nothing outside.
    await at(home, INSIDE);
    await home.goto('/');
    await expect(home.getByRole('heading', { level: 1, name: 'Welkom, Jan' })).toBeVisible();
    await at(home, OUTSIDE);
    await home.getByRole('link', { name: 'Dossiers' }).first().click();
    const dialog = home.getByRole('dialog', { name: 'Uw verbinding is niet meer vertrouwd' });
    await expect(dialog.getByText(VPN)).toBeVisible();
    await dialog.getByRole('button', { name: 'Afmelden' }).press('Enter');
    await expect(home.getByRole('heading', { name: 'Aanmelden', exact: true })).toBeVisible();
    await at(home, INSIDE);
    await home.reload();
    await expect(home.getByRole('heading', { name: 'Aanmelden', exact: true })).toBeVisible();
  });
});

test('wat fout was, gaat met zijn regel uit de lijst', async ({ page }) => {
  await at(page, INSIDE);
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/netwerken');
  await addNetwork(page, 'thuis', 'geen adres');
  await addNetwork(page, 'stadhuis', '10.20.0.0/16');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  const addresses = page.getByRole('textbox', { name: 'Adressen' });
  await expect(addresses.first()).toHaveAttribute('aria-invalid', 'true');
  await expect(addresses.first()).toBeFocused();
  await page.getByRole('button', { name: 'Uit de lijst halen' }).first().press('Enter');
  await expect(addresses).toHaveValue('10.20.0.0/16');
  await expect(addresses).not.toHaveAttribute('aria-invalid');
});

for (const language of ['nl', 'en'] as const) {
  test(`de aanmeldpagina zegt wie helpt (${language})`, async ({ page }) => {
    const words = wordsIn(language);
    await page.goto('/');
    await page.getByRole('button', { name: language === 'nl' ? 'Nederlands' : 'English' }).click();
    const help = page.getByRole('region', { name: words('sign_in.help_title') });
    await expect(help.getByRole('link', { name: '14 0999' })).toHaveAttribute('href', 'tel:140999');
    await expect(help.getByRole('link', { name: 'servicedesk@voorbeeldstad.example' })).toBeVisible();
    await judge(page, language);
    // Of an office that is not there nothing is known.
    await page.getByLabel(words('sign_in.username')).fill('jdevries@nergens');
    await expect(help.getByText(words('sign_in.help'))).toBeVisible();
    await page.getByLabel(words('sign_in.username')).fill('jdevries@Voorbeeldstad');
    await expect(help.getByRole('link', { name: '14 0999' })).toBeVisible();
  });
}

test('het kantoor schrijft zelf op wie helpt bij het aanmelden', async ({ page, otherPage }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/kantoor');
  const contact = page.getByRole('group', { name: 'Wie helpt bij het aanmelden?' });
  const save = page.locator('form', { has: contact }).getByRole('button', { name: 'Opslaan' });
  await contact.getByLabel('E-mailadres').fill('geen adres');
  await save.click();
  await expect(contact.getByLabel('E-mailadres')).toHaveAttribute('aria-invalid', 'true');
  await contact.getByLabel('E-mailadres').fill('');
  await contact.getByLabel('Telefoonnummer').fill('075 123 45 67');
  await save.click();
  await told(page, 'De instellingen zijn opgeslagen.');
  await judge(page, 'nl');
  const visitor = await otherPage();
  await visitor.goto('/');
  await expect(visitor.getByRole('link', { name: '075 123 45 67' })).toBeVisible();
  await expect(visitor.getByRole('link', { name: 'info@voorbeeldstad.example' })).toBeVisible();
});
