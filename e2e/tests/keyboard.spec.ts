// The whole story without a mouse: everything is reached with Tab and done with the keyboard. At each stop one sees where
// the keyboard is, and it is never lost: after saving, and after a dialog closes, Tab goes on from where one was.
//
// `open` stands for what is no part of the app: the first page of the day, and the link in a mail.

import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';

import { begin, choose, expectFocusKept, open, press, tabTo, type } from '../support/keyboard.ts';
import { temporaryPassword, told } from '../support/people.ts';
import { type Server, expect, test } from '../support/server.ts';

const CASE_TYPES = fileURLToPath(new URL('../../api/tests/data/case-types.xml', import.meta.url));
const PASSWORD = 'kwast molen zeven blauw';
const TYPE = 'Gehandicaptenparkeerkaart aanvraag';

test.use({ data: 'empty' });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const picker = (page: Page, name: string) => page.getByRole('combobox', { name });

/** The link to a part of a dossier. */
const part = (page: Page, name: string) => page.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link', { name });

/** Says that something was done, and the keyboard is still somewhere. */
async function done(page: Page, text: string | RegExp): Promise<void> {
  await told(page, text);
  await expectFocusKept(page, `after “${text}”`);
}

/** Goes to a part of the app by the link in the top bar, or the one below it. */
async function goTo(page: Page, name: string, title = name): Promise<void> {
  await press(page, page.getByRole('navigation').getByRole('link', { name, exact: true }));
  await expect(heading(page)).toHaveText(title);
  // Focus follows to the new page's heading, so that the next Tab goes on from there.
  await expect(heading(page)).toBeFocused();
}

/** Signs in with the password from the mail, and chooses one's own. */
async function enter(page: Page, username: string, temporary: string): Promise<void> {
  await open(page, '/');
  await type(page, field(page, 'Gebruikersnaam'), username);
  await type(page, field(page, 'Wachtwoord'), temporary);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Kies een eigen wachtwoord' })).toBeVisible();
  begin(page);
  await type(page, field(page, 'Nieuw wachtwoord'), PASSWORD);
  await type(page, field(page, 'Herhaal het nieuwe wachtwoord'), PASSWORD);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toContainText('Welkom');
  begin(page);
}

async function colleague(admin: Page, server: Server, theirs: Page, username: string, name: string): Promise<void> {
  await test.step(`${name} komt erbij`, async () => {
    await press(admin, admin.getByRole('link', { name: 'Nieuwe medewerker' }));
    await expect(heading(admin)).toBeFocused();
    await type(admin, field(admin, 'Gebruikersnaam'), username);
    await type(admin, field(admin, 'Naam'), name);
    await type(admin, field(admin, 'E-mailadres'), `${username}@zaanstad.example`);
    await press(admin, button(admin, 'Opslaan'));
    await told(admin, `${name} is toegevoegd`);
    await expect(heading(admin)).toHaveText('Medewerkers');
    await expect(heading(admin)).toBeFocused();
    await enter(theirs, `${username}@zaanstad`, await temporaryPassword(server, `${username}@zaanstad.example`));
  });
}

