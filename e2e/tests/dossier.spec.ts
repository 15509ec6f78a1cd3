// All that is about one dossier: messages, whom it concerns, changing it, putting it away, and who read it (D1, D6, D7, E2).

import { readFile } from 'node:fs/promises';

import type { APIRequestContext, Page } from '@playwright/test';

import { access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { choose, signIn, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { type Language, wordsIn } from '../support/words.ts';

interface Dossier {
  id: string;
  number: string;
  name: string;
}

/** A dossier that Jan manages. */
async function hendriks(request: APIRequestContext): Promise<Dossier> {
  const [dossier] = await list<Dossier>(await access(request, 'jdevries'), '/v1/dossiers?q=Hendriks');
  if (dossier === undefined) throw new Error('the demo office has lost a dossier');
  return dossier;
}

/** A dossier of somebody's own, without cases. */
async function make(request: APIRequestContext, username: string, name: string): Promise<Dossier> {
  const { headers } = await access(request, username);
  const answer = await request.post('/v1/dossiers', { headers, data: { name } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Dossier;
}

/** Denies a dossier of Jan's to a group. */
async function deny(request: APIRequestContext, { id }: Dossier, group: string): Promise<void> {
  const { headers } = await access(request, 'jdevries');
  const groups = await list<{ id: string; name: string }>({ request, headers }, '/v1/groups?limit=100');
  const before = await request.get(`/v1/dossiers/${id}`, { headers });
  const answer = await request.put(`/v1/dossiers/${id}/access-rules`, {
    headers: { ...headers, 'If-Match': before.headers()['etag'] ?? '' },
    data: { rules: [{ groupId: groups.find(({ name }) => name === group)?.id, effect: 'deny' }] },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Signs in and reads the app in a language. */
async function enter(page: Page, request: APIRequestContext, username: string, language: Language): Promise<void> {
  await signIn(page, `${username}@voorbeeldstad`);
  await speak(request, username, language);
}

for (const language of ['nl', 'en'] as const) {
  const t = wordsIn(language);

  test(`een bericht: wie het krijgt staat erboven, en de link in de mail opent het (${language})`, async ({ page, request, server }) => {
    const dossier = await hendriks(request);
    const text = 'Graag vandaag terugbellen.';
    await enter(page, request, 'fyilmaz', language);
    await page.goto(`/dossiers/${dossier.id}`);
    await page.getByRole('link', { name: t('messages.title'), exact: true }).click();
    const compose = page.getByRole('region', { name: t('messages.new') });
    await expect(compose).toContainText('jdevries@voorbeeldstad.example');
    await expect(compose.getByText(language === 'nl' ? /als dossierbeheerder/ : /as the manager/)).toBeVisible();
    await expect(page.getByText(t('messages.none'))).toBeVisible();
    await judge(page, language);
    await compose.getByRole('button', { name: t('messages.send') }).click();
    await expect(compose.getByRole('textbox', { name: t('messages.text') })).toHaveAttribute('aria-invalid', 'true');

    await compose.getByRole('textbox', { name: t('messages.text') }).fill(`${text}\n\nFatma`);
    await compose.getByRole('button', { name: t('messages.send') }).click();
    await told(page, t('messages.sent_to', { name: 'Jan de Vries' }));
    await expect(compose.getByRole('textbox', { name: t('messages.text') })).toHaveValue('');
    const row = page.getByRole('row', { name: /terugbellen/ });
    await expect(row).toContainText('Fatma Yılmaz');
    await expect(row).toContainText(t('words.recipient_manager'));
    await judge(page, language, { typed: [text] });

    const mail = await server.mailTo('jdevries@voorbeeldstad.example', new RegExp(dossier.number));
    expect(mail.text).not.toContain(text);
    const link = /\/dossiers\/\S+\?bericht=[0-9a-f-]+/.exec(mail.text)?.[0] ?? '';
    await page.goto(link);
    const opened = page.getByRole('region', { name: t('messages.message'), exact: true });
    await expect(opened.getByRole('heading', { name: t('messages.from', { name: 'Fatma Yılmaz' }) })).toBeFocused();
    await expect(opened).toContainText(text);
    await expect(opened).toContainText('jdevries@voorbeeldstad.example');
    await judge(page, language, { typed: [text, 'Fatma'] });
    await opened.getByRole('link', { name: t('messages.close') }).click();
    await expect(opened).toHaveCount(0);
    await expect(page).toHaveURL(/\?deel=berichten$/);
  });

  test(`betrokkenen: erbij, gewijzigd en eraf; wie er niet over gaat, leest alleen (${language})`, async ({ page, request, otherPage }) => {
    const dossier = await hendriks(request);
    const typed = ['Mevrouw Hendriks', 'Kees Hendriks', 'betrokkene', '06 12345678'];
    const theirs = await otherPage();
    await enter(page, request, 'jdevries', language);
    await page.goto(`/dossiers/${dossier.id}?deel=betrokkenen`);
    await expect(page.getByText(t('parties.none'))).toBeVisible();
    await judge(page, language);
    await page.getByRole('button', { name: t('parties.add') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('parties.name'), { exact: true }).fill('Mevrouw Hendriks');
    await dialog.getByLabel(t('parties.email'), { exact: true }).fill('geen adres');
    await dialog.getByRole('button', { name: t('common.save') }).click();
    await expect(dialog.getByLabel(t('parties.role'), { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.getByLabel(t('parties.email'), { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await judge(page, language, { typed });
    await dialog.getByLabel(t('parties.role'), { exact: true }).fill('betrokkene');
    await dialog.getByLabel(t('parties.email'), { exact: true }).fill('hendriks@voorbeeld.example');
    await dialog.getByRole('button', { name: t('common.save') }).click();
    await told(page, t('parties.saved', { name: 'Mevrouw Hendriks' }));
    await expect(page.getByRole('row', { name: /Mevrouw Hendriks/ })).toContainText('hendriks@voorbeeld.example');
    await judge(page, language, { typed });

    await page.getByRole('button', { name: t('parties.edit_of', { name: 'Mevrouw Hendriks' }) }).click();
    await dialog.getByLabel(t('parties.name'), { exact: true }).fill('Kees Hendriks');
    await dialog.getByLabel(t('parties.phone'), { exact: true }).fill('06 12345678');
    await dialog.getByRole('button', { name: t('common.save') }).click();
    await told(page, t('parties.saved', { name: 'Kees Hendriks' }));
    await expect(page.getByRole('row', { name: /Kees Hendriks/ })).toContainText('06 12345678');

    await signIn(theirs, 'fyilmaz@voorbeeldstad');
    await theirs.goto(`/dossiers/${dossier.id}?deel=betrokkenen`);
    await expect(theirs.getByRole('row', { name: /Kees Hendriks/ })).toBeVisible();
    await expect(theirs.getByRole('main').getByRole('button')).toHaveCount(0);

    await page.getByRole('button', { name: t('parties.remove_of', { name: 'Kees Hendriks' }) }).click();
    await judge(page, language, { typed });
    await dialog.getByRole('button', { name: t('parties.remove') }).click();
    await told(page, t('parties.removed', { name: 'Kees Hendriks' }));
    await expect(page.getByText(t('parties.none'))).toBeVisible();
    await expect(page.locator(':focus')).toHaveCount(1);
  });

  test(`een dossier archiveren, terugvinden en terugzetten, elk met een reden (${language})`, async ({ page, request }) => {
    const dossier = await make(request, 'jdevries', 'Gezin Mulder');
    await deny(request, dossier, 'Externe adviseurs');
    const typed = ['Gezin Mulder', 'Verhuisd'];
    await enter(page, request, 'jdevries', language);
    await page.goto(`/dossiers/${dossier.id}`);
    await expect(page.getByText(t('dossiers.no_cases'))).toBeVisible();
    await page.getByRole('button', { name: t('dossiers.archive'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: t('dossiers.archive'), exact: true }).click();
    await expect(dialog.getByLabel(t('cases.reason'))).toBeFocused();
    await judge(page, language, { typed });
    await dialog.getByLabel(t('cases.reason')).fill('Verhuisd');
    await dialog.getByRole('button', { name: t('dossiers.archive'), exact: true }).click();
    await told(page, t('dossiers.archived', { number: dossier.number }));
    await expect(page.getByText(t('dossiers.archived_notice'))).toBeVisible();
    await expect(page.getByRole('button', { name: t('dossiers.edit') })).toHaveCount(0);
    await expect(page.getByRole('link', { name: t('cases.new') })).toHaveCount(0);
    await expect(page.locator(':focus')).toHaveCount(1);
    for (const part of [t('messages.title'), t('parties.title'), t('rules.title'), t('reads.tab')]) {
      await page.getByRole('link', { name: part, exact: true }).click();
      await expect(page.getByRole('link', { name: part, exact: true })).toHaveAttribute('aria-current', 'page');
      await judge(page, language, { typed });
      await expect(page.getByRole('button', { name: t('common.save') })).toHaveCount(0);
      await expect(page.getByRole('button', { name: t('messages.send') })).toHaveCount(0);
    }

    await page.getByRole('link', { name: t('rules.title'), exact: true }).click();
    await expect(page.getByRole('row', { name: /Externe adviseurs/ })).toContainText(t('words.effect_deny'));

    await page.goto('/dossiers?q=Mulder');
    await expect(page.getByText(t('dossiers.none'))).toBeVisible();
    await page.getByLabel(t('dossiers.state')).selectOption('archived');
    await page.getByRole('link', { name: 'Gezin Mulder' }).click();
    await page.getByRole('button', { name: t('dossiers.restore'), exact: true }).click();
    await dialog.getByLabel(t('cases.reason')).fill('Verhuisd');
    await dialog.getByRole('button', { name: t('dossiers.restore'), exact: true }).click();
    await told(page, t('dossiers.restored', { number: dossier.number }));
    await expect(page.getByRole('button', { name: t('dossiers.edit') })).toBeVisible();
    await expect(page.getByRole('link', { name: t('cases.new') })).toBeVisible();
  });

  test(`bewerken laat zien wie er toegang bij krijgt of verliest (${language})`, async ({ page, request }) => {
    const dossier = await hendriks(request);
    await enter(page, request, 'jdevries', language);
    await page.goto(`/dossiers/${dossier.id}`);
    await page.getByRole('button', { name: t('dossiers.edit') }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('region', { name: t('consequences.title') })).toHaveCount(0);
    await dialog.getByRole('radio', { name: t('words.visibility_office') }).check();
    const panel = dialog.getByRole('region', { name: t('consequences.title') });
    await expect(panel).toContainText('Lotte Peeters');
    await expect(panel).toContainText('Sanne Bakker');
    await expect(panel).toContainText(t('consequences.dossier_gained'));
    await judge(page, language);
    await dialog.getByRole('button', { name: t('common.save') }).click();
    await told(page, t('dossiers.saved', { number: dossier.number }));
    await expect(page.getByText(t('words.visibility_office'))).toBeVisible();
    const seen = await list<Dossier>(await access(request, 'lpeeters'), '/v1/dossiers?limit=100');
    expect(seen.map(({ id }) => id)).toContain(dossier.id);
  });

  test(`alles over een dossier als bestand, en wie het las (${language})`, async ({ page, request }) => {
    const dossier = await hendriks(request);
    await enter(page, request, 'jdevries', language);
    await page.goto(`/dossiers/${dossier.id}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t('dossiers.export'), exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toContain(dossier.number);
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as { dossier: Dossier };
    expect(file.dossier.name).toBe(dossier.name);
    await page.getByRole('link', { name: t('reads.tab'), exact: true }).click();
    await expect(page.getByRole('row', { name: new RegExp(t('words.read_export')) })).toContainText('Jan de Vries');
    await judge(page, language);
  });
}

test('krijgt intussen een ander het bericht, dan blijft de tekst staan en staat die ander erboven', async ({ page, request }) => {
  const dossier = await hendriks(request);
  await signIn(page, 'fyilmaz@voorbeeldstad');
  await page.goto(`/dossiers/${dossier.id}?deel=berichten`);
  const compose = page.getByRole('region', { name: 'Nieuw bericht' });
  await expect(compose).toContainText('Jan de Vries');
  await compose.getByLabel('Uw bericht').fill('Graag terugbellen.');
  const { headers } = await access(request, 'jdevries');
  const staff = await list<{ id: string; name: string }>({ request, headers }, '/v1/employees?q=Maarten');
  const before = await request.get(`/v1/dossiers/${dossier.id}`, { headers });
  const answer = await request.put(`/v1/dossiers/${dossier.id}`, {
    headers: { ...headers, 'If-Match': before.headers()['etag'] ?? '' },
    data: { name: dossier.name, managerId: staff[0]?.id, visibility: 'restricted' },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await compose.getByRole('button', { name: 'Versturen' }).click();
  await expect(compose.getByText('Maarten Jansen krijgt dit bericht')).toBeVisible();
  await expect(compose.getByLabel('Uw bericht')).toHaveValue('Graag terugbellen.');
  await compose.getByRole('button', { name: 'Versturen' }).click();
  await told(page, 'Het bericht aan Maarten Jansen is verstuurd');
});

test('een dossier met een lopende zaak blijft in gebruik, en het scherm zegt waarom', async ({ page, request }) => {
  const dossier = await hendriks(request);
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.goto(`/dossiers/${dossier.id}`);
  await page.getByRole('button', { name: 'Archiveren' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reden').fill('Klaar');
  await dialog.getByRole('button', { name: 'Archiveren' }).click();
  await expect(dialog.getByText('Dit dossier heeft nog 1 open zaak. Sluit die eerst.')).toBeVisible();
});

test('de lijsten als bestand, gefilterd zoals op het scherm', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  const exported = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return readFile(await download.path(), 'utf8');
  };
  await page.goto('/dossiers?q=Hendriks');
  await expect(page.getByRole('link', { name: /Gezin Hendriks/ })).toBeVisible();
  const dossiers = await exported('Exporteren als CSV');
  expect(dossiers).toContain('Gezin Hendriks');
  expect(dossiers).not.toContain('Akkers');
  await page.goto('/zaken');
  // The file holds colleagues' cases, too, and the button says so.
  expect(await exported('Alle zaken exporteren als CSV')).toContain('Parkeerkaart Hendriks');
  await page.goto('/zaken?van=alle&q=bestaatniet');
  await expect(page.getByText('Geen zaken gevonden')).toBeVisible();
  expect(await exported('Exporteren als CSV')).not.toContain('Parkeerkaart');
});

test('een lokaal beheerder vindt een dossier dat hij niet ziet op zijn nummer', async ({ page, request }) => {
  const dossier = await hendriks(request);
  await signIn(page, 'avisser@voorbeeldstad');
  await page.goto('/dossiers');
  const search = page.getByLabel('Zoek op nummer of naam');
  await search.fill('bestaatniet');
  await expect(page.getByText('Geen dossiers gevonden')).toBeVisible();
  await search.fill(dossier.number);
  const link = page.getByRole('link', { name: `Dossier ${dossier.number}` });
  await expect(link).toContainText('alleen het nummer');
  await judge(page, 'nl');
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Dossier ${dossier.number}`);
  await expect(page.getByText('U hebt geen toegang tot de inhoud')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Toegang', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Berichten' })).toHaveCount(0);
});

test('een dossier dat een gewone medewerker niet mag zien, komt ook op nummer niet tevoorschijn', async ({ page, request }) => {
  const dossier = await hendriks(request);
  await signIn(page, 'lpeeters@voorbeeldstad');
  await page.goto('/dossiers');
  const answered = page.waitForResponse((response) => response.url().endsWith(`/dossiers/numbered/${dossier.number}`));
  await page.getByLabel('Zoek op nummer of naam').fill(dossier.number);
  expect((await answered).status()).toBe(404);
  await expect(page.getByText('Geen dossiers gevonden')).toBeVisible();
});

test('wie het beheer overdraagt, ziet eerst wie er toegang krijgt en verliest, ook zelf', async ({ page, request }) => {
  const dossier = await make(request, 'jdevries', 'Gezin Smit');
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.goto(`/dossiers/${dossier.id}`);
  await page.getByRole('button', { name: 'Bewerken' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog, 'Dossierbeheerder', 'Sanne Bakker');
  const panel = dialog.getByRole('region', { name: 'Gevolgen' });
  await expect(panel).toContainText('Sanne Bakker: 1 dossier erbij');
  await expect(panel).toContainText('Jan de Vries: 1 dossier minder');
  await dialog.getByRole('button', { name: 'Opslaan' }).click();
  // He passed it on and sees it no longer.
  await told(page, `Dossier ${dossier.number} is opgeslagen`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dossiers');
});
