// The second factor: a code from an app besides the password; set up, asked for, lost and required (S2, S5).

import type { APIRequestContext, Locator, Page } from '@playwright/test';

import { access, speak } from '../support/api.ts';
import { Device, accessWith, giveDevice } from '../support/device.ts';
import { judge } from '../support/judge.ts';
import { open, press, tabTo, type } from '../support/keyboard.ts';
import { DEMO_PASSWORD, fillIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { type Language, type Words, wordsIn } from '../support/words.ts';

const SECRET = /^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/;
const RECOVERY_CODE = /^[a-z]{4}(-[a-z]{4}){4}$/;

const button = (scope: Page | Locator, name: string) => scope.getByRole('button', { name, exact: true });
const field = (scope: Page | Locator, name: string) => scope.getByLabel(name, { exact: true });
const home = (page: Page, t: Words) =>
  expect(page.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: '' }));

/** A browser that starts with nothing, in this language. */
async function arrive(page: Page, language: Language, username = ''): Promise<Words> {
  if (username !== '') await speak(page.request, username, language);
  await page.context().clearCookies();
  await page.goto('/');
  await button(page, language === 'nl' ? 'Nederlands' : 'English').click();
  return wordsIn(language);
}

/** Username and password, in whatever language the page is. */
async function credentials(page: Page, t: Words, username: string): Promise<void> {
  await field(page, t('sign_in.username')).fill(`${username}@voorbeeldstad`);
  await field(page, t('sign_in.password')).fill(DEMO_PASSWORD);
  await button(page, t('sign_in.submit')).click();
}

/** Goes through scanning and keeping, as far as the end. */
async function setUp(page: Page, t: Words, language: Language): Promise<Device> {
  await expect(page.getByRole('heading', { name: t('second_factor.scan') })).toBeFocused();
  await expect(page.getByRole('img', { name: t('second_factor.qr_code') })).toBeVisible();
  const secret = await page.getByText(SECRET).innerText();
  await judge(page, language, { typed: [secret] });
  const device = new Device(secret);
  const code = field(page, t('second_factor.shown_code'));
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await type(page, code, 'nee');
  await page.keyboard.press('Enter');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await expect(code).toBeFocused();
  await code.fill(device.code());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('second_factor.recovery_codes') })).toBeFocused();
  const codes = await page.getByText(RECOVERY_CODE).allInnerTexts();
  expect(codes.length).toBe(10);
  device.recoveryCodes = codes;
  await judge(page, language, { typed: codes });
  // Nobody goes on without saying that they are kept.
  await press(page, button(page, t('second_factor.finish')));
  await expect(page.getByText(t('second_factor.keep_first'))).toBeVisible();
  const download = page.waitForEvent('download');
  await button(page, t('second_factor.download')).click();
  expect((await download).suggestedFilename()).toBe(t('second_factor.file_name'));
  await press(page, field(page, t('second_factor.kept')), 'Space');
  await press(page, button(page, t('second_factor.finish')));
  return device;
}

