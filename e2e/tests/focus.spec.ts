// The keyboard is never lost: what one just used may go away, but then something near it gets the keyboard.

import type { Page } from '@playwright/test';

import { access, list } from '../support/api.ts';
import { choose, signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

const PARKING = /Parkeerkaart Hendriks/;

/** Something has the keyboard, once the page has come to rest. */
async function expectFocus(page: Page): Promise<void> {
  await expect(page.locator(':focus')).toHaveCount(1);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('na het aanmelden, en na het afmelden', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await expect(heading(page)).toBeFocused();
  await button(page, 'Menu van Jan de Vries').press('Enter');
  await button(page, 'Afmelden').press('Enter');
  await expect(page.getByRole('heading', { name: 'Aanmelden', exact: true })).toBeVisible();
  await expectFocus(page);
});

test('na het oppakken, teruggeven en afronden van een taak', async ({ page }) => {
  await signIn(page, 'fyilmaz@voorbeeldstad');
  await page.getByRole('link', { name: /Medisch advies/ }).click();
  await page.getByRole('link', { name: 'Uitvoeren van medische keuring' }).click();
  await button(page, 'Oppakken').press('Enter');
  await expect(button(page, 'Oppakken')).toHaveCount(0);
  await expectFocus(page);
  await button(page, 'Teruggeven').press('Enter');
  await expect(button(page, 'Teruggeven')).toHaveCount(0);
  await expectFocus(page);
  await button(page, 'Oppakken').press('Enter');
  await page.getByLabel('Resultaat').fill('Gedaan.');
  await button(page, 'Afronden').press('Enter');
  await told(page, 'is afgerond');
  await expect(button(page, 'Afronden')).toHaveCount(0);
  await expectFocus(page);
});

test('na het doorsturen vanuit een werkbak', async ({ page }) => {
  await signIn(page, 'fyilmaz@voorbeeldstad');
  await page.getByRole('link', { name: /Medisch advies/ }).click();
  await button(page, /Niet voor mij: Uitvoeren/).press('Enter');
  const dialog = page.getByRole('dialog');
  await choose(dialog, 'Werkbak', 'Zorgloket');
  await dialog.getByRole('button', { name: 'Doorsturen' }).press('Enter');
  await told(page, 'is doorgestuurd');
  await expect(button(page, /Niet voor mij: Uitvoeren/)).toHaveCount(0);
  await expectFocus(page);
});

// The browser tells of a close later than of a key that is pressed right after it.
test('een venster dat dichtging en meteen weer werd geopend, is open', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.getByRole('link', { name: PARKING }).click();
  const open = button(page, 'Nieuwe taak');
  const dialog = page.getByRole('dialog', { name: 'Nieuwe taak' });
  const title = dialog.getByLabel('Titel');
  // Later than anything a close left to do.
  const rest = async () =>
    page.evaluate(async () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await open.click();
  await title.fill('Uitvoeren van medische keuring');
  await open.evaluate((button: HTMLElement) => {
    document.querySelector('dialog')?.requestClose();
    button.click();
  });
  await rest();
  await expect(title).toHaveValue('Uitvoeren van medische keuring');
  // By the keyboard, faster than the page is drawn.
  await title.focus();
  await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('Enter')]);
  await rest();
  await expect(title).toHaveValue('Uitvoeren van medische keuring');
  await dialog.getByRole('button', { name: 'Sluiten' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(open).toBeFocused();
});

test('na het afsluiten, overslaan en heropenen van een stap', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.getByRole('link', { name: PARKING }).click();
  const step = page.locator('.step').first();
  const dialog = page.getByRole('dialog');
  await step.getByRole('radio', { name: 'Ja' }).first().check();
  await step.getByRole('button', { name: 'Stap afsluiten' }).press('Enter');
  await told(page, 'is afgesloten');
  await expect(step.getByRole('button', { name: 'Stap afsluiten' })).toHaveCount(0);
  await expectFocus(page);
  await step.getByRole('button', { name: 'Heropenen' }).press('Enter');
  await dialog.getByLabel('Reden').fill('Toch niet.');
  await dialog.getByRole('button', { name: 'Heropenen' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(step.getByRole('button', { name: 'Overslaan' })).toBeVisible();
  await expectFocus(page);
  await step.getByRole('button', { name: 'Overslaan' }).press('Enter');
  await dialog.getByLabel('Reden').fill('Niet nodig.');
  await dialog.getByRole('button', { name: 'Overslaan' }).press('Enter');
  await expect(step.getByRole('button', { name: 'Heropenen' })).toBeVisible();
  await expectFocus(page);
});

test('na het weghalen van een ondersteuner', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.getByRole('link', { name: PARKING }).click();
  await button(page, 'Fatma Yılmaz verwijderen uit het team').press('Enter');
  await told(page, 'is geen ondersteuner meer');
  await expectFocus(page);
});

test('na het afsluiten en heropenen van een zaak', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.getByRole('link', { name: PARKING }).click();
  const dialog = page.getByRole('dialog');
  await button(page, 'Zaak afsluiten').press('Enter');
  await dialog.getByRole('radio', { name: 'Als administratieve fout' }).check();
  await dialog.getByLabel('Toelichting').fill('Dubbel.');
  await dialog.getByRole('button', { name: 'Zaak afsluiten' }).press('Enter');
  await expect(button(page, 'Zaak heropenen')).toBeVisible();
  await expectFocus(page);
  await button(page, 'Zaak heropenen').press('Enter');
  await dialog.getByLabel('Reden').fill('Toch niet.');
  await dialog.getByRole('button', { name: 'Zaak heropenen' }).press('Enter');
  await expect(button(page, 'Zaak afsluiten')).toBeVisible();
  await expectFocus(page);
});

