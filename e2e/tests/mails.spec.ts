// Every mail about an account, as it comes from a mail server and as its reader sees it (S3, S4, S5).

import { access, accessFirst, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import type { Mail } from '../support/mail.ts';
import { expect, test } from '../support/server.ts';

test.use({ smtp: true });

const MAILS = {
  nl: {
    invitation: /^Uw account voor Werkbak/,
    changed: /^Uw wachtwoord is gewijzigd/,
    reset: /^Uw tijdelijke wachtwoord/,
    locked: /^Uw account is geblokkeerd/,
    active: /^Uw account is weer actief/,
    address: /^Uw e-mailadres is gewijzigd/,
  },
  en: {
    invitation: /^Your account for Werkbak/,
    changed: /^Your password was changed/,
    reset: /^Your temporary password/,
    locked: /^Your account is locked/,
    active: /^Your account is active again/,
    address: /^Your e-mail address was changed/,
  },
} as const;

const TO = 'noor@voorbeeldstad.example';
const PASSWORD = /\b[a-z]{4}(-[a-z]{4}){4}\b/;

for (const language of ['nl', 'en'] as const) {
  const subjects = MAILS[language];

  test(`elke e-mail over een account is te lezen, en het wachtwoord te kopiëren (${language})`, async ({
    page,
    request,
    server,
  }) => {
    await speak(request, 'avisser', language);
    const admin = await access(request, 'avisser');
    const seen = async (mail: Mail) => {
      await page.setContent(mail.html);
      await expect(page).toHaveTitle(mail.subject);
      await judge(page, language, { typed: ['Noor Willems', 'Gemeente Voorbeeldstad'], mail: true });
      const password = PASSWORD.exec(mail.text)?.[0];
      if (password !== undefined) {
        // One click takes all of it, and nothing else, to copy.
        await page.getByText(password, { exact: true }).click();
        expect(await page.evaluate(() => getSelection()?.toString())).toBe(password);
      }
      return password ?? '';
    };

    const data = { username: 'nwillems', name: 'Noor Willems', email: TO, language };
    const made = await request.post('/v1/employees', { headers: admin.headers, data });
    expect(made.ok(), await made.text()).toBe(true);
    const temporary = await seen(await server.mailTo(TO, subjects.invitation));
    await accessFirst(request, 'nwillems', temporary);
    await seen(await server.mailTo(TO, subjects.changed));

    const ask = async () => {
      const asked = await request.post('/v1/password-resets', { data: { username: 'nwillems@voorbeeldstad' } });
      expect(asked.status()).toBe(202);
    };
    await ask();
    await seen(await server.mailTo(TO, subjects.reset));

    for (let attempt = 0; attempt < 11; attempt++) {
      const guess = { username: 'nwillems@voorbeeldstad', password: `geraden wachtwoord ${attempt}` };
      expect((await request.post('/v1/sessions', { data: guess })).status()).toBe(401);
    }
    const locked = await server.mailTo(TO, subjects.locked);
    await seen(locked);
    await ask();
    await expect.poll(() => server.mails().filter((mail) => subjects.locked.test(mail.subject)).length).toBe(2);
    await seen(await server.mailTo(TO, subjects.locked));

    const [noor] = await list<{ id: string; version: number }>(admin, '/v1/employees?q=nwillems');
    const reactivated = await request.post(`/v1/employees/${noor?.id}/reactivation`, {
      headers: { ...admin.headers, 'If-Match': `"${noor?.version}"` },
      data: { email: 'noor@elders.example' },
    });
    expect(reactivated.ok(), await reactivated.text()).toBe(true);
    await seen(await server.mailTo(TO, subjects.address));
    const again = await seen(await server.mailTo('noor@elders.example', subjects.active));
    await accessFirst(request, 'nwillems', again);
  });
}