for (const language of ['nl', 'en'] as const) {
  test(`instellen, en daarna aanmelden met een code of een herstelcode (${language})`, async ({ page }) => {
    const t = await arrive(page, language, 'jdevries');
    await credentials(page, t, 'jdevries');
    await home(page, t);
    await open(page, '/voorkeuren');
    await expect(page.getByText(t('second_factor.explained'))).toBeVisible();
    await judge(page, language);
    await press(page, page.getByRole('link', { name: t('second_factor.set_up') }));
    await expect(page.getByRole('heading', { level: 1, name: t('second_factor.set_up') })).toBeFocused();
    await press(page, button(page, t('second_factor.go_on')));
    await expect(page.getByText(t('form.blank'))).toBeVisible();
    await judge(page, language);
    await type(page, field(page, t('sign_in.current_password')), DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    const device = await setUp(page, t, language);
    await told(page, t('second_factor.switched_on'));
    await expect(page.getByText(t('second_factor.codes_left', { count: 10 }))).toBeVisible();
    await judge(page, language);

    await test.step('met de code', async () => {
      await arrive(page, language);
      await credentials(page, t, 'jdevries');
      const code = field(page, t('sign_in.code'));
      await expect(code).toBeFocused();
      await expect(page.getByRole('heading', { name: t('sign_in.code_title') })).toBeVisible();
      await judge(page, language);
      // A page that is opened anew goes on where it was.
      await page.reload();
      await expect(code).toBeVisible();
      await code.fill('000000');
      await code.press('Enter');
      await expect(code).toHaveAttribute('aria-invalid', 'true');
      await expect(code).toBeFocused();
      await code.fill(device.code());
      await code.press('Enter');
      await home(page, t);
    });

    await test.step('met een herstelcode', async () => {
      await arrive(page, language);
      await credentials(page, t, 'jdevries');
      await expect(field(page, t('sign_in.code'))).toBeFocused();
      await press(page, button(page, t('sign_in.use_recovery_code')));
      await expect(field(page, t('sign_in.recovery_code'))).toBeFocused();
      await judge(page, language);
      await page.keyboard.type(device.recoveryCode());
      await page.keyboard.press('Enter');
      await home(page, t);
    });

    await test.step('nieuwe herstelcodes, en weer uit', async () => {
      await open(page, '/voorkeuren');
      await expect(page.getByText(t('second_factor.codes_left', { count: 9 }))).toBeVisible();
      await press(page, button(page, t('second_factor.renew')));
      const dialog = page.getByRole('dialog');
      await field(dialog, t('second_factor.shown_code')).fill(device.recoveryCode());
      await judge(page, language, { enlarged: false });
      await button(dialog, t('second_factor.renew')).click();
      await expect(dialog.getByText(RECOVERY_CODE)).toHaveCount(10);
      const codes = await dialog.getByText(RECOVERY_CODE).allInnerTexts();
      await judge(page, language, { typed: codes });
      await press(page, field(dialog, t('second_factor.kept')), 'Space');
      await press(page, button(dialog, t('second_factor.finish')));
      await expect(page.getByText(t('second_factor.codes_left', { count: 10 }))).toBeVisible();
      await press(page, button(page, t('second_factor.switch_off')));
      await field(dialog, t('sign_in.current_password')).fill(DEMO_PASSWORD);
      await field(dialog, t('second_factor.shown_code')).fill(codes[0] ?? '');
      await judge(page, language, { typed: codes });
      await button(dialog, t('second_factor.switch_off')).click();
      await told(page, t('second_factor.switched_off'));
      await expect(page.getByRole('link', { name: t('second_factor.set_up') })).toBeVisible();
    });
  });

  test(`een sessie die verliep gaat verder met wachtwoord en code (${language})`, async ({ page, otherPage }) => {
    const t = await arrive(page, language, 'jdevries');
    const elsewhere = await otherPage();
    const device = await giveDevice(elsewhere.request, 'jdevries');
    await credentials(page, t, 'jdevries');
    await field(page, t('sign_in.code')).fill(device.code());
    await button(page, t('sign_in.submit')).click();
    await home(page, t);
    await page.goto('/dossiers/nieuw');
    const name = field(page, t('dossiers.name'));
    await name.fill('Gezin Bos');
    // Another password elsewhere ends this session.
    const { headers } = await accessWith(elsewhere.request, 'jdevries', device);
    const data = { currentPassword: DEMO_PASSWORD, password: 'kwast molen zeven blauw' };
    expect((await elsewhere.request.put('/v1/me/password', { headers, data })).ok()).toBe(true);
    await name.press('Enter');
    const dialog = page.getByRole('dialog');
    await field(dialog, t('sign_in.password')).fill('kwast molen zeven blauw');
    await button(dialog, t('sign_in.submit')).click();
    await expect(field(dialog, t('sign_in.code'))).toBeFocused();
    await judge(page, language, { typed: ['Gezin Bos'] });
    await press(page, button(dialog, t('sign_in.use_recovery_code')));
    await expect(field(dialog, t('sign_in.recovery_code'))).toBeFocused();
    await page.keyboard.type(device.recoveryCode());
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(name).toHaveValue('Gezin Bos');
  });

  test(`een kantoor vraagt het van een rol (${language})`, async ({ page, otherPage }) => {
    await speak(page.request, 'sbakker', language);
    const t = await arrive(page, language, 'avisser');
    await credentials(page, t, 'avisser');
    await home(page, t);
    await open(page, '/instellingen/kantoor');
    const panel = page.getByRole('region', { name: t('second_factor.title') });
    const superusers = panel.getByRole('checkbox', { name: t('words.role_superuser') });
    await expect(superusers).toHaveAccessibleDescription(t('second_factor.one_without'));
    await press(page, superusers, 'Space');
    await press(page, button(panel, t('common.save')));
    await told(page, t('second_factor.requirement_saved'));
    await judge(page, language);

    const theirs = await otherPage();
    await arrive(theirs, language);
    await credentials(theirs, t, 'sbakker');
    await expect(theirs.getByText(t('sign_in.set_up_text'))).toBeVisible();
    await setUp(theirs, t, language);
    await told(theirs, t('second_factor.switched_on'));
    await home(theirs, t);
    await theirs.goto('/voorkeuren');
    await expect(theirs.getByText(t('second_factor.required'))).toBeVisible();
    await expect(button(theirs, t('second_factor.switch_off'))).toHaveCount(0);
    await page.reload();
    await expect(superusers).toHaveAccessibleDescription(t('second_factor.all_have'));
  });

  test(`een telefoon is kwijt (${language})`, async ({ page, otherPage, server }) => {
    const theirs = await otherPage();
    await giveDevice(theirs.request, 'jdevries');
    const t = await arrive(page, language, 'avisser');
    await credentials(page, t, 'avisser');
    await home(page, t);
    const { headers } = await access(page.request, 'avisser');
    const found = await page.request.get('/v1/employees?q=jdevries', { headers });
    const { items } = (await found.json()) as { items: { id: string }[] };
    await open(page, `/instellingen/medewerkers/${items[0]?.id}`);
    await expect(button(page, t('second_factor.take_away'))).toBeVisible();
    await judge(page, language);
    await press(page, button(page, t('second_factor.take_away')));
    const dialog = page.getByRole('dialog');
    await press(page, button(dialog, t('second_factor.take_away')));
    await expect(field(dialog, t('employees.reason'))).toHaveAttribute('aria-invalid', 'true');
    await tabTo(page, button(dialog, t('common.cancel')));
    await field(dialog, t('employees.reason')).fill('Met pas aan de balie');
    await judge(page, language, { typed: ['Met pas aan de balie'] });
    await button(dialog, t('second_factor.take_away')).click();
    await told(page, t('second_factor.taken_away', { name: 'Jan de Vries' }));
    await expect(button(page, t('second_factor.take_away'))).toHaveCount(0);
    await server.mailTo('jdevries@voorbeeldstad.example', /tweede factor/);
    await theirs.goto('/');
    await fillIn(theirs, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
    await expect(theirs.getByRole('heading', { level: 1 })).toContainText('Welkom');
  });
}

test('te veel codes blokkeren het account, en het wachtwoord helpt dan niet meer', async ({ page }) => {
  await giveDevice(page.request, 'jdevries');
  await page.context().clearCookies();
  const t = wordsIn('nl');
  await page.goto('/');
  await fillIn(page, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
  const code = field(page, t('sign_in.code'));
  for (let wrong = 1; wrong <= 10; wrong++) {
    await code.fill(`00000${wrong % 10}`);
    await code.press('Enter');
    await expect(code).toHaveAttribute('aria-invalid', 'true');
    await code.fill('');
  }
  await code.fill('999999');
  await code.press('Enter');
  await expect(page.getByText(/Na meer dan tien mislukte/)).toBeVisible();
  await expect(page.getByRole('heading', { name: t('sign_in.title'), exact: true })).toBeVisible();
  await expect(field(page, t('sign_in.username'))).toBeFocused();
  await judge(page, 'nl');
  await page.reload();
  await fillIn(page, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
  await expect(page.getByText(/klopt niet/)).toBeVisible();
});

/** The office wants a second factor of its superusers. */
async function require(request: APIRequestContext): Promise<void> {
  const { headers } = await access(request, 'avisser');
  const before = (await (await request.get('/v1/office/second-factor', { headers })).json()) as { version: number };
  const answer = await request.put('/v1/office/second-factor', {
    headers: { ...headers, 'If-Match': `"${before.version}"` },
    data: { everyone: false, roles: ['superuser'] },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test.describe('wie niet verdergaat', () => {
  const t = wordsIn('nl');
  const form = (page: Page) => page.getByRole('heading', { name: t('sign_in.title'), exact: true });

  test('met instellen, is echt afgemeld', async ({ page, request }) => {
    await require(request);
    await page.goto('/');
    await fillIn(page, 'sbakker@voorbeeldstad', DEMO_PASSWORD);
    // The keyboard goes there once the secret has arrived.
    await expect(page.getByRole('heading', { name: t('second_factor.scan') })).toBeFocused();
    await press(page, button(page, t('sign_in.not_now')));
    await expect(form(page)).toBeFocused();
    await page.reload();
    await expect(form(page)).toBeVisible();
  });

  test('omdat instellen te lang duurde, leest waarom', async ({ page, request }) => {
    await require(request);
    await page.goto('/');
    await fillIn(page, 'sbakker@voorbeeldstad', DEMO_PASSWORD);
    const secret = await page.getByText(SECRET).innerText();
    // So many wrong passwords end every session.
    for (let attempt = 0; attempt < 11; attempt++) {
      const data = { username: 'sbakker@voorbeeldstad', password: `geraden wachtwoord ${attempt}` };
      expect((await request.post('/v1/sessions', { data })).status()).toBe(401);
    }
    await field(page, t('second_factor.shown_code')).fill(new Device(secret).code());
    await page.keyboard.press('Enter');
    await expect(form(page)).toBeVisible();
    await expect(page.getByRole('alert')).toHaveText(/\p{L}/u);
    await judge(page, 'nl');
  });

  test('met een code, is echt afgemeld', async ({ page, request }) => {
    await giveDevice(request, 'jdevries');
    await page.goto('/');
    await fillIn(page, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
    await expect(field(page, t('sign_in.code'))).toBeFocused();
    await press(page, button(page, t('sign_in.back')));
    await expect(field(page, t('sign_in.username'))).toBeFocused();
    await page.reload();
    await expect(form(page)).toBeVisible();
  });

  test('met een code, laat een ander tabblad met rust', async ({ page, context, request }) => {
    await giveDevice(request, 'jdevries');
    await page.goto('/');
    await fillIn(page, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
    await expect(field(page, t('sign_in.code'))).toBeFocused();
    const second = await context.newPage();
    await second.goto('/');
    await press(second, button(second, t('sign_in.back')));
    await fillIn(second, 'fyilmaz@voorbeeldstad', DEMO_PASSWORD);
    await home(second, t);
    const refreshed: string[] = [];
    page.on('request', (request) => refreshed.push(request.url()));
    await button(page, t('sign_in.back')).click();
    await expect(field(page, t('sign_in.username'))).toBeFocused();
    expect(refreshed.filter((url) => url.endsWith('/refresh'))).toEqual([]);
    await second.reload();
    await home(second, t);
  });
});

test('een code die goed was, hoeft na een storing niet nog eens', async ({ page, request }) => {
  const t = wordsIn('nl');
  const device = await giveDevice(request, 'jdevries');
  await page.goto('/');
  await fillIn(page, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
  await page.route('**/v1/me', (route) => route.abort());
  await field(page, t('sign_in.code')).fill(device.code());
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('common.unreachable'))).toBeVisible();
  await page.unroute('**/v1/me');
  await button(page, t('common.retry')).click();
  await home(page, t);

  await test.step('ook in een dialoog boven een dialoog', async () => {
    await page.getByRole('link', { name: /Parkeerkaart Hendriks/ }).click();
    await button(page, t('tasks.new')).click();
    const task = page.getByRole('dialog', { name: t('tasks.new') });
    await field(task, t('tasks.task_title')).fill('Bellen met de huisarts');
    const { headers } = await accessWith(request, 'jdevries', device);
    expect((await request.delete('/v1/me/sessions', { headers })).ok()).toBe(true);
    await task.getByRole('radio', { name: t('tasks.to_colleague') }).check();
    await task.getByRole('combobox', { name: 'Collega' }).fill('Jan');
    const over = page.getByRole('dialog', { name: t('sign_in.expired_title') });
    await field(over, t('sign_in.password')).fill(DEMO_PASSWORD);
    await button(over, t('sign_in.submit')).click();
    await expect(field(over, t('sign_in.code'))).toBeFocused();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.route('**/v1/me', (route) => route.abort());
    await button(over, t('sign_in.use_recovery_code')).click();
    await field(over, t('sign_in.recovery_code')).fill(device.recoveryCode());
    await page.keyboard.press('Enter');
    await expect(over.getByText(t('common.unreachable'))).toBeVisible();
    await page.unroute('**/v1/me');
    await button(over, t('sign_in.submit')).click();
    await expect(over).toHaveCount(0);
    await expect(field(task, t('tasks.task_title'))).toHaveValue('Bellen met de huisarts');
    expect(asked.filter((url) => url.endsWith('/sessions/second-factor'))).toHaveLength(1);
  });
});

test('wie in een ander tabblad verderging, begint de volgende keer bij het wachtwoord', async ({ page, context, request }) => {
  const t = wordsIn('nl');
  const device = await giveDevice(request, 'jdevries');
  await page.goto('/');
  await fillIn(page, 'jdevries@voorbeeldstad', DEMO_PASSWORD);
  await field(page, t('sign_in.code')).fill(device.code());
  await page.keyboard.press('Enter');
  await home(page, t);
  const second = await context.newPage();
  await second.goto('/');
  await home(second, t);
  const over = (tab: Page) => tab.getByRole('dialog', { name: t('sign_in.expired_title') });
  const lapse = async (link: string, tabs: Page[]) => {
    const { headers } = await accessWith(request, 'jdevries', device);
    expect((await request.delete('/v1/me/sessions', { headers })).ok()).toBe(true);
    for (const tab of tabs) {
      await tab.getByRole('link', { name: t(link) }).first().click();
      await expect(over(tab)).toBeVisible();
    }
  };
  await lapse('shell.dossiers', [page, second]);
  for (const tab of [page, second]) {
    await field(over(tab), t('sign_in.password')).fill(DEMO_PASSWORD);
    await button(over(tab), t('sign_in.submit')).click();
    await expect(field(over(tab), t('sign_in.code'))).toBeFocused();
  }
  await button(over(second), t('sign_in.use_recovery_code')).click();
  await field(over(second), t('sign_in.recovery_code')).fill(device.recoveryCode());
  await button(over(second), t('sign_in.submit')).click();
  await expect(over(second)).toHaveCount(0);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(over(page)).toHaveCount(0);
  await lapse('shell.cases', [page]);
  await expect(field(over(page), t('sign_in.password'))).toBeVisible();
  await expect(over(page).getByText(t('sign_in.code_text'))).toHaveCount(0);
});
