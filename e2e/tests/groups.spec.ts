// Groups change with their consequences in sight, and go only with everything on them moved (G5, G6).

import { judge } from '../support/judge.ts';
import { access, list, speak } from '../support/api.ts';
import { choose, signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

const WORDS = {
  nl: {
    consequences: 'Gevolgen',
    trayLost: /werkbak Medisch advies weg/,
    save: 'Opslaan',
    saved: 'Groep Medisch advies is opgeslagen',
    delete: 'Groep verwijderen',
    target: 'Groep die alles overneemt',
    confirm: /Typ ter bevestiging/,
    another: 'Dit is niet de naam van deze groep.',
    deleted: 'Groep Medisch advies is verwijderd',
  },
  en: {
    consequences: 'Consequences',
    trayLost: /tray Medisch advies gone/,
    save: 'Save',
    saved: 'Group Medisch advies has been saved',
    delete: 'Delete group',
    target: 'Group that takes everything over',
    confirm: /To confirm, type/,
    another: 'This is not the name of this group.',
    deleted: 'Group Medisch advies was deleted',
  },
} as const;

for (const language of ['nl', 'en'] as const) {
  test(`een groep verandert en verdwijnt met de gevolgen in beeld (${language})`, async ({ page, request }) => {
    const words = WORDS[language];
    const admin = await access(request, 'avisser');
    const groups = await list<{ id: string; name: string }>(admin, '/v1/groups?limit=100');
    const group = groups.find(({ name }) => name === 'Medisch advies');
    const other = groups.find(({ name }) => name !== 'Medisch advies');
    expect(group && other).toBeTruthy();
    await signIn(page, 'avisser@voorbeeldstad');
    await speak(request, 'avisser', language);
    await page.goto(`/instellingen/medewerkersgroepen/${group?.id ?? ''}`);
    await expect(page.getByRole('heading', { name: 'Medisch advies' })).toBeVisible();

    await test.step('wie eruit gaat, verliest de werkbak', async () => {
      const chips = page.locator('.chips li');
      const before = await chips.count();
      await chips.first().getByRole('button').click();
      await expect(chips).toHaveCount(before - 1);
      const panel = page.getByRole('region', { name: words.consequences });
      await expect(panel).toContainText(words.trayLost);
      await judge(page, language);
      await page.getByRole('button', { name: words.save, exact: true }).click();
      await told(page, words.saved);
      await expect(panel).toBeHidden();
    });

    await test.step('verwijderen vraagt een groep die alles overneemt, en de naam', async () => {
      await page.getByRole('button', { name: words.delete }).click();
      const dialog = page.getByRole('dialog');
      await choose(dialog, words.target, other?.name ?? '');
      await expect(dialog.getByRole('region', { name: words.consequences })).toBeVisible();
      await expect(dialog.getByRole('list').first()).toBeVisible();
      await judge(page, language);
      await dialog.getByRole('button', { name: words.delete }).click();
      await expect(dialog.getByLabel(words.confirm)).toBeFocused();
      await expect(dialog.getByLabel(words.confirm)).toHaveAttribute('aria-invalid', 'true');
      await judge(page, language);
      await dialog.getByLabel(words.confirm).fill('Vergunningen');
      await dialog.getByRole('button', { name: words.delete }).click();
      await expect(dialog.getByLabel(words.confirm)).toHaveAccessibleDescription(words.another);
      // Capitals do not matter.
      await dialog.getByLabel(words.confirm).fill('medisch advies');
      await dialog.getByRole('button', { name: words.delete }).click();
      await told(page, words.deleted);
      await expect(page.getByRole('navigation').getByText('Medisch advies')).toHaveCount(0);
    });
  });
}

test('een klantengroep verdwijnt met haar dossiers verhuisd', async ({ page, request }) => {
  const { headers } = await access(request, 'avisser');
  const make = async (path: string, data: object): Promise<string> => {
    const answer = await request.post(path, { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { id: string }).id;
  };
  const old = await make('/v1/client-groups', { name: 'Oude klanten', email: 'oud@voorbeeldstad.example' });
  await make('/v1/client-groups', { name: 'Nieuwe klanten', email: 'nieuw@voorbeeldstad.example' });
  const dossier = await make('/v1/dossiers', { name: 'Gezin Mulder', clientGroupId: old });
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/klantengroepen/${old}`);
  await page.getByRole('button', { name: 'Klantengroep verwijderen' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 dossier gaat naar die klantengroep');
  await dialog.getByRole('button', { name: 'Klantengroep verwijderen' }).click();
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await judge(page, 'nl', { typed: ['Oude klanten', 'Nieuwe klanten'] });
  await choose(dialog, 'Klantengroep die de dossiers overneemt', 'Nieuwe klanten');
  await dialog.getByRole('button', { name: 'Klantengroep verwijderen' }).click();
  await told(page, 'Klantengroep Oude klanten is verwijderd');
  await page.goto(`/dossiers/${dossier}?deel=toegang`);
  await expect(page.getByText('Nieuwe klanten')).toBeVisible();

  await test.step('wie toegang heeft tot dat dossier', async () => {
    await page.getByRole('button', { name: 'Toon wie toegang heeft' }).click();
    const panel = page.getByRole('region', { name: 'Iedereen met toegang' });
    await expect(panel.getByRole('listitem')).toContainText(['Anneke Visser']);
    await expect(panel).toContainText('Toegang: dossierbeheerder van dit dossier.');
    await panel.getByRole('radio', { name: 'Wie uitdrukkelijk is geweigerd' }).check();
    await expect(panel).toContainText('Niemand.');
    await judge(page, 'nl', { typed: ['Gezin Mulder', 'Nieuwe klanten'] });
  });
});

test('op Enter verdwijnt niets voordat te zien is wat er dan gebeurt', async ({ page, request }) => {
  const { headers } = await access(request, 'avisser');
  const make = async (path: string, data: object): Promise<string> => {
    const answer = await request.post(path, { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { id: string }).id;
  };
  const old = await make('/v1/client-groups', { name: 'Oude klanten', email: 'oud@voorbeeldstad.example' });
  await make('/v1/client-groups', { name: 'Nieuwe klanten', email: 'nieuw@voorbeeldstad.example' });
  await make('/v1/dossiers', { name: 'Gezin Mulder', clientGroupId: old });
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/klantengroepen/${old}`);
  await page.getByRole('button', { name: 'Klantengroep verwijderen' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 dossier gaat naar die klantengroep');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/deletion/preview', async (route) => {
    await held;
    await route.continue();
  });
  const sent: string[] = [];
  page.on('request', (one) => {
    if (one.method() === 'POST' && one.url().endsWith('/deletion')) sent.push(one.url());
  });
  await choose(dialog, 'Klantengroep die de dossiers overneemt', 'Nieuwe klanten');
  const submit = dialog.getByRole('button', { name: 'Klantengroep verwijderen' });
  await expect(submit).toHaveAttribute('aria-disabled', 'true');
  await submit.press('Enter');
  expect(sent).toEqual([]);
  release();
  await expect(submit).not.toHaveAttribute('aria-disabled');
  await expect(dialog).toContainText('1 dossier gaat naar die klantengroep');
  await submit.press('Enter');
  await told(page, 'Klantengroep Oude klanten is verwijderd');
  // Nor was it sent late.
  expect(sent).toHaveLength(1);
});
