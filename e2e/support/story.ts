// The main job from end to end: an office is made, people choose their passwords, a team gets access to a dossier,
// a case is opened and a task put in the team's tray; the team is mailed, one claims it and completes it, while a
// supporter works in the case at the same time.

import { fileURLToPath } from 'node:url';

import { type Page, test } from '@playwright/test';

import { expectAccessible } from './axe.ts';
import { choose, signInFirst, temporaryPassword, told } from './people.ts';
import { type Server, expect } from './server.ts';

const CASE_TYPES = fileURLToPath(new URL('../../api/tests/data/case-types.xml', import.meta.url));
const PASSWORD = 'kwast molen zeven blauw';

/** Where it happens, and who plays. */
export interface Stage {
  server: Server;
  page: Page;
  otherPage: () => Promise<Page>;
  /** What happens in the wings before each scene. */
  before?: () => Promise<void>;
}

async function scene({ before }: Stage, name: string, play: () => Promise<void>): Promise<void> {
  await test.step(name, async () => {
    await before?.();
    await play();
  });
}

/** The administrator adds a colleague, who is mailed, signs in and chooses a password. */
async function colleague(stage: Stage, theirs: Page, username: string, name: string): Promise<void> {
  const { server, page: admin } = stage;
  await scene(stage, `${name} komt erbij`, async () => {
    await admin.goto('/instellingen/medewerkers/nieuw');
    await admin.getByLabel('Gebruikersnaam').fill(username);
    await admin.getByLabel('Naam', { exact: true }).fill(name);
    await admin.getByLabel('E-mailadres').fill(`${username}@zaanstad.example`);
    await admin.getByRole('button', { name: 'Opslaan' }).click();
    await told(admin, `${name} is toegevoegd`);
    const password = await temporaryPassword(server, `${username}@zaanstad.example`);
    await signInFirst(theirs, `${username}@zaanstad`, password, PASSWORD);
  });
}

