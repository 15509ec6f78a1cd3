// Who is in which group is changed from the group and from the employee, and either sees what the other did (G3).

import { type Page, expect } from '@playwright/test';

import { access, list } from '../support/api.ts';
import { choose, signIn, told } from '../support/people.ts';
import { test } from '../support/server.ts';

const chip = (page: Page, name: string) => page.locator('.chip').filter({ hasText: name });
const save = (page: Page) => page.getByRole('button', { name: 'Opslaan', exact: true });
const consequences = (page: Page) => page.getByRole('region', { name: 'Gevolgen' });

test('een lidmaatschap, vanuit de groep en vanuit de medewerker', async ({ page, request, otherPage }) => {
  const admin = await access(request, 'avisser');
  const groups = await list<{ id: string; name: string }>(admin, '/v1/groups?limit=100');
  const people = await list<{ id: string; name: string }>(admin, '/v1/employees?limit=100');
  const group = `/instellingen/medewerkersgroepen/${groups.find(({ name }) => name === 'Vergunningen')?.id}`;
  const employee = people.find(({ name }) => name === 'Maarten Jansen');
  const theirs = await otherPage();
  await signIn(page, 'avisser@voorbeeldstad');
  await signIn(theirs, 'avisser@voorbeeldstad');

  await test.step('erbij, vanuit de groep', async () => {
    await page.goto(group);
    await expect(chip(page, 'Sanne Bakker')).toBeVisible();
    await choose(page, 'Medewerkers', 'Maarten Jansen');
    await expect(consequences(page)).toContainText('werkbak Vergunningen erbij');
    await save(page).click();
    await told(page, 'Groep Vergunningen is opgeslagen');
    await expect(consequences(page)).toBeHidden();
  });

  await test.step('de medewerker heeft de groep, en die ernaast', async () => {
    await theirs.goto('/instellingen/medewerkers');
    const row = theirs.getByRole('row').filter({ hasText: 'Maarten Jansen' });
    await expect(row).toContainText('Vergunningen');
    await row.getByRole('button', { name: 'Medewerker bewerken' }).click();
    await expect(theirs).toHaveURL(new RegExp(`${employee?.id}$`));
    await expect(theirs.getByRole('combobox', { name: 'Medewerkersgroepen' })).toBeVisible();
    await expect(chip(theirs, 'Vergunningen')).toBeVisible();
    await expect(chip(theirs, 'Medisch advies')).toBeVisible();
  });

  await test.step('eruit, vanuit de medewerker; een andere groep erbij', async () => {
    await chip(theirs, 'Vergunningen').getByRole('button').click();
    await expect(chip(theirs, 'Vergunningen')).toHaveCount(0);
    await choose(theirs, 'Medewerkersgroepen', 'Zorgloket');
    await expect(consequences(theirs)).toContainText('werkbak Vergunningen weg');
    await expect(consequences(theirs)).toContainText('werkbak Zorgloket erbij');
    await save(theirs).click();
    await told(theirs, 'Maarten Jansen is opgeslagen');
  });

  await test.step('de groepen zien het', async () => {
    await page.goto(group);
    await expect(chip(page, 'Sanne Bakker')).toBeVisible();
    await expect(chip(page, 'Maarten Jansen')).toHaveCount(0);
    await page.getByRole('link', { name: 'Zorgloket' }).click();
    await expect(page.getByRole('heading', { name: 'Zorgloket' })).toBeVisible();
    await expect(chip(page, 'Maarten Jansen')).toBeVisible();
    await page.getByRole('link', { name: 'Medisch advies' }).click();
    await expect(page.getByRole('heading', { name: 'Medisch advies' })).toBeVisible();
    await expect(chip(page, 'Maarten Jansen')).toBeVisible();
  });
});
