// Where one is signed in, and what happens on screen when a session ends (S7).

import type { APIRequestContext, Locator, Page, Request } from '@playwright/test';

import { access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { DEMO_PASSWORD, fillIn, signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { wordsIn } from '../support/words.ts';

const JAN = 'jdevries@voorbeeldstad';
const t = wordsIn('nl');

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
const over = (page: Page): Locator => dialog(page, t('sign_in.expired_title'));
const taken = (page: Page): Locator => dialog(page, t('sign_in.taken_title'));

/** Every other session of somebody ends, as from another device. */
async function endElsewhere(request: APIRequestContext, username: string): Promise<void> {
  const { headers } = await access(request, username);
  const answer = await request.delete('/v1/me/sessions', { headers });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Signs in where one was; the username is there already. */
async function again(where: Locator): Promise<void> {
  await where.getByLabel(t('sign_in.password'), { exact: true }).fill(DEMO_PASSWORD);
  await where.getByRole('button', { name: t('sign_in.submit') }).click();
  await expect(where).toHaveCount(0);
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: t('shell.avatar', { name }) }).click();
  await page.getByRole('button', { name: t('shell.sign_out') }).click();
  await expect(page.getByRole('heading', { name: t('sign_in.title'), exact: true })).toBeVisible();
}

/** The browser's cookie is asked for a new access token. */
const isRefresh = (request: Request): boolean => request.url().endsWith('/v1/sessions/refresh');

for (const language of ['nl', 'en'] as const) {
  test(`waar men is aangemeld, en daar afmelden (${language})`, async ({ page, otherPage, request }) => {
    const words = wordsIn(language);
    await speak(request, 'jdevries', language);
    await endElsewhere(request, 'jdevries');
    await signIn(page, JAN, DEMO_PASSWORD, language);
    const other = await otherPage();
    await signIn(other, JAN, DEMO_PASSWORD, language);
    await page.goto('/voorkeuren');
    const section = page.getByRole('region', { name: words('preferences.sessions') });
    const rows = section.locator('tbody tr');
    // Here, there, and the API that arranged this.
    await expect(rows).toHaveCount(3);
    const device = words('preferences.device_is', { browser: 'Chrome', system: 'Linux' });
    await expect(rows.first()).toContainText(device);
    await expect(rows.first()).toContainText(words('preferences.this_device'));
    await expect(rows.first()).toContainText(words('common.just_now'));
    await expect(rows.first().getByRole('button')).toHaveCount(0);
    await judge(page, language);
    const end = section.getByRole('button', { name: words('preferences.end_on', { device }) });
    await expect(end).toHaveCount(1);
    await end.press('Enter');
    await told(page, words('preferences.ended_on', { device }));
    await expect(rows).toHaveCount(2);
    await expect(page.locator(':focus')).toHaveCount(1);

    await test.step('daar merkt men het, en meldt zich weer aan', async () => {
      await other.getByRole('link', { name: words('shell.dossiers') }).first().click();
      const asked = dialog(other, words('sign_in.expired_title'));
      await expect(asked).toBeVisible();
      await judge(other, language);
      await asked.getByLabel(words('sign_in.password'), { exact: true }).fill(DEMO_PASSWORD);
      await asked.getByRole('button', { name: words('sign_in.submit') }).click();
      await expect(asked).toHaveCount(0);
      await told(other, words('sign_in.again'));
    });

    await test.step('overal elders', async () => {
      await section.getByRole('button', { name: words('preferences.end_others') }).press('Enter');
      const sure = dialog(page, words('preferences.end_others'));
      await expect(sure).toBeVisible();
      await judge(page, language);
      await sure.getByRole('button', { name: words('preferences.end_others') }).press('Enter');
      await told(page, words('preferences.others_ended', { count: 2 }));
      await expect(rows).toHaveCount(1);
      await expect(section).toContainText(words('preferences.nowhere_else'));
      await judge(page, language);
    });
  });
}

test('twee tabbladen verversen tegelijk en blijven aangemeld', async ({ page, context }) => {
  await signIn(page, JAN);
  const second = await context.newPage();
  await second.goto('/');
  for (let round = 0; round < 3; round++) {
    await Promise.all([page.reload(), second.reload()]);
    for (const tab of [page, second]) {
      await expect(tab.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: '' }));
    }
  }
});

