// A list as a file is the list as it is on screen, in the reader's language.

import { readFile } from 'node:fs/promises';

import { type Page, expect } from '@playwright/test';

import { access, list } from '../support/api.ts';
import { signIn, told } from '../support/people.ts';
import { test } from '../support/server.ts';

const EXPORT = 'Exporteren als CSV';

/** Presses the button, and gives the name of the file and what is in it. */
async function exported(page: Page): Promise<{ name: string; lines: string[] }> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: EXPORT }).click();
  const download = await downloading;
  const name = download.suggestedFilename();
  await told(page, name);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.startsWith('\uFEFF'), 'a spreadsheet sees by the mark that it is UTF-8').toBe(true);
  return { name, lines: text.slice(1).trimEnd().split(/\r?\n/) };
}

test('medewerkers, gefilterd zoals op het scherm', async ({ page }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkers?q=bakker');
  await expect(page.getByRole('link', { name: 'Sanne Bakker' })).toBeVisible();
  const { name, lines } = await exported(page);
  expect(name).toMatch(/^medewerkers-\d{4}-\d{2}-\d{2}\.csv$/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('Gebruikersnaam;Naam;E-mailadres');
  expect(lines[1]).toContain('sbakker;Sanne Bakker');
});

test('groepen en klantengroepen', async ({ page, request }) => {
  const { headers } = await access(request, 'avisser');
  const data = { name: 'Ouderen', email: 'ouderen@voorbeeldstad.example' };
  const made = await request.post('/v1/client-groups', { headers, data });
  expect(made.ok(), await made.text()).toBe(true);
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkersgroepen');
  await expect(page.getByRole('link', { name: 'Medisch advies' })).toBeVisible();
  const groups = await exported(page);
  expect(groups.lines.join('\n')).toContain('Medisch advies');
  await page.goto('/instellingen/klantengroepen');
  await expect(page.getByRole('link', { name: 'Ouderen' })).toBeVisible();
  const clients = await exported(page);
  expect(clients.lines.at(-1)).toBe('Ouderen;ouderen@voorbeeldstad.example');
});

test('een werkbak, en wat er gebeurt als dat niet lukt', async ({ page, request }) => {
  const groups = await list<{ id: string; name: string }>(await access(request, 'fyilmaz'), '/v1/groups?limit=100');
  const id = groups.find(({ name }) => name === 'Medisch advies')?.id;
  await signIn(page, 'fyilmaz@voorbeeldstad');
  await page.goto(`/werkbakken/${id}`);
  await expect(page.getByRole('link', { name: 'Uitvoeren van medische keuring' })).toBeVisible();
  const { lines } = await exported(page);
  expect(lines.join('\n')).toContain('Uitvoeren van medische keuring');
  await page.route('**/v1/exports/**', (route) => route.abort());
  await page.getByRole('button', { name: EXPORT }).click();
  await told(page, 'De server is niet bereikbaar.');
  await expect(page.getByRole('button', { name: EXPORT })).toBeFocused();
});
