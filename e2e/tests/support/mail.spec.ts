import { expect, test } from '@playwright/test';

import { parseMail } from '../../support/mail.ts';

/** A message's characters as its bytes. */
const bytes = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8').toString('latin1');

test('a mail in two parts', () => {
  const mail = parseMail(
    bytes(`From: Werkbak <werkbak@example.nl>
To: =?utf-8?q?Ren=C3=A9?= =?utf-8?b?ZSBkZSBWcmllcw==?= <r.devries@example.nl>, "Jan, P." <jan@example.nl>
Subject: =?utf-8?Q?Taak_in_uw_werkbak_=E2=80=93?=
 =?utf-8?Q?_zaak_2026-000123?=
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="grens"

--grens
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Een heel lange =
regel over caf=C3=A9s =3D goed
--grens
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+Y2Fmw6k8L3A+
--grens--
`),
  );
  expect(mail.from).toBe('werkbak@example.nl');
  expect(mail.to).toEqual(['r.devries@example.nl', 'jan@example.nl']);
  expect(mail.headers.get('to')).toContain('Renée de Vries');
  expect(mail.subject).toBe('Taak in uw werkbak – zaak 2026-000123');
  expect(mail.text).toBe('Een heel lange regel over cafés = goed');
  expect(mail.html).toBe('<p>café</p>');
});

test('a mail of plain text', () => {
  const mail = parseMail(bytes('To: a@example.nl\nSubject: Hallo\nContent-Transfer-Encoding: 8bit\n\nCafé\n'));
  expect(mail).toMatchObject({ to: ['a@example.nl'], subject: 'Hallo', text: 'Café\n', html: '' });
});