test('een antwoord dat verloren gaat kost niemand de sessie', async ({ page }) => {
  await signIn(page, JAN);
  await page.route('**/v1/sessions/refresh', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.reload();
  await expect(page.getByText(t('common.unreachable'))).toBeVisible();
  await page.unroute('**/v1/sessions/refresh');
  await page.getByRole('button', { name: t('common.retry') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: '' }));
});

test('wie in het ene tabblad afmeldt, verliest in het andere niets', async ({ page, context }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkersgroepen/nieuw');
  await page.getByLabel(t('groups.name')).fill('Team Noord');
  const second = await context.newPage();
  await second.goto('/');
  await signOut(second, 'Anneke Visser');
  await page.getByRole('button', { name: t('common.save') }).click();
  await expect(over(page)).toContainText('beëindigd');
  await judge(page, 'nl', { typed: ['Team Noord'] });
  await again(over(page));
  await told(page, t('sign_in.again'));
  await expect(page.getByLabel(t('groups.name'))).toHaveValue('Team Noord');
  // The other tab belongs to the same person again, and goes on by itself.
  await page.getByRole('button', { name: t('common.save') }).click();
  await expect(page.getByRole('link', { name: 'Team Noord' })).toHaveCount(1);
});

test('beide tabbladen gaan verder als in een van beide weer is aangemeld', async ({ page, context, request }) => {
  await signIn(page, JAN);
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: '' }));
  await endElsewhere(request, 'jdevries');
  for (const tab of [page, second]) {
    await tab.getByRole('link', { name: t('shell.dossiers') }).first().click();
    await expect(over(tab)).toBeVisible();
  }
  await again(over(page));
  await second.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(over(second)).toHaveCount(0);
});

test('het scherm van de een doet niets in naam van de ander', async ({ page, context, request }) => {
  await signIn(page, JAN);
  const second = await context.newPage();
  await second.goto('/');
  await signOut(second, 'Jan de Vries');
  await fillIn(second, 'fyilmaz@voorbeeldstad', DEMO_PASSWORD);
  await expect(second.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: '' }));
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!isRefresh(request)) asked.push(request.headers()['authorization'] ?? '');
  });
  await page.getByRole('link', { name: t('shell.dossiers') }).first().click();
  await expect(taken(page)).toBeVisible();
  await judge(page, 'nl');
  await expect(page.locator('#avatar')).toHaveAttribute('aria-label', t('shell.avatar', { name: 'Jan de Vries' }));
  const whose = new Set(asked.filter((token) => token !== '').map((token) => payload(token).sub));
  expect(whose.size, 'only one person asked here').toBe(1);

  await test.step('zelf weer aanmelden', async () => {
    await again(taken(page));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('dossiers.title'));
  });

  await test.step('of verdergaan als de ander', async () => {
    await endElsewhere(request, 'fyilmaz');
    await second.getByRole('link', { name: t('shell.dossiers') }).first().click();
    await expect(taken(second)).toBeVisible();
    await taken(second).getByRole('button', { name: t('sign_in.taken_leave') }).click();
    await expect(second.getByRole('button', { name: t('shell.avatar', { name: 'Jan de Vries' }) })).toBeVisible();
    await expect(taken(second)).toHaveCount(0);
  });
});

function payload(authorization: string): { sub: string } {
  const part = authorization.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as { sub: string };
}

test('in een dialoog blijft staan wat is getypt, en er gebeurt niets twee keer', async ({ page, request }) => {
  await signIn(page, JAN);
  await page.getByRole('link', { name: /Parkeerkaart Hendriks/ }).click();
  await page.getByRole('button', { name: t('tasks.new') }).click();
  const form = dialog(page, t('tasks.new'));
  await form.getByLabel(t('tasks.task_title')).fill('Bellen met de huisarts');
  await form.getByRole('radio', { name: t('tasks.to_colleague') }).check();
  await endElsewhere(request, 'jdevries');
  await form.getByRole('combobox', { name: 'Collega' }).fill('Jan');
  await expect(over(page)).toBeVisible();
  await again(over(page));
  await expect(form.getByLabel(t('tasks.task_title'))).toHaveValue('Bellen met de huisarts');
  await form.getByRole('combobox', { name: 'Collega' }).fill('Jan de');
  await page.getByRole('option', { name: 'Jan de Vries' }).first().click();
  await endElsewhere(request, 'jdevries');
  const save = form.getByRole('button', { name: t('tasks.create') });
  await save.click();
  await expect(over(page)).toBeVisible();
  await again(over(page));
  await save.click();
  await expect(form).toHaveCount(0);
  const tasks = await list<{ title: string }>(await access(request, 'jdevries'), '/v1/tasks?limit=100');
  expect(tasks.filter(({ title }) => title === 'Bellen met de huisarts')).toHaveLength(1);
});