/** A task goes from a case to a tray to a colleague, and nothing is lost. */
export async function story(stage: Stage): Promise<void> {
  const { server, page, otherPage } = stage;
  const made = await server.werkbak(
    ...['office', 'create', '--code', 'zaanstad', '--name', 'Gemeente Zaanstad', '--email', 'info@zaanstad.example'],
    ...['--admin-username', 'beheer', '--admin-name', 'Anneke Visser', '--admin-email', 'beheer@zaanstad.example'],
  );
  expect(await server.werkbak('import', 'case-types', CASE_TYPES, '--office', 'zaanstad')).toContain('2 new');
  const first = /\b[a-z]{4}(-[a-z]{4}){4}\b/.exec(made)?.[0] ?? '';

  const admin = page;
  await signInFirst(admin, 'beheer@zaanstad', first, PASSWORD);
  await expectAccessible(admin);
  const [jan, fatma, karim] = [await otherPage(), await otherPage(), await otherPage()];
  await colleague(stage, jan, 'jdevries', 'Jan de Vries');
  await colleague(stage, fatma, 'fyilmaz', 'Fatma Yılmaz');
  await colleague(stage, karim, 'kelamrani', 'Karim El Amrani');

  await scene(stage, 'de beheerder maakt het team en autoriseert Jan', async () => {
    await admin.goto('/instellingen/medewerkersgroepen');
    await admin.getByRole('link', { name: 'Nieuwe groep' }).click();
    await admin.getByLabel('Naam medewerkersgroep').fill('Medisch advies');
    await choose(admin, 'Medewerkers', 'Fatma Yılmaz');
    await choose(admin, 'Medewerkers', 'Karim El Amrani');
    await admin.getByLabel('Werkafspraken').fill('Oudste eerst.');
    await admin.getByRole('button', { name: 'Opslaan' }).click();
    await told(admin, 'Groep Medisch advies is opgeslagen');
    await expectAccessible(admin);

    await admin.goto('/instellingen/zaaktypen');
    await admin.getByRole('link', { name: 'Gehandicaptenparkeerkaart aanvraag' }).click();
    const authorisations = admin.getByRole('region', { name: 'Autorisaties' });
    await choose(authorisations, 'Medewerkers', 'Jan de Vries');
    await authorisations.getByRole('button', { name: 'Opslaan' }).click();
    await told(admin, 'De autorisaties zijn opgeslagen');
    await expectAccessible(admin);
  });

  await scene(stage, 'Jan maakt een dossier en geeft het team toegang', async () => {
    await jan.goto('/dossiers');
    await jan.getByRole('link', { name: 'Nieuw dossier' }).click();
    await jan.getByLabel('Naam', { exact: true }).fill('Gezin Hendriks, Lindelaan');
    await jan.getByRole('button', { name: 'Opslaan' }).click();
    await told(jan, /Dossier \d{4}-000001 is aangemaakt/);
    await jan.getByRole('link', { name: 'Toegang', exact: true }).click();
    await choose(jan, 'Groep', 'Medisch advies');
    await jan.getByRole('button', { name: 'Toevoegen' }).click();
    await jan.getByRole('button', { name: 'Opslaan' }).click();
    await told(jan, 'De toegangsregels zijn opgeslagen');
    await choose(jan, 'Medewerker', 'Fatma Yılmaz');
    await expect(jan.getByText('Toegang: via groep Medisch advies.')).toBeVisible();
    await expectAccessible(jan);
  });

  let number = '';
  await scene(stage, 'Jan opent een zaak met Karim als ondersteuner', async () => {
    await jan.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link', { name: 'Zaken' }).click();
    await jan.getByRole('link', { name: 'Nieuwe zaak' }).click();
    await choose(jan, 'Zaaktype', 'Gehandicaptenparkeerkaart aanvraag');
    await jan.getByLabel('Titel').fill('Parkeerkaart Hendriks, eerste aanvraag');
    await jan.getByRole('button', { name: 'Zaak openen' }).click();
    await told(jan, /Zaak Z\d{4}-000001 is geopend/);
    number = (await jan.getByText(/Z\d{4}-000001/).first().textContent())?.match(/Z\d{4}-\d{6}/)?.[0] ?? '';
    await choose(jan, 'Ondersteuner toevoegen', 'Karim El Amrani');
    await jan.getByRole('button', { name: 'Toevoegen' }).click();
    await told(jan, 'Karim El Amrani is ondersteuner');
    await expectAccessible(jan);
  });

  await scene(stage, 'Jan zet een taak in de werkbak van het team', async () => {
    await jan.getByRole('button', { name: 'Nieuwe taak' }).click();
    const dialog = jan.getByRole('dialog');
    await dialog.getByLabel('Titel').fill('Uitvoeren van medische keuring');
    await choose(dialog, 'Werkbak', 'Medisch advies');
    await expectAccessible(jan);
    await dialog.getByRole('button', { name: 'Taak aanmaken' }).click();
    await told(jan, 'is aangemaakt');
  });

  await scene(stage, 'het team krijgt post zonder inhoud; Fatma pakt de taak op', async () => {
    const mail = await server.mailTo('fyilmaz@zaanstad.example', /^Nieuwe taak in/);
    await server.mailTo('kelamrani@zaanstad.example', /^Nieuwe taak in/);
    expect(mail.text).toContain(number);
    expect(mail.text).toContain('Medisch advies');
    expect(mail.text + mail.html).not.toContain('keuring');
    expect(mail.text + mail.html).not.toContain('Hendriks');
    const link = /https?:\/\/\S+\/taken\/[0-9a-f-]+/.exec(mail.text)?.[0] ?? '';
    await fatma.goto(new URL(link).pathname);
    await expect(fatma.getByRole('heading', { level: 1 })).toHaveText('Uitvoeren van medische keuring');
    await expectAccessible(fatma);

    await karim.goto('/werkbakken');
    await karim.getByRole('link', { name: /Medisch advies/ }).click();
    const claim = karim.getByRole('button', { name: 'Oppakken: Uitvoeren van medische keuring' });
    await expect(claim).toBeVisible();
    await expectAccessible(karim);

    await fatma.getByRole('button', { name: 'Oppakken' }).click();
    await told(fatma, 'opgepakt');
    // Karim's list still shows it: he learns who was first.
    await claim.click();
    await expect(karim.getByText(/Fatma Yılmaz heeft .* al opgepakt/)).toBeVisible();
    await expect(karim.getByText('Deze werkbak is leeg.')).toBeVisible();
  });

  await scene(stage, 'Jan en Karim werken tegelijk in de zaak', async () => {
    const url = jan.url();
    await karim.goto(new URL(url).pathname);
    for (const person of [jan, karim]) {
      await expect(person.getByRole('heading', { level: 1 })).toContainText('Parkeerkaart Hendriks');
    }
    const note = (person: Page) => person.getByLabel('Notitie').first();
    const save = (person: Page) =>
      person.locator('.step').first().getByRole('button', { name: 'Opslaan' });
    await note(jan).fill('Pasfoto ontvangen.');
    await note(karim).fill('Aanvrager gebeld, komt maandag.');
    await save(jan).click();
    await told(jan, 'De stap is opgeslagen');
    await save(karim).click();
    // What Karim typed is still there, and he sees what Jan saved.
    await expect(karim.getByText('Intussen opgeslagen door een ander')).toBeVisible();
    await expect(note(karim)).toHaveValue('Aanvrager gebeld, komt maandag.');
    await expect(karim.getByText('Pasfoto ontvangen.')).toBeVisible();
    await expectAccessible(karim);
    await note(karim).fill('Pasfoto ontvangen. Aanvrager gebeld, komt maandag.');
    await save(karim).click();
    await told(karim, 'De stap is opgeslagen');
  });

  await scene(stage, 'Fatma rondt de taak af, en Jan ziet het resultaat', async () => {
    await fatma.getByRole('button', { name: 'Afronden' }).first().click();
    const dialog = fatma.getByRole('dialog');
    const scope = (await dialog.isVisible()) ? dialog : fatma.locator('main');
    await scope.getByLabel('Resultaat').fill('Keuring uitgevoerd, kaart is terecht.');
    await expectAccessible(fatma);
    await scope.getByRole('button', { name: 'Afronden' }).last().click();
    await told(fatma, 'is afgerond');
    await jan.reload();
    await jan.getByRole('link', { name: 'Uitvoeren van medische keuring' }).click();
    await expect(jan.getByText('Keuring uitgevoerd, kaart is terecht.')).toBeVisible();
    await expectAccessible(jan);
  });
}