test('het hele verhaal met alleen het toetsenbord', async ({ server, page, otherPage }) => {
  const made = await server.werkbak(
    ...['office', 'create', '--code', 'zaanstad', '--name', 'Gemeente Zaanstad', '--email', 'info@zaanstad.example'],
    ...['--admin-username', 'beheer', '--admin-name', 'Anneke Visser', '--admin-email', 'beheer@zaanstad.example'],
  );
  await server.werkbak('import', 'case-types', CASE_TYPES, '--office', 'zaanstad');
  const admin = page;
  await enter(admin, 'beheer@zaanstad', /\b[a-z]{4}(-[a-z]{4}){4}\b/.exec(made)?.[0] ?? '');
  const [jan, fatma, karim] = [await otherPage(), await otherPage(), await otherPage()];

  await test.step('de beheerder voegt drie collega’s toe', async () => {
    await goTo(admin, 'Instellingen', 'Medewerkersgroepen');
    await goTo(admin, 'Medewerkers');
    await colleague(admin, server, jan, 'jdevries', 'Jan de Vries');
    await colleague(admin, server, fatma, 'fyilmaz', 'Fatma Yılmaz');
    await colleague(admin, server, karim, 'kelamrani', 'Karim El Amrani');
  });

  await test.step('de beheerder maakt een groep, en verandert haar', async () => {
    await goTo(admin, 'Medewerkersgroepen');
    await press(admin, admin.getByRole('link', { name: 'Nieuwe groep' }));
    await expect(admin.getByRole('heading', { level: 2, name: 'Nieuwe groep' })).toBeFocused();
    // Saving an empty form goes to the field that is wrong.
    await press(admin, button(admin, 'Opslaan'));
    await expect(admin.getByText('Vul dit in.')).toBeVisible();
    await expect(field(admin, 'Naam medewerkersgroep')).toBeFocused();
    await admin.keyboard.type('Medisch advies');
    await choose(admin, picker(admin, 'Medewerkers'), 'Fatma Yılmaz');
    // The field is emptied for the next one.
    await admin.keyboard.type('Jan de Vries');
    await expect(admin.getByRole('option', { name: 'Jan de Vries' })).toHaveCount(1);
    await admin.keyboard.press('ArrowDown');
    await admin.keyboard.press('Enter');
    await type(admin, field(admin, 'Werkafspraken'), 'Oudste eerst.');
    await press(admin, button(admin, 'Opslaan'));
    await told(admin, 'Groep Medisch advies is opgeslagen');
    await expect(admin.getByRole('heading', { level: 2, name: 'Medisch advies' })).toBeVisible();
    await expectFocusKept(admin, 'once the group has a page of its own');
    // Jan should not have been in it.
    await press(admin, button(admin, 'Jan de Vries verwijderen'), 'Space');
    await expect(picker(admin, 'Medewerkers')).toBeFocused();
    await expect(button(admin, 'Jan de Vries verwijderen')).toHaveCount(0);
    await press(admin, button(admin, 'Opslaan'));
    await done(admin, 'Groep Medisch advies is opgeslagen');
    await expect(admin.getByRole('listitem').filter({ hasText: '1 medewerker' })).toBeVisible();
    await expectFocusKept(admin, 'once the list beside the form is up to date');
  });

  await test.step('Karim wordt lid vanuit zijn eigen gegevens', async () => {
    await goTo(admin, 'Medewerkers');
    const row = admin.getByRole('row').filter({ hasText: 'Karim El Amrani' });
    await press(admin, row.getByRole('button', { name: 'Medewerker bewerken' }));
    await expect(heading(admin)).toHaveText('Karim El Amrani');
    await expect(heading(admin)).toBeFocused();
    await choose(admin, picker(admin, 'Medewerkersgroepen'), 'Medisch advies');
    await press(admin, button(admin, 'Opslaan'));
    await done(admin, 'Karim El Amrani is opgeslagen');
  });

  await test.step('de beheerder autoriseert Jan voor het ingelezen zaaktype', async () => {
    await goTo(admin, 'Zaaktypen');
    await press(admin, admin.getByRole('link', { name: TYPE }));
    await expect(heading(admin)).toHaveText(TYPE);
    const authorisations = admin.getByRole('region', { name: 'Autorisaties' });
    await choose(admin, authorisations.getByRole('combobox', { name: 'Medewerkers' }), 'Jan de Vries');
    await press(admin, authorisations.getByRole('button', { name: 'Opslaan' }));
    await done(admin, 'De autorisaties zijn opgeslagen');
  });

  await test.step('Jan maakt een dossier, geeft het team toegang en leest waarom', async () => {
    await goTo(jan, 'Dossiers');
    await press(jan, jan.getByRole('link', { name: 'Nieuw dossier' }));
    await expect(heading(jan)).toBeFocused();
    await type(jan, field(jan, 'Naam'), 'Gezin Hendriks, Lindelaan');
    await jan.keyboard.press('Enter');
    await told(jan, /Dossier \d{4}-000001 is aangemaakt/);
    await expect(heading(jan)).toHaveText('Gezin Hendriks, Lindelaan');
    await expect(heading(jan)).toBeFocused();

    await press(jan, part(jan, 'Toegang'));
    await choose(jan, picker(jan, 'Groep'), 'Medisch advies');
    await press(jan, button(jan, 'Toevoegen'));
    await expect(jan.getByRole('combobox', { name: 'Toegang van Medisch advies' })).toHaveValue('allow');
    await expectFocusKept(jan, 'after adding a rule');
    await press(jan, jan.getByRole('region', { name: 'Toegang' }).getByRole('button', { name: 'Opslaan' }));
    await done(jan, 'De toegangsregels zijn opgeslagen');
    await expect(jan.getByText('Nog niet opgeslagen')).toHaveCount(0);
    await expectFocusKept(jan, 'once the rules are saved');

    await choose(jan, picker(jan, 'Medewerker'), 'Fatma Yılmaz');
    await expect(jan.getByText('Toegang: via groep Medisch advies.')).toBeVisible();
    await expectFocusKept(jan, 'once the answer is there');
  });

  await test.step('Jan opent een zaak en vraagt Karim als ondersteuner', async () => {
    // Back up the page, past what he just did.
    await tabTo(jan, part(jan, 'Zaken'), { back: true });
    await jan.keyboard.press('Enter');
    await press(jan, jan.getByRole('link', { name: 'Nieuwe zaak' }));
    await expect(heading(jan)).toHaveText('Nieuwe zaak');
    await choose(jan, picker(jan, 'Zaaktype'), TYPE);
    await type(jan, field(jan, 'Titel'), 'Parkeerkaart Hendriks, eerste aanvraag');
    await press(jan, button(jan, 'Zaak openen'));
    await told(jan, /Zaak Z\d{4}-000001 is geopend/);
    await expect(heading(jan)).toHaveText('Parkeerkaart Hendriks, eerste aanvraag');
    await expect(heading(jan)).toBeFocused();
    await choose(jan, picker(jan, 'Ondersteuner toevoegen'), 'Karim El Amrani');
    await press(jan, button(jan, 'Toevoegen'));
    await done(jan, 'Karim El Amrani is ondersteuner');
  });

  const openNewTask = () => tabTo(jan, button(jan, 'Nieuwe taak'), { back: true });
  await test.step('Jan zet een taak in de werkbak van het team', async () => {
    await openNewTask();
    await jan.keyboard.press('Enter');
    const dialog = jan.getByRole('dialog', { name: 'Nieuwe taak' });
    await type(jan, dialog.getByLabel('Titel'), 'Uitvoeren van medische keuring');
    // Put off: what was typed is still there when the dialog opens again.
    await jan.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(button(jan, 'Nieuwe taak')).toBeFocused();
    await jan.keyboard.press('Enter');
    await expect(dialog.getByLabel('Titel')).toHaveValue('Uitvoeren van medische keuring');
    // To a colleague, or to a tray: the arrows go through the choices.
    await tabTo(jan, dialog.getByRole('radio', { name: 'Een werkbak' }));
    await jan.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('combobox', { name: 'Collega' })).toBeVisible();
    await jan.keyboard.press('ArrowUp');
    await expect(dialog.getByRole('radio', { name: 'Een werkbak' })).toBeChecked();
    await choose(jan, dialog.getByRole('combobox', { name: 'Werkbak' }), 'Medisch advies');
    await press(jan, dialog.getByRole('button', { name: 'Taak aanmaken' }));
    await done(jan, 'is aangemaakt');
    await expect(button(jan, 'Nieuwe taak')).toBeFocused();
  });

  await test.step('Fatma komt uit de mail bij de taak en pakt haar op', async () => {
    const mail = await server.mailTo('fyilmaz@zaanstad.example', /^Nieuwe taak in/);
    const link = /https?:\/\/\S+\/taken\/[0-9a-f-]+/.exec(mail.text)?.[0] ?? '';
    await open(fatma, new URL(link).pathname);
    await expect(heading(fatma)).toHaveText('Uitvoeren van medische keuring');
    await press(fatma, fatma.getByRole('button', { name: 'Oppakken' }));
    await told(fatma, 'opgepakt');
    await expect(button(fatma, 'Oppakken')).toHaveCount(0);
  });

  const note = (person: Page) => person.locator('.step').first().getByLabel('Notitie');
  const save = (person: Page) => person.locator('.step').first().getByRole('button', { name: 'Opslaan' });
  await test.step('Jan en Karim werken tegelijk in de zaak', async () => {
    await goTo(karim, 'Zaken');
    await press(karim, karim.getByRole('link', { name: /Parkeerkaart Hendriks/ }));
    await expect(heading(karim)).toHaveText('Parkeerkaart Hendriks, eerste aanvraag');
    await type(karim, note(karim), 'Aanvrager gebeld, komt maandag.');

    await tabTo(jan, note(jan), { back: true });
    await jan.keyboard.type('Pasfoto ontvangen.');
    await press(jan, save(jan));
    await done(jan, 'De stap is opgeslagen');

    await press(karim, save(karim));
    // What Karim typed is still there, and he sees what Jan saved.
    await expect(karim.getByText('Intussen opgeslagen door een ander')).toBeVisible();
    await expect(note(karim)).toHaveValue('Aanvrager gebeld, komt maandag.');
    await expect(karim.getByText('Pasfoto ontvangen.')).toBeVisible();
    await expectFocusKept(karim, 'after hearing that someone else saved');
    await type(karim, note(karim), 'Pasfoto ontvangen. Aanvrager gebeld, komt maandag.');
    await press(karim, button(karim, 'Mijn invoer houden'));
    await expect(karim.getByText('Intussen opgeslagen door een ander')).toHaveCount(0);
  });

  await test.step('Fatma rondt de taak af, en Jan ziet het resultaat', async () => {
    await goTo(fatma, 'Start', 'Welkom, Fatma');
    await press(fatma, fatma.getByRole('link', { name: 'Uitvoeren van medische keuring' }));
    await expect(heading(fatma)).toHaveText('Uitvoeren van medische keuring');
    await type(fatma, field(fatma, 'Resultaat'), 'Keuring uitgevoerd, kaart is terecht.');
    await press(fatma, button(fatma, 'Afronden'));
    await told(fatma, 'is afgerond');

    await goTo(jan, 'Zaken');
    await press(jan, jan.getByRole('link', { name: /Parkeerkaart Hendriks/ }));
    await press(jan, jan.getByRole('link', { name: 'Uitvoeren van medische keuring' }));
    await expect(jan.getByText('Keuring uitgevoerd, kaart is terecht.')).toBeVisible();
  });
});