test('een gekozen bestand blijft gekozen', async ({ page, request }) => {
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/importeren');
  const lines = ['Gebruikersnaam;Naam;E-mailadres', 'rsmit;Rene Smit;rsmit@voorbeeldstad.example'];
  const file = { name: 'mensen.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) };
  await page.getByLabel(t('imports.choose'), { exact: true }).setInputFiles(file);
  const button = page.getByRole('button', { name: t('imports.bring_in'), exact: true });
  await expect(button).toBeVisible();
  await endElsewhere(request, 'avisser');
  await button.click();
  await expect(over(page)).toBeVisible();
  await again(over(page));
  await button.click();
  await told(page, t('imports.one_done'));
});

test('wie weer moet aanmelden, sluit dat niet weg, en er wordt intussen niets gevraagd', async ({ page, request }) => {
  await signIn(page, JAN);
  await endElsewhere(request, 'jdevries');
  await page.getByRole('link', { name: t('shell.dossiers') }).first().click();
  await expect(over(page)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: '' }));
  for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.press('Escape');
  await expect(over(page)).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!isRefresh(request)) asked.push(request.url());
  });
  const looked = page.waitForResponse((response) => isRefresh(response.request()));
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await looked;
  expect(asked).toEqual([]);
  await again(over(page));
  await expect(page.getByRole('region', { name: t('home.tasks') })).toBeVisible();
});

test('wie er nog is, blijft aangemeld', async ({ page }) => {
  await page.clock.install();
  await signIn(page, JAN);
  // Half an hour is as long as it may take; two minutes before, someone is asked.
  await page.clock.fastForward('28:30');
  const asked = dialog(page, t('sign_in.lapse_title'));
  await expect(asked).toBeVisible();
  await judge(page, 'nl');
  const heard = page.waitForRequest((request) => request.url().endsWith('/v1/me'));
  await asked.getByRole('button', { name: t('sign_in.lapse_stay') }).press('Enter');
  expect((await heard).headers()['werkbak-unattended']).toBeUndefined();
  await expect(asked).toHaveCount(0);
});

test('typen telt als gebruik', async ({ page }) => {
  await page.clock.install();
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/instellingen/medewerkersgroepen/nieuw');
  const name = page.getByLabel(t('groups.name'));
  await name.fill('Team');
  await page.clock.fastForward('06:00');
  const heard = page.waitForRequest((request) => request.url().endsWith('/v1/me'));
  await name.fill('Team Noord');
  expect((await heard).headers()['werkbak-unattended']).toBeUndefined();
});

test.describe('waar sessies kort zijn', () => {
  test.use({ settings: { WERKBAK_SESSION_IDLE: '10s' } });

  test('een werkbak die open blijft staan houdt niemand aangemeld', async ({ page }) => {
    await page.clock.install();
    await signIn(page, 'fyilmaz@voorbeeldstad');
    await page.getByRole('link', { name: /Medisch advies/ }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Medisch advies' })).toBeVisible();
    const attended: string[] = [];
    page.on('request', (request) => {
      if (request.headers()['werkbak-unattended'] !== 'true') attended.push(request.url());
    });
    await expect
      .poll(
        async () => {
          await page.clock.fastForward('00:30');
          return over(page).isVisible();
        },
        { timeout: 40_000, intervals: [500] },
      )
      .toBe(true);
    await expect(over(page)).toContainText('omdat u een tijd niets deed');
    await expect(dialog(page, t('sign_in.lapse_title'))).toHaveCount(0);
    expect(attended, 'nobody asked for anything').toEqual([]);
    await again(over(page));
    await expect(page.getByRole('heading', { level: 2, name: 'Medisch advies' })).toBeVisible();
  });
});
