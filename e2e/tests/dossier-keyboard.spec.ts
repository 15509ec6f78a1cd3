// A dossier's messages, parties and archive, and access to many dossiers, without a mouse.

import type { Page } from '@playwright/test';

import { access, list } from '../support/api.ts';
import { choose, expectFocusKept, open, press, tabTo, type } from '../support/keyboard.ts';
import { signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

const part = (page: Page, name: string) => page.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

/** Says that something was done, and the keyboard is still somewhere once the page has come to rest. */
async function done(page: Page, text: string | RegExp): Promise<void> {
  await told(page, text);
  await expect(page.locator(':focus')).toHaveCount(1);
  await expectFocusKept(page, `after “${text}”`);
}

test('een dossier met alleen het toetsenbord', async ({ page, request }) => {
  const owner = await access(request, 'jdevries');
  const made = await request.post('/v1/dossiers', { headers: owner.headers, data: { name: 'Gezin Mulder' } });
  const dossier = (await made.json()) as { id: string; number: string };
  await signIn(page, 'jdevries@voorbeeldstad');
  await open(page, `/dossiers/${dossier.id}`);
  await expect(page.getByText('Dit dossier heeft nog geen zaken')).toBeVisible();

  await test.step('een bericht versturen en openen', async () => {
    await press(page, part(page, 'Berichten'));
    await type(page, page.getByRole('textbox', { name: 'Uw bericht' }), 'Graag terugbellen.');
    await press(page, button(page, 'Versturen'));
    await done(page, 'Het bericht aan Jan de Vries is verstuurd');
    await press(page, page.getByRole('link', { name: 'Graag terugbellen.' }));
    await expect(page.getByRole('heading', { name: 'Bericht van Jan de Vries' })).toBeFocused();
    await press(page, page.getByRole('link', { name: 'Bericht sluiten' }));
    await expect(page.getByRole('heading', { name: 'Bericht van Jan de Vries' })).toHaveCount(0);
    await expect(page.locator(':focus')).toHaveCount(1);
    await expectFocusKept(page, 'once the message is closed');
  });

  await test.step('een betrokkene toevoegen, bewerken en verwijderen', async () => {
    await tabTo(page, part(page, 'Betrokkenen'), { back: true });
    await page.keyboard.press('Enter');
    await press(page, button(page, 'Betrokkene toevoegen'));
    await type(page, field(page, 'Naam'), 'Mevrouw Mulder');
    await type(page, field(page, 'Hoedanigheid'), 'betrokkene');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: /Mevrouw Mulder/ })).toBeVisible();
    await done(page, 'Mevrouw Mulder is opgeslagen');
    await press(page, button(page, 'Mevrouw Mulder bewerken'));
    await type(page, field(page, 'Naam'), 'Anna Mulder');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: /Anna Mulder/ })).toBeVisible();
    await done(page, 'Anna Mulder is opgeslagen');
    await tabTo(page, part(page, 'Betrokkenen'), { back: true });
    await press(page, button(page, 'Anna Mulder verwijderen'));
    await press(page, button(page, 'Betrokkene verwijderen'));
    await expect(page.getByText('nog geen betrokkenen genoemd')).toBeVisible();
    await done(page, 'Anna Mulder is verwijderd');
  });

  await test.step('archiveren en terugzetten', async () => {
    await tabTo(page, button(page, 'Archiveren'), { back: true });
    await page.keyboard.press('Enter');
    await type(page, field(page, 'Reden'), 'Verhuisd');
    await press(page, page.getByRole('dialog').getByRole('button', { name: 'Archiveren' }));
    await expect(button(page, 'Terugzetten')).toBeVisible();
    await done(page, `Dossier ${dossier.number} is gearchiveerd`);
    await press(page, button(page, 'Terugzetten'));
    await type(page, field(page, 'Reden'), 'Toch niet');
    await press(page, page.getByRole('dialog').getByRole('button', { name: 'Terugzetten' }));
    await expect(button(page, 'Archiveren')).toBeVisible();
    await done(page, `Dossier ${dossier.number} is weer in gebruik`);
  });
});

test('toegang voor meer dossiers met alleen het toetsenbord', async ({ page, request }) => {
  await signIn(page, 'sbakker@voorbeeldstad');
  await open(page, '/dossiers');
  await expect(page.getByRole('link', { name: /De Akkers/ })).toBeVisible();
  await press(page, page.getByRole('link', { name: 'Toegang voor meer dossiers' }));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await choose(page, page.getByRole('combobox', { name: 'Dossiers', exact: true }), 'Havenfestival');
  await type(page, field(page, 'Veel dossiers tegelijk'), 'Wijkcentrum');
  await page.keyboard.press('Enter');
  await done(page, '1 dossier gevonden en gekozen.');
  await choose(page, page.getByRole('combobox', { name: 'Medewerkers', exact: true }), 'Lotte Peeters');
  await tabTo(page, page.getByRole('radio', { name: 'Toegang geven' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Toegang weigeren' })).toBeChecked();
  await expect(page.getByRole('region', { name: 'Gevolgen' })).toContainText('Lotte Peeters: 1 dossier minder');
  await press(page, button(page, 'Opslaan'));
  await expect(page.getByRole('heading', { name: 'Gewijzigde dossiers: 2 van 2' })).toBeFocused();
  const seen = await list<{ name: string }>(await access(request, 'lpeeters'), '/v1/dossiers?limit=100');
  expect(seen.map(({ name }) => name)).not.toContain('Wijkcentrum Zuid');
});
