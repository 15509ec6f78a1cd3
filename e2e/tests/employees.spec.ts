// What is known of an employee: what they see and why (D5), what they hold and handing it over (P4), what they read (E2),
// and their account (S3).

import { type Page, expect } from '@playwright/test';

import { type Access, access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { press, tabTo, type } from '../support/keyboard.ts';
import { choose, signIn, told } from '../support/people.ts';
import { test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

interface Employee {
  id: string;
  username: string;
}

interface Dossier {
  id: string;
  name: string;
  number: string;
}

interface Work {
  kind: string;
  id: string;
  number: string;
}

async function employee(by: Access, username: string): Promise<string> {
  const people = await list<Employee>(by, `/v1/employees?q=${username}`);
  const found = people.find((person) => person.username === username);
  expect(found, username).toBeDefined();
  return found?.id ?? '';
}

async function dossier(by: Access, name: string): Promise<Dossier> {
  const found = (await list<Dossier>(by, '/v1/dossiers?limit=100')).find((one) => one.name.startsWith(name));
  expect(found, name).toBeDefined();
  return found as Dossier;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

const SAID = {
  nl: { denied: 'Geen toegang: groep Externe adviseurs is geweigerd.' },
  en: { denied: 'No access: group Externe adviseurs is denied.' },
} as const;

for (const language of ['nl', 'en'] as const) {
  const t = wordsIn(language);

  test(`de helpdesk legt uit waarom iemand een dossier niet ziet (${language})`, async ({ page, request }) => {
    await speak(request, 'kelamrani', language);
    const { number } = await dossier(await access(request, 'sbakker'), 'Buurtvereniging De Akkers');
    await signIn(page, 'kelamrani@voorbeeldstad', undefined, language);
    await page.goto('/instellingen/medewerkers?q=lotte');
    await page.getByRole('button', { name: t('employees.see_access') }).click();
    await expect(heading(page)).toHaveText('Lotte Peeters');
    const panel = page.getByRole('region', { name: t('employee_access.why', { name: 'Lotte Peeters' }) });
    const field = panel.getByLabel(t('employee_access.number'));
    await judge(page, language);

    await test.step('zonder nummer', async () => {
      await panel.getByRole('button', { name: t('employee_access.ask') }).click();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toBeFocused();
    });

    await test.step('met een nummer dat niet bestaat', async () => {
      await field.fill('1999-999999');
      await field.press('Enter');
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(panel.locator('.field__error')).toContainText(/\p{L}/u);
      await expect(field).toBeFocused();
      await judge(page, language, { typed: ['1999-999999'] });
    });

    await test.step('met een nummer', async () => {
      await field.fill(` ${number} `);
      await field.press('Enter');
      await expect(panel).toContainText(SAID[language].denied);
      await expect(panel).toContainText(t('employee_access.no', { name: 'Lotte Peeters', number }));
      await expect(panel.locator('.field__error')).toHaveCount(0);
      await judge(page, language);
    });
    // Which dossiers those are is no business of the helpdesk, nor what anyone holds or reads.
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1);
    await expect(page.getByRole('link', { name: t('employees.part_work'), exact: true })).toHaveCount(0);
    await expect(page.getByText('Buurtvereniging')).toHaveCount(0);
  });

  test(`een beheerder ziet wat iemand ziet en gelezen heeft (${language})`, async ({ page, request }) => {
    await speak(request, 'avisser', language);
    const jan = await access(request, 'jdevries');
    const admin = await access(request, 'avisser');
    const hendriks = await dossier(jan, 'Gezin Hendriks');
    const read = await request.get(`/v1/dossiers/${hendriks.id}`, { headers: jan.headers });
    expect(read.ok()).toBe(true);
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    const address = `/instellingen/medewerkers/${await employee(admin, 'jdevries')}`;
    await page.goto(address);
    await expect(page.getByLabel(t('employees.name'), { exact: true })).toHaveValue('Jan de Vries');

    await test.step('wat die ziet, en waarom', async () => {
      await page.getByRole('link', { name: t('employees.part_access'), exact: true }).click();
      await expect(heading(page)).toBeFocused();
      const row = page.getByRole('row').filter({ hasText: hendriks.number });
      await expect(row).toContainText(t('employee_access.hidden'));
      await judge(page, language);
    });

    await test.step('wat die gelezen heeft', async () => {
      await page.getByRole('link', { name: t('employees.part_reads'), exact: true }).click();
      const row = page.getByRole('row').filter({ hasText: hendriks.number }).first();
      await expect(row).toContainText(t('words.read_dossier'));
      await expect(page.getByText('Hendriks')).toHaveCount(0);
      await judge(page, language);
    });

    await test.step('wie niets las', async () => {
      await page.goto(`/instellingen/medewerkers/${await employee(admin, 'lpeeters')}/gelezen`);
      await expect(page.getByText(t('employee_reads.none', { name: 'Lotte Peeters' }))).toBeVisible();
      await judge(page, language);
    });
  });

  test(`werk van iemand die afwezig is, gaat naar collega’s (${language})`, async ({ page, request }) => {
    await speak(request, 'avisser', language);
    const admin = await access(request, 'avisser');
    const id = await employee(admin, 'mjansen');
    const before = await list<Work>(admin, `/v1/employees/${id}/work`);
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    await page.goto(`/instellingen/medewerkers/${id}/werk`);
    const panel = page.getByRole('region', { name: t('employee_work.title', { name: 'Maarten Jansen' }) });
    const submit = panel.getByRole('button', { name: t('employee_work.submit'), exact: true });
    const all = panel.getByRole('checkbox', { name: t('hand_over.all'), exact: true });
    const chosen = (count: number) => expect(panel.getByText(t('hand_over.chosen', { count }))).toBeVisible();
    await expect(panel.getByRole('listitem')).toHaveCount(before.length);
    await judge(page, language);

    await test.step('zonder werk, zonder reden, zonder collega', async () => {
      await submit.click();
      await expect(panel.getByLabel(t('employee_work.reason'))).toHaveAttribute('aria-invalid', 'true');
      await expect(all).toHaveAttribute('aria-invalid', 'true');
      await expect(all).toBeFocused();
      await judge(page, language);
      await panel.getByRole('button', { name: t('hand_over.give'), exact: true }).click();
      await expect(panel.getByRole('combobox')).toBeFocused();
      await expect(panel.getByRole('combobox')).toHaveAttribute('aria-invalid', 'true');
    });

    await test.step('alles naar één collega, één stuk zonder opvolger', async () => {
      await all.check();
      await chosen(before.length);
      await choose(panel, t('hand_over.give_to'), 'Karim El Amrani');
      await panel.getByRole('button', { name: t('hand_over.give'), exact: true }).click();
      await chosen(0);
      await expect(panel.getByText(t('hand_over.to_name', { name: 'Karim El Amrani' }))).toHaveCount(before.length);
      await panel.getByRole('checkbox', { name: t('words.work_supporter') }).first().check();
      await panel.getByRole('button', { name: t('hand_over.nobody') }).click();
      await expect(panel.getByText(t('hand_over.not_replaced'), { exact: true })).toBeVisible();
      await judge(page, language);
    });

    await test.step('één stuk blijft', async () => {
      const manager = before.find(({ kind }) => kind === 'dossier-manager');
      const work = t('words.work_dossier_manager');
      await panel.getByRole('button', { name: t('hand_over.take_back', { work, number: manager?.number ?? '' }) }).click();
      await expect(panel.getByText(t('hand_over.stays'), { exact: true })).toBeVisible();
      await panel.getByLabel(t('employee_work.reason')).fill('Langdurig ziek');
      await submit.click();
      await told(page, t('employee_work.done_many', { count: before.length - 1 }));
      await expect(panel.getByRole('listitem')).toHaveCount(1);
      await expect(panel.getByLabel(t('employee_work.reason'))).toHaveValue('');
    });
    const after = await list<Work>(admin, `/v1/employees/${id}/work`);
    expect(after.map(({ kind }) => kind)).toEqual(['dossier-manager']);
    const karim = await list<Work>(admin, `/v1/employees/${await employee(admin, 'kelamrani')}/work`);
    expect(karim.some(({ kind }) => kind === 'coordinator')).toBe(true);
  });
}

test('wie niets onder zich heeft, heeft niets over te dragen', async ({ page, request }) => {
  const admin = await access(request, 'avisser');
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/medewerkers/${await employee(admin, 'lpeeters')}/werk`);
  await expect(page.getByText('Lotte Peeters heeft geen zaken, taken of dossiers onder zich.')).toBeVisible();
  await judge(page, 'nl');
});

test('iedereen leest zelf wat die ziet en waarom, en van een collega niet', async ({ page, request }) => {
  const admin = await access(request, 'avisser');
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.goto(`/instellingen/medewerkers/${await employee(admin, 'jdevries')}`);
  await page.getByRole('link', { name: 'Toegang', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Gezin Hendriks' })).toContainText('dossierbeheerder van dit dossier');
  await expect(page.getByLabel('Dossiernummer')).toHaveCount(0);
  await judge(page, 'nl');
  await page.goto(`/instellingen/medewerkers/${await employee(admin, 'fyilmaz')}/toegang`);
  await expect(heading(page)).toHaveText('Niet gevonden');
});

test('wie een dossier niet mag zien, krijgt er geen werk in, en er gaat niets over', async ({ page, request }) => {
  const admin = await access(request, 'avisser');
  const id = await employee(admin, 'mjansen');
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/medewerkers/${id}/werk`);
  const panel = page.getByRole('region', { name: 'Werk van Maarten Jansen' });
  await panel.getByRole('checkbox', { name: 'Alles', exact: true }).check();
  await choose(panel, 'Gekozen werk gaat naar', 'Lotte Peeters');
  await panel.getByRole('button', { name: 'Geven', exact: true }).click();
  await panel.getByLabel('Reden').fill('Langdurig ziek');
  await panel.getByRole('button', { name: 'Overdragen', exact: true }).click();
  // Which of them it is, is said at that one.
  const wrong = panel.getByRole('listitem').getByRole('checkbox', { name: /\d/ }).and(panel.locator('[aria-invalid]'));
  await expect(wrong).toBeFocused();
  await expect(wrong).toHaveAccessibleDescription(/Lotte Peeters is de toegang tot dit dossier geweigerd/);
  await expect(panel.getByText('Naar Lotte Peeters')).toHaveCount(3);
  await judge(page, 'nl', { typed: ['Langdurig ziek'] });
  expect(await list<Work>(admin, `/v1/employees/${id}/work`)).toHaveLength(3);
});

test('driehonderd stukken werk zijn geen driehonderd keuzes', async ({ page, request }) => {
  const admin = await access(request, 'avisser');
  const holder = { id: await employee(admin, 'mjansen'), name: 'Maarten Jansen' };
  const tray = { id: '00000000-0000-4000-8000-000000000000', name: 'Zorgloket' };
  const items = Array.from({ length: 300 }, (_, at) => ({
    kind: at < 100 ? 'coordinator' : 'task',
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    number: `Z2026-${String(at + 1).padStart(6, '0')}`,
    holder,
    ...(at < 100 ? {} : { tray }),
  }));
  const ordered: { kind: string; to?: string }[] = [];
  await page.route('**/v1/employees/*/work', (route) => route.fulfill({ json: { items } }));
  await page.route('**/v1/employees/*/hand-over', (route) => {
    const body = route.request().postDataJSON() as { handOver: { items: typeof ordered } };
    ordered.push(...body.handOver.items);
    return route.fulfill({ json: { items: [] } });
  });
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/medewerkers/${holder.id}/werk`);
  const panel = page.getByRole('region', { name: 'Werk van Maarten Jansen' });
  await panel.getByRole('checkbox', { name: 'Zaakcoördinator (100)' }).check();
  await choose(panel, 'Gekozen werk gaat naar', 'Fatma Yılmaz');
  await panel.getByRole('button', { name: 'Geven', exact: true }).click();
  await panel.getByRole('checkbox', { name: 'Taak (200)' }).check();
  await panel.getByRole('button', { name: 'Zonder opvolger' }).click();
  await expect(panel.getByText('300 van 300 verdeeld')).toBeVisible();
  await judge(page, 'nl');
  await panel.getByLabel('Reden').fill('Andere baan');
  await panel.getByRole('button', { name: 'Overdragen', exact: true }).click();
  await told(page, '300 stukken werk zijn overgedragen.');
  await expect(panel.getByText('heeft geen zaken, taken of dossiers onder zich')).toBeVisible();
  expect(ordered.filter(({ kind, to }) => kind === 'coordinator' && to !== undefined)).toHaveLength(100);
  expect(ordered.filter(({ kind, to }) => kind === 'task' && to === undefined)).toHaveLength(200);
});

test('een zaakcoördinator vertrekt: alles gaat in één keer naar een collega, met het toetsenbord', async ({ page, request }) => {
  const admin = await access(request, 'avisser');
  const id = await employee(admin, 'mjansen');
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/medewerkers/${id}`);
  await expect(heading(page)).toHaveText('Maarten Jansen');
  await page.getByLabel('Naam', { exact: true }).focus();
  await press(page, page.getByRole('button', { name: 'Deactiveren' }));
  const asking = page.getByRole('dialog', { name: 'Deactiveren' });
  await type(page, asking.getByLabel('Reden'), 'Andere baan');
  await press(page, asking.getByRole('button', { name: 'Deactiveren' }));
  const dialog = page.getByRole('dialog', { name: 'Werk overdragen' });
  await expect(dialog).toBeVisible();

  // A case cannot do without a coordinator: the one that has none yet gets the keyboard.
  const coordinator = dialog.getByRole('checkbox', { name: /^Zaakcoördinator Z/ });
  await press(page, dialog.getByRole('button', { name: 'Overdragen en opslaan' }));
  await expect(coordinator).toHaveAttribute('aria-invalid', 'true');
  await expect(coordinator).toBeFocused();

  await tabTo(page, dialog.getByRole('checkbox', { name: 'Alles', exact: true }), { back: true });
  await page.keyboard.press('Space');
  await expect(dialog.getByText('3 gekozen')).toBeVisible();
  await tabTo(page, dialog.getByRole('combobox'));
  await page.keyboard.type('Fatma');
  await expect(page.getByRole('option', { name: 'Fatma Yılmaz' })).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox')).toHaveValue('Fatma Yılmaz');
  await press(page, dialog.getByRole('button', { name: 'Geven', exact: true }));
  await expect(dialog.getByText('Naar Fatma Yılmaz')).toHaveCount(3);
  await press(page, dialog.getByRole('button', { name: 'Overdragen en opslaan' }));
  await told(page, 'Maarten Jansen is gedeactiveerd');
  await expect(page.getByText('Kan niet aanmelden, en krijgt geen werk.')).toBeVisible();
  expect(await list<Work>(admin, `/v1/employees/${id}/work`)).toEqual([]);
});

