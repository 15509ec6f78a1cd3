// An account that locked: seen first, active again with one click, also with another address; and mail that does not arrive
// (S2, S3, S4).

import type { APIRequestContext, Page } from '@playwright/test';

import { access, accessFirst, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { press, tabTo, type } from '../support/keyboard.ts';
import { signIn, signInFirst, temporaryPassword, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

test.use({ smtp: true });

const OWN = 'kwast molen zeven blauw';
const JAN = 'jdevries@voorbeeldstad.example';

/** Eleven wrong passwords. */
async function lock(request: APIRequestContext, username: string): Promise<void> {
  for (let attempt = 0; attempt < 11; attempt++) {
    const data = { username: `${username}@voorbeeldstad`, password: `geraden wachtwoord ${attempt}` };
    expect((await request.post('/v1/sessions', { data })).status()).toBe(401);
  }
}

const lockedRow = (page: Page, name: string) =>
  page.locator('section', { has: page.locator('#locked-heading') }).getByRole('row').filter({ hasText: name });

for (const language of ['nl', 'en'] as const) {
  const t = wordsIn(language);

  test(`een geblokkeerd account staat vooraan en is met één klik weer actief (${language})`, async ({
    page,
    request,
    server,
  }) => {
    await speak(request, 'avisser', language);
    for (const username of ['jdevries', 'lpeeters']) await lock(request, username);
    await server.mailTo(JAN);
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    const notice = page.getByText(t('home.many_locked', { count: 2 }));
    await expect(notice).toBeVisible();
    await judge(page, language);
    await page.getByRole('link', { name: t('home.see_locked'), exact: true }).click();

    // The newest first, with since when and from where.
    const rows = page.getByRole('region', { name: t('employees.locked') }).getByRole('row');
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(1)).toContainText('Lotte Peeters');
    const jan = lockedRow(page, 'Jan de Vries');
    const since = new RegExp([t('common.just_now'), t('common.one_minute_ago')].join('|'));
    for (const text of ['jdevries', JAN, since, '127.0.0.1', t('employees.from_there', { count: 2 })]) {
      await expect(jan).toContainText(text);
    }
    await judge(page, language);
    await jan.getByRole('button', { name: t('employees.reactivate_name', { name: 'Jan de Vries' }) }).click();
    await told(page, t('employees.reactivated', { name: 'Jan de Vries', email: JAN }));
    await expect(jan).toContainText(t('employees.active_again'));
    await expect(jan.getByText(t('employees.active_again'))).toBeFocused();
    const state = page.getByRole('row').filter({ hasText: 'Jan de Vries' }).last();
    await expect(state).toContainText(t('words.employee_active'));
    await judge(page, language);
    const admin = await access(request, 'avisser');
    const left = await list<{ username: string }>(admin, '/v1/locked-accounts');
    expect(left.map(({ username }) => username)).toEqual(['lpeeters']);

    const temporary = await temporaryPassword(server, JAN);
    await accessFirst(request, 'jdevries', temporary);
    await page.reload();
    await expect(rows).toHaveCount(2);
  });

  test(`wie zich liet blokkeren, komt met een nieuw adres weer binnen (${language})`, async ({ page, request, server }) => {
    await speak(request, 'avisser', language);
    await lock(request, 'jdevries');
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    await page.goto('/instellingen/medewerkers');
    await lockedRow(page, 'Jan de Vries').getByRole('link').click();
    await expect(page.getByText(t('employees.locked_notice'))).toBeVisible();
    await expect(page.locator('.aside')).toContainText('127.0.0.1');
    await judge(page, language);

    await press(page, page.getByRole('button', { name: t('employees.wrong_address') }));
    const dialog = page.getByRole('dialog', { name: t('employees.wrong_address') });
    await expect(dialog).toBeVisible();
    await judge(page, language);
    const submit = dialog.getByRole('button', { name: t('employees.reactivate'), exact: true });
    await type(page, dialog.getByLabel(t('employees.email')), 'jan.elders');
    await press(page, submit);
    await expect(dialog.getByLabel(t('employees.email'))).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.getByLabel(t('employees.email'))).toBeFocused();
    await judge(page, language);
    await type(page, dialog.getByLabel(t('employees.email')), 'jan@elders.example');
    await press(page, submit);
    await told(page, t('employees.reactivated', { name: 'Jan de Vries', email: 'jan@elders.example' }));
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText(t('employees.locked_notice'))).toHaveCount(0);
    await expect(page.getByLabel(t('employees.email'), { exact: true })).toHaveValue('jan@elders.example');
    await judge(page, language);

    const old = await server.mailTo(JAN, /gewijzigd/);
    expect(old.text).not.toContain('elders');
    await accessFirst(request, 'jdevries', await temporaryPassword(server, 'jan@elders.example'));
  });
}

