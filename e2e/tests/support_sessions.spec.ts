// The platform's helpdesk goes to an office, helps there with accounts and groups, and leaves (P3).

import { type Page, expect } from '@playwright/test';

import { access, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { signIn, told } from '../support/people.ts';
import { HELPER, platform } from '../support/platform.ts';
import { test } from '../support/server.ts';
import { type Words, wordsIn } from '../support/words.ts';

const REASON = 'Melding 1234: Anneke is op vakantie';

const banner = (page: Page, t: Words) => page.getByRole('region', { name: t('support.running'), exact: true });

/** Opens a support session in the demo office, as a person does. */
async function visit(page: Page, t: Words): Promise<void> {
  await page.getByLabel(t('support.office_code')).fill('voorbeeldstad');
  await page.getByLabel(t('support.reason'), { exact: true }).fill(REASON);
  await page.getByRole('button', { name: t('support.submit'), exact: true }).click();
  await expect(banner(page, t)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('employees.title'));
  await expect(page.getByRole('row').filter({ hasText: 'Jan de Vries' })).toBeVisible();
}

for (const language of ['nl', 'en'] as const) {
  const t = wordsIn(language);

  test(`de helpdesk van het platform helpt een organisatie (${language})`, async ({ server, page, request }) => {
    await platform(server, request);
    await speak(request, HELPER, language);
    await speak(request, 'avisser', language);
    await signIn(page, HELPER, undefined, language);
    await page.goto('/instellingen/ondersteuning');
    const typed = [REASON, 'Stichting Steunpunt', 'Noor Willems'];

    await test.step('zonder organisatie en reden, en met een die er niet is', async () => {
      await page.getByRole('button', { name: t('support.submit'), exact: true }).click();
      const office = page.getByLabel(t('support.office_code'));
      await expect(office).toBeFocused();
      await expect(office).toHaveAttribute('aria-invalid', 'true');
      await judge(page, language, { typed });
      await office.fill('nergens');
      await page.getByLabel(t('support.reason'), { exact: true }).fill(REASON);
      await page.getByRole('button', { name: t('support.submit'), exact: true }).click();
      await expect(office).toHaveAccessibleDescription(/\p{L}/u);
      await expect(office).toBeFocused();
    });

    await test.step('daar is alleen wat de helpdesk mag', async () => {
      await visit(page, t);
      await expect(banner(page, t)).toContainText(t('support.helping', { office: 'Gemeente Voorbeeldstad' }));
      await expect(banner(page, t)).toContainText(REASON);
      await expect(banner(page, t)).toContainText(t('support.minutes_left', { count: 60 }));
      const main = page.getByRole('navigation', { name: t('shell.main_navigation') });
      await expect(main.getByRole('link')).toHaveCount(1);
      // Lists as a file are for the office's own: there is no button that is always refused.
      const exports = page.getByRole('button', { name: t('common.export_csv') });
      await expect(exports).toHaveCount(0);
      await judge(page, language, { typed });
      await page.getByRole('link', { name: 'Jan de Vries' }).click();
      await expect(page.getByText(t('employees.explained_active'))).toBeVisible();
      await expect(page.getByRole('link', { name: t('employees.part_access'), exact: true })).toHaveCount(0);
      await judge(page, language, { typed });
      await page.goto('/instellingen/medewerkersgroepen');
      await expect(page.getByRole('link', { name: 'Medisch advies' })).toBeVisible();
      await expect(exports).toHaveCount(0);
      // What is no part of helping leads to what is, and the banner is still there after coming back.
      await page.goto('/zaken');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('employees.title'));
      await expect(banner(page, t)).toBeVisible();
    });

    await test.step('beëindigen brengt terug', async () => {
      await banner(page, t).getByRole('button', { name: t('support.end') }).click();
      await told(page, t('support.ended'));
      await expect(banner(page, t)).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toContainText(t('home.title', { name: 'Noor' }));
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expect(page.getByText('Stichting Steunpunt')).toBeVisible();
    });
  });

  test(`een organisatie ziet wie er van het platform was (${language})`, async ({ server, page, request }) => {
    await speak(request, 'avisser', language);
    await signIn(page, 'avisser@voorbeeldstad', undefined, language);
    await page.goto('/instellingen/ondersteuning');
    await expect(page.getByText(t('support.none'))).toBeVisible();
    await judge(page, language);
    await platform(server, request);
    const { headers } = await access(request, HELPER);
    const data = { officeCode: 'voorbeeldstad', reason: REASON };
    const answer = await request.post('/v1/support-sessions', { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: REASON });
    await expect(row).toContainText('Noor Willems');
    await expect(row).toContainText(t('support.now'));
    await judge(page, language, { typed: [REASON, 'Stichting Steunpunt', 'Noor Willems'] });
  });
}

test('een ondersteuningssessie eindigt vanzelf, en het scherm volgt', async ({ server, page, request }) => {
  const t = wordsIn('nl');
  await platform(server, request);
  await page.clock.install();
  let token = '';
  page.on('request', (sent) => {
    token = sent.headers()['authorization'] ?? token;
  });
  await signIn(page, HELPER);
  await page.getByRole('link', { name: t('shell.settings') }).click();
  await page.getByRole('link', { name: t('support.title') }).click();
  await visit(page, t);
  await page.clock.fastForward('30:00');
  await expect(banner(page, t)).toContainText(t('support.minutes_left', { count: 30 }));
  // The server's clock does not go faster: it is told that the time is up.
  const ended = await request.delete('/v1/support-sessions/current', { headers: { Authorization: token } });
  expect(ended.status()).toBe(204);
  await page.clock.fastForward('30:30');
  await expect(banner(page, t)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Welkom');
  await expect(page.getByText('Stichting Steunpunt')).toBeVisible();
});