for (const language of ['nl', 'en'] as const) {
  const t = wordsIn(language);

  test(`een uitnodiging die niet aankwam, gaat opnieuw (${language})`, async ({ server, page, request }) => {
    await speak(request, 'avisser', language);
    const admin = await access(request, 'avisser');
    const data = { username: 'nwillems', name: 'Noor Willems', email: 'noor@voorbeeldstad.example' };
    const answer = await request.post('/v1/employees', { headers: admin.headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    await server.mailTo(data.email);
    const before = server.mails().filter((mail) => mail.to.includes(data.email)).length;
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    await page.goto('/instellingen/medewerkers?q=noor');
    await expect(page.getByRole('row').filter({ hasText: data.name })).toContainText(t('words.employee_invited'));
    await page.getByRole('link', { name: data.name }).click();
    await expect(page.getByText(t('employees.explained_invited'))).toBeVisible();
    await judge(page, language, { typed: Object.values(data) });
    await page.getByRole('button', { name: t('employees.invite_again') }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await judge(page, language, { typed: Object.values(data) });
    await dialog.getByRole('button', { name: t('employees.invite_again') }).click();
    await told(page, t('employees.invited_again', { name: data.name }));
    await expect.poll(() => server.mails().filter((mail) => mail.to.includes(data.email)).length).toBe(before + 1);
    await test.step('weg, en weer terug', async () => {
      await page.getByRole('button', { name: t('employees.deactivate'), exact: true }).click();
      await dialog.getByRole('button', { name: t('employees.deactivate'), exact: true }).click();
      await told(page, t('employees.deactivated', { name: data.name }));
      await expect(page.getByText(t('employees.explained_deactivated'))).toBeVisible();
      await page.getByRole('button', { name: t('employees.reactivate'), exact: true }).click();
      await expect(dialog).toBeVisible();
      await judge(page, language, { typed: Object.values(data) });
      await dialog.getByRole('button', { name: t('employees.reactivate'), exact: true }).click();
      await told(page, t('employees.reactivated', { name: data.name, email: data.email }));
      await expect(page.getByText(t('employees.explained_invited'))).toBeVisible();
    });
    // Who works with a password of their own is not invited, and asks for another one themselves.
    await page.goto(`/instellingen/medewerkers/${await employee(admin, 'jdevries')}`);
    await expect(page.getByText(t('employees.explained_active'))).toBeVisible();
    await expect(page.getByRole('button', { name: t('employees.reactivate') })).toHaveCount(0);
  });
}

test('wat een collega intussen opsloeg, blijft staan na een nieuwe uitnodiging', async ({ page, request }) => {
  const t = wordsIn('nl');
  const { headers } = await access(request, 'avisser');
  const data = { username: 'nwillems', name: 'Noor Willems', email: 'noor@voorbeeldstad.example' };
  const made = await request.post('/v1/employees', { headers, data });
  expect(made.ok(), await made.text()).toBe(true);
  const { id, version } = (await made.json()) as { id: string; version: number };
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto(`/instellingen/medewerkers/${id}`);
  const email = page.getByLabel(t('employees.email'), { exact: true });
  await expect(email).toHaveValue(data.email);
  const changed = await request.put(`/v1/employees/${id}`, {
    headers: { ...headers, 'If-Match': `"${version}"` },
    data: { name: data.name, email: 'n.willems@voorbeeldstad.example', roles: [], groupIds: [], language: 'nl' },
  });
  expect(changed.ok(), await changed.text()).toBe(true);
  await page.getByRole('button', { name: t('employees.invite_again') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('employees.invite_again') }).click();
  await told(page, t('employees.invited_again', { name: data.name }));
  await expect(email).toHaveValue('n.willems@voorbeeldstad.example');
  await page.getByLabel(t('employees.name'), { exact: true }).fill('Noor de Wit');
  await page.getByRole('button', { name: t('common.save'), exact: true }).click();
  await told(page, t('employees.saved', { name: 'Noor de Wit' }));
  await page.reload();
  await expect(email).toHaveValue('n.willems@voorbeeldstad.example');
});
