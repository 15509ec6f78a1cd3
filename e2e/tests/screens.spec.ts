// What a page shows of what is not there, what does not fit, and what one may not see.

import { access, list } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { signIn } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

for (const kind of ['zaken', 'dossiers', 'taken']) {
  test(`${kind}: wat niet bestaat of niet te zien is, is een gewone pagina “Niet gevonden”`, async ({ page }) => {
    await signIn(page, 'lpeeters@voorbeeldstad');
    await page.goto(`/${kind}/019384aa-72a0-7c3e-9d5f-3f1f6a1c2b3d`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Niet gevonden');
    await expect(page).toHaveTitle('Niet gevonden – Werkbak');
    await judge(page, 'nl');
  });
}

for (const what of ['medewerkersgroepen', 'medewerkers', 'klantengroepen', 'zaaktypen']) {
  test(`${what}: wat niet bestaat, is “Niet gevonden”`, async ({ page }) => {
    await signIn(page, 'avisser@voorbeeldstad');
    await page.goto(`/instellingen/${what}/019384aa-72a0-7c3e-9d5f-3f1f6a1c2b3d`);
    await expect(page.getByRole('heading', { name: 'Niet gevonden' })).toBeVisible();
    await judge(page, 'nl');
  });
}

test('op een smal scherm is een taak zonder zijwaarts schuiven op te pakken', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'fyilmaz@voorbeeldstad');
  await page.getByRole('link', { name: /Medisch advies/ }).click();
  const claim = page.getByRole('button', { name: 'Oppakken: Uitvoeren van medische keuring' });
  await expect(claim).toBeVisible();
  await claim.evaluate((element) => element.scrollIntoView({ block: 'center', inline: 'nearest' }));
  expect(await page.evaluate(() => [...document.querySelectorAll('.table-wrap')].map((wrap) => wrap.scrollLeft))).toEqual([0]);
  await expect(claim).toBeInViewport({ ratio: 1 });
});

test('op een smal scherm is te lezen of een regel toegang geeft of neemt', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.goto('/dossiers');
  await page.getByRole('link', { name: /Gezin Hendriks/ }).click();
  await page.getByRole('link', { name: 'Toegang', exact: true }).click();
  const effect = page.getByRole('combobox', { name: 'Toegang van Medisch advies' });
  await effect.selectOption('deny');
  const room = await effect.evaluate((element: HTMLSelectElement) => {
    const style = getComputedStyle(element);
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas === null) return 0;
    canvas.font = style.font;
    const text = canvas.measureText(element.selectedOptions[0]?.text ?? '').width;
    return element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight) - text;
  });
  expect(room).toBeGreaterThanOrEqual(0);
});

test('wie de inhoud niet mag zien, krijgt geen veld dat niets doet', async ({ page }) => {
  const manager = await access(page.request, 'jdevries');
  const dossiers = await list<{ id: string; name: string }>(manager, '/v1/dossiers');
  const id = dossiers.find(({ name }) => name.startsWith('Gezin Hendriks'))?.id;
  await page.context().clearCookies();
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/dossiers/${id}`);
  await page.getByRole('button', { name: 'Bewerken' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Dossierbeheerder')).toBeVisible();
  await expect(dialog.getByLabel('Klantengroep')).toHaveCount(0);
});

test('een stap zegt welke vraag op het scherm nog te beantwoorden is', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.getByRole('link', { name: /Parkeerkaart Hendriks/ }).click();
  const step = page.locator('.step').first();
  await step.getByRole('button', { name: 'Stap afsluiten' }).click();
  const question = step.getByRole('radiogroup', { name: /ontvangstbevestiging gekregen/ });
  await expect(step.getByText(/Beantwoord eerst/)).toContainText('Heeft de aanvrager een ontvangstbevestiging gekregen?');
  await expect(question).toHaveAttribute('aria-invalid', 'true');
  await expect(question.getByRole('radio').first()).toBeFocused();
});