test('van elf verkeerde wachtwoorden tot een eigen wachtwoord, met het toetsenbord', async ({
  page,
  request,
  server,
  otherPage,
}) => {
  const owner = await otherPage();
  await lock(request, 'jdevries');
  await signIn(page, 'kelamrani@voorbeeldstad');
  await press(page, page.getByRole('link', { name: 'Bekijken', exact: true }));
  const jan = lockedRow(page, 'Jan de Vries');
  await press(page, jan.getByRole('button', { name: 'Jan de Vries opnieuw activeren' }));
  await told(page, 'Jan de Vries is weer actief.');
  await expect(jan.getByText('Weer actief')).toBeFocused();
  await tabTo(page, jan.getByRole('link'), { back: true });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jan de Vries');
  await expect(page.getByText('Kan aanmelden en werken.')).toBeVisible();
  const temporary = await temporaryPassword(server, JAN);
  await signInFirst(owner, 'jdevries@voorbeeldstad', temporary, OWN);
  await server.mailTo(JAN, /Uw wachtwoord is gewijzigd/);
});

test('de helpdesk activeert, maar geeft niemand een ander adres', async ({ page, request }) => {
  await lock(request, 'jdevries');
  await signIn(page, 'kelamrani@voorbeeldstad');
  await page.goto('/instellingen/medewerkers?q=jdevries');
  await lockedRow(page, 'Jan de Vries').getByRole('link').click();
  const reactivate = page.getByRole('button', { name: 'Jan de Vries opnieuw activeren' });
  await expect(reactivate).toBeVisible();
  await expect(page.getByRole('button', { name: 'Adres klopt niet?' })).toHaveCount(0);
  await judge(page, 'nl');
  await reactivate.click();
  await told(page, JAN);
  await expect(page.getByText('Kan aanmelden en werken.')).toBeVisible();
  await expect(reactivate).toHaveCount(0);
});

test('wie geen accounts beheert, ziet niets van blokkeringen', async ({ page, request }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/locked-accounts')) asked.push(request.url());
  });
  await lock(request, 'jdevries');
  await signIn(page, 'sbakker@voorbeeldstad');
  await expect(page.getByText('U hebt geen', { exact: false }).or(page.getByRole('table')).first()).toBeVisible();
  await page.goto('/instellingen/medewerkers');
  await expect(page.getByRole('row').filter({ hasText: 'Jan de Vries' })).toContainText('Geblokkeerd');
  await expect(page.locator('#locked-heading')).toHaveCount(0);
  expect(asked, 'nobody asks who is locked').toEqual([]);
});

test('meer geblokkeerde accounts dan er op een bladzijde staan', async ({ page, request }) => {
  for (const username of ['jdevries', 'lpeeters']) await lock(request, username);
  await page.route('**/v1/locked-accounts*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), next: 'meer' } });
  });
  await signIn(page, 'avisser@voorbeeldstad');
  await expect(page.getByText('Meer dan 2 accounts zijn geblokkeerd.')).toBeVisible();
  await page.getByRole('link', { name: 'Bekijken', exact: true }).click();
  const count = page.locator('#locked-heading .count');
  await expect(count).toHaveText('2+');
  await lockedRow(page, 'Jan de Vries').getByRole('button', { name: 'Jan de Vries opnieuw activeren' }).click();
  await expect(count).toHaveText('1+');
});

for (const language of ['nl', 'en'] as const) {
  const t = wordsIn(language);

  test(`dat mail niet aankomt, staat bij het account (${language})`, async ({ page, request, server }) => {
    await speak(request, 'avisser', language);
    server.smtp?.refuse(JAN);
    const asked = await request.post('/v1/password-resets', { data: { username: 'jdevries@voorbeeldstad' } });
    expect(asked.status()).toBe(202);
    const admin = await access(request, 'avisser');
    const [jan] = await list<{ id: string }>(admin, '/v1/employees?q=jdevries');
    const undelivered = async () => {
      const answer = await request.get(`/v1/employees/${jan?.id}`, { headers: admin.headers });
      return ((await answer.json()) as { account: { undelivered?: { count: number } } }).account.undelivered?.count;
    };
    await expect.poll(undelivered, { timeout: 20_000 }).toBe(1);
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    await page.goto(`/instellingen/medewerkers/${jan?.id}`);
    const [said = '-'] = t('employees.undelivered_one', { at: '@' }).split('@');
    await expect(page.getByText(said)).toBeVisible();
    await judge(page, language);
  });
}