test('na de keuze tussen eigen invoer en die van een ander', async ({ page, otherPage }) => {
  const other = await otherPage();
  for (const [person, name] of [[page, 'jdevries'], [other, 'fyilmaz']] as const) {
    await signIn(person, `${name}@voorbeeldstad`);
    await person.getByRole('link', { name: PARKING }).click();
    // Both must have the step as it was: who fetches it after the other saved has nothing to choose.
    await expect(person.locator('.step').first().getByLabel('Notitie')).toBeVisible();
  }
  for (const person of [page, other]) {
    const step = person.locator('.step').first();
    await step.getByLabel('Notitie').fill(person === page ? 'Van Jan.' : 'Van Fatma.');
    await step.getByRole('button', { name: 'Opslaan' }).press('Enter');
    if (person === page) await told(person, 'De stap is opgeslagen');
  }
  await button(other, 'Mijn invoer houden').press('Enter');
  await expect(button(other, 'Mijn invoer houden')).toHaveCount(0);
  await expectFocus(other);
});

test('na een andere taal', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.goto('/voorkeuren');
  await page.getByLabel('Taal').selectOption('en');
  await page.getByRole('region').or(page.locator('main')).getByRole('button', { name: 'Opslaan', exact: true }).press('Enter');
  await expect(heading(page)).toHaveText('Personal settings');
  await expectFocus(page);
});

test('na het deactiveren van een medewerker', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkers?q=lotte');
  await button(page, 'Medewerker bewerken').click();
  await button(page, 'Deactiveren').press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Deactiveren' }).press('Enter');
  await told(page, 'is gedeactiveerd');
  await expect(button(page, 'Deactiveren')).toHaveCount(0);
  await expectFocus(page);
});

test('wie een groep kiest of maakt, is bij die groep', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.getByRole('link', { name: 'Instellingen' }).click();
  await page.getByRole('link', { name: 'Medisch advies' }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Medisch advies' })).toBeFocused();
  await page.getByRole('link', { name: 'Nieuwe groep' }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Nieuwe groep' })).toBeFocused();
  await page.getByLabel('Naam medewerkersgroep').fill('Loket Noord');
  await button(page, 'Opslaan').press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Loket Noord' })).toBeFocused();
});

test('wie een groep maakt terwijl er op een andere gezocht wordt, ziet haar in de lijst', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.getByRole('link', { name: 'Instellingen' }).click();
  await page.getByLabel('Groepen zoeken').fill('Loket Zuid');
  await expect(page.getByText('Geen groepen gevonden.')).toBeVisible();
  await page.getByRole('link', { name: 'Nieuwe groep' }).click();
  await page.getByLabel('Naam medewerkersgroep').fill('Loket Noord');
  await button(page, 'Opslaan').click();
  await expect(page.getByRole('link', { name: 'Loket Noord' })).toBeVisible();
});

test('een bericht dat blijft staan, ligt nooit over waar het toetsenbord is', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const fatma = await access(page.request, 'fyilmaz');
  await page.context().clearCookies();
  await signIn(page, 'kelamrani@voorbeeldstad');
  await page.getByRole('link', { name: /Medisch advies/ }).click();
  const lost = button(page, 'Oppakken: Medische gegevens opvragen bij huisarts');
  await expect(lost).toBeVisible();
  const trays = await list<{ group: { id: string; name: string } }>(fatma, '/v1/trays');
  const group = trays.find((tray) => tray.group.name === 'Medisch advies')?.group.id;
  const tasks = await list<{ id: string; title: string }>(fatma, `/v1/trays/${group}/tasks`);
  const task = tasks.find(({ title }) => title === 'Medische gegevens opvragen bij huisarts')?.id;
  const claimed = await page.request.post(`/v1/tasks/${task}/claim`, { headers: fatma.headers });
  expect(claimed.ok(), await claimed.text()).toBe(true);
  await lost.click();
  await expect(page.getByText(/Fatma Yılmaz heeft .* al opgepakt/)).toBeVisible();
  await page.getByRole('navigation', { name: 'Hoofdnavigatie' }).getByRole('link', { name: 'Zaken' }).click();
  await page.getByRole('link', { name: /Parkeerkaart Okafor/ }).click();
  await expect(button(page, 'Nieuwe taak')).toBeVisible();
  await expect(page.getByText(/Fatma Yılmaz heeft .* al opgepakt/)).toBeVisible();
  // Enlarged to 200 %, where it takes most of the room.
  await page.setViewportSize({ width: 640, height: 512 });
  const covered: string[] = [];
  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body || element.closest('.toasts') !== null) return '';
      const { left, top, width, height } = element.getBoundingClientRect();
      const seen = [0.02, 0.5, 0.98].some((down) =>
        [0.02, 0.5, 0.98].some((along) => {
          const found = document.elementFromPoint(left + along * width, top + down * height);
          return found !== null && element.contains(found);
        }),
      );
      return seen ? '' : element.outerHTML.slice(0, 120);
    });
    if (at !== '') covered.push(at);
  }
  expect(covered).toEqual([]);
});

