// Every page in each of its states (lists empty and filled, dialogs open, errors shown), in Dutch and in English: without a
// violation that axe finds, without a word of the other language or an id, and without sideways scrolling when enlarged.

import type { Locator, Page } from '@playwright/test';

import { access, list, speak } from '../support/api.ts';
import { judge } from '../support/judge.ts';
import { DEMO_PASSWORD, choose, temporaryPassword, told } from '../support/people.ts';
import { expect, test } from '../support/server.ts';
import { type Language, type Words, wordsIn } from '../support/words.ts';

const PARKING = /Parkeerkaart Hendriks/;

/** What the server says, which the app's own texts do not hold. */
const SAID = {
  nl: {
    wrongPassword: /Gebruikersnaam of wachtwoord klopt niet/,
    sameName: 'Er is al een medewerkersgroep met deze naam.',
    shielded: 'Geen toegang: het dossier is afgeschermd',
    throughGroup: 'Toegang: via groep Medisch advies.',
    unanswered: 'Beantwoord eerst de verplichte controlevragen',
  },
  en: {
    wrongPassword: /Username or password is wrong/,
    sameName: 'There is already an employee group with this name.',
    shielded: 'No access: the dossier is restricted',
    throughGroup: 'Access: through group Medisch advies.',
    unanswered: 'Answer the required checks first',
  },
};

/** Someone who goes through the app in a language, and judges each page. */
class Visitor {
  readonly t: Words;
  readonly said;
  /** Whether what this person visits can be read enlarged, too. */
  enlarged = true;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.t = wordsIn(language);
    this.said = SAID[language];
  }

  /** Signs in as somebody of the demo office, who reads this language. */
  static async enter(page: Page, username: string, language: Language): Promise<Visitor> {
    await speak(page.request, username, language);
    // A browser of one's own: what arranging left behind is not what this person starts with.
    await page.context().clearCookies();
    const visitor = new Visitor(page, language);
    await page.goto('/');
    await page.getByLabel('Gebruikersnaam').fill(`${username}@voorbeeldstad`);
    await page.getByLabel('Wachtwoord', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: 'Aanmelden' }).click();
    await expect(visitor.heading).toContainText(visitor.t('home.title', { name: '' }));
    return visitor;
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  judge(...typed: string[]): Promise<void> {
    return judge(this.page, this.language, { typed, enlarged: this.enlarged });
  }

  /** Opens a page, waits until it shows what it is about, and judges it. */
  async visit(address: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(address);
    await expect(this.heading).toContainText(heading);
    await this.judge();
  }

  button(key: string, about?: Record<string, string>): Locator {
    return this.page.getByRole('button', { name: this.t(key, about), exact: true });
  }

  link(key: string): Locator {
    return this.page.getByRole('link', { name: this.t(key), exact: true });
  }

  field(key: string, about?: Record<string, string>): Locator {
    return this.page.getByLabel(this.t(key, about), { exact: true });
  }

  /** Opens a dialog by its button and judges it. */
  async open(button: Locator): Promise<void> {
    await button.click();
    await expect(this.dialog).toBeVisible();
    await this.judge();
  }

  /** Sends a form and expects it back with this field wrong, which says why and has the keyboard. */
  async refused(button: Locator, field: Locator): Promise<void> {
    await button.click();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/\p{L}/u);
    await expect(field).toBeFocused();
    await this.judge();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toHaveCount(0);
  }
}

for (const language of ['nl', 'en'] as const) {
  test.describe(language === 'nl' ? 'in het Nederlands' : 'in het Engels', () => {
    test('aanmelden: leeg, met een fout, en zonder server', async ({ page }) => {
      const visitor = new Visitor(page, language);
      const { t, said } = visitor;
      await page.goto('/');
      await page.getByRole('button', { name: language === 'nl' ? 'Nederlands' : 'English' }).click();
      await expect(page.getByRole('heading', { name: t('sign_in.title'), exact: true })).toBeVisible();
      await visitor.judge();
      await visitor.field('sign_in.username').fill('niemand@voorbeeldstad');
      await visitor.field('sign_in.password').fill('niet het wachtwoord');
      await visitor.button('sign_in.submit').click();
      await expect(page.getByText(said.wrongPassword)).toBeVisible();
      await visitor.judge();
      await page.route('**/v1/**', (route) => route.abort());
      await page.reload();
      await expect(page.getByText(t('common.unreachable'))).toBeVisible();
      await visitor.judge();
    });

    test('een eigen wachtwoord kiezen', async ({ page, server, otherPage }) => {
      const admin = await access(page.request, 'avisser');
      const made = await page.request.post('/v1/employees', {
        headers: admin.headers,
        data: { username: 'nieuw', name: 'Noor Nieuw', email: 'nieuw@voorbeeldstad.example', language },
      });
      expect(made.ok(), await made.text()).toBe(true);
      const theirs = await otherPage();
      const visitor = new Visitor(theirs, language);
      await theirs.goto('/');
      await theirs.getByLabel('Gebruikersnaam').fill('nieuw@voorbeeldstad');
      const temporary = await temporaryPassword(server, 'nieuw@voorbeeldstad.example');
      await theirs.getByLabel('Wachtwoord', { exact: true }).fill(temporary);
      await theirs.getByRole('button', { name: 'Aanmelden' }).click();
      await expect(theirs.getByRole('heading', { name: visitor.t('sign_in.own_password') })).toBeVisible();
      await visitor.judge();
      await visitor.field('sign_in.new_password').fill('kwast molen zeven blauw');
      await visitor.field('sign_in.repeat_password').fill('kwast molen zeven groen');
      await visitor.refused(visitor.button('sign_in.save_password'), visitor.field('sign_in.repeat_password'));
    });

    test('wie ergens anders een nieuw wachtwoord koos, meldt zich opnieuw aan', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'jdevries', language);
      await visitor.link('shell.dossiers').click();
      await expect(visitor.heading).toHaveText(visitor.t('dossiers.title'));
      const { headers } = await access(page.request, 'jdevries');
      const changed = await page.request.put('/v1/me/password', {
        headers,
        data: { currentPassword: DEMO_PASSWORD, password: 'kwast molen zeven blauw' },
      });
      expect(changed.ok(), await changed.text()).toBe(true);
      await page.context().clearCookies();
      await visitor.link('shell.cases').click();
      await expect(visitor.dialog).toContainText(visitor.t('sign_in.expired_title'));
      await visitor.judge();
    });

    test('een medewerker zonder werk ziet lege lijsten', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'lpeeters', language);
      const { t } = visitor;
      await expect(page.getByText(t('home.no_cases'))).toBeVisible();
      await expect(page.getByText(t('home.no_tasks'))).toBeVisible();
      await visitor.judge();
      await visitor.visit('/werkbakken', t('trays.title'));
      await expect(page.getByText(t('trays.empty'))).toBeVisible();
      await visitor.judge();
      await visitor.visit('/zaken', t('cases.title'));
      await expect(page.getByText(t('cases.none'))).toBeVisible();
      await visitor.visit('/zaken/nieuw', t('cases.new'));
      await expect(page.getByText(t('cases.no_types'))).toBeVisible();
      await visitor.visit('/dossiers?q=bestaatniet', t('dossiers.title'));
      await expect(page.getByText(t('dossiers.none'))).toBeVisible();
      await visitor.judge('bestaatniet');
      await visitor.visit('/bestaat/niet', t('shell.not_found'));
    });

    test('wie geen beheerder is, bekijkt collega’s en groepen', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'lpeeters', language);
      const { t } = visitor;
      await visitor.link('shell.colleagues').click();
      await expect(page.getByText(t('settings.choose'))).toBeVisible();
      await visitor.judge();
      await page.getByRole('link', { name: 'Medisch advies' }).click();
      await expect(page.getByText('Oudste eerst.')).toBeVisible();
      await visitor.judge();
      await page.getByRole('link', { name: 'Externe adviseurs' }).click();
      await expect(page.getByText(t('groups.no_agreements'))).toBeVisible();
      await visitor.judge();
      await page.getByRole('link', { name: t('settings.employees'), exact: true }).click();
      await expect(page.getByRole('link', { name: 'Fatma Yılmaz' })).toBeVisible();
      await visitor.judge();
      await page.getByRole('link', { name: 'Fatma Yılmaz' }).click();
      await expect(visitor.heading).toHaveText('Fatma Yılmaz');
      await visitor.judge();
    });

    test('gevulde lijsten, het eigen menu en de voorkeuren', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'fyilmaz', language);
      const { t } = visitor;
      await expect(page.getByRole('link', { name: /Parkeerkaart Aydın/ })).toBeVisible();
      await visitor.judge();
      await visitor.button('shell.avatar', { name: 'Fatma Yılmaz' }).click();
      await expect(visitor.link('shell.preferences')).toBeVisible();
      await visitor.judge();
      await visitor.visit('/zaken', t('cases.title'));
      await visitor.visit('/zaken?van=alle&status=alle', t('cases.title'));
      await visitor.visit('/dossiers', t('dossiers.title'));
      await expect(page.getByRole('link', { name: /Gezin Hendriks/ })).toBeVisible();

      await visitor.visit('/voorkeuren', t('preferences.title'));
      // Before mails are switched off, one sees what the team agreed and who still gets them (T5).
      await visitor.field('preferences.tray_mails').uncheck();
      await expect(page.getByText(t('preferences.warning'))).toBeVisible();
      await expect(page.getByText(/Oudste eerst/)).toBeVisible();
      await visitor.judge();
      await visitor.field('sign_in.new_password').fill('kort');
      await visitor.field('sign_in.repeat_password').fill('kort');
      await visitor.field('sign_in.current_password').fill(DEMO_PASSWORD);
      await visitor.refused(visitor.button('sign_in.save_password'), visitor.field('sign_in.new_password'));
    });

    test('een werkbak, en een taak die niet voor mij is', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'fyilmaz', language);
      const { t, dialog } = visitor;
      await page.goto('/werkbakken');
      await page.getByRole('link', { name: 'Medisch advies' }).click();
      const title = 'Uitvoeren van medische keuring';
      await expect(visitor.button('tasks.claim_task', { title })).toBeVisible();
      await visitor.judge();
      await visitor.open(visitor.button('trays.not_for_me', { title }));
      await visitor.refused(dialog.getByRole('button', { name: t('tasks.forward') }), visitor.field('tasks.tray'));
      await dialog.getByRole('radio', { name: t('tasks.to_colleague') }).check();
      await visitor.refused(dialog.getByRole('button', { name: t('tasks.forward') }), visitor.field('tasks.colleague'));
      await dialog.getByLabel(t('tasks.colleague'), { exact: true }).fill('bestaatniet');
      await expect(page.getByRole('listbox')).toContainText(t('common.nothing_found'));
      await visitor.judge();
      await visitor.field('tasks.colleague').fill('a');
      await expect(page.getByRole('option', { name: 'Sanne Bakker' })).toBeVisible();
      await visitor.judge();
    });

    test('een taak: aangeboden, opgepakt, bewerkt, doorgestuurd en afgerond', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'fyilmaz', language);
      const { t, dialog } = visitor;
      const title = 'Medische gegevens opvragen bij huisarts';
      await page.goto('/werkbakken');
      await page.getByRole('link', { name: 'Medisch advies' }).click();
      await page.getByRole('link', { name: title }).click();
      await expect(visitor.heading).toHaveText(title);
      await visitor.judge();
      await visitor.button('tasks.claim_task', { title }).click();
      await told(page, t('tasks.claimed', { title }));
      await expect(visitor.button('tasks.complete')).toBeVisible();
      await visitor.judge();

      // She coordinates its case, so she may change it, too.
      await visitor.open(visitor.button('tasks.edit'));
      await visitor.field('tasks.task_title').fill('');
      await visitor.refused(dialog.getByRole('button', { name: t('common.save') }), visitor.field('tasks.task_title'));
      await visitor.close();
      await visitor.open(visitor.button('tasks.forward_button'));
      await visitor.close();

      await visitor.refused(visitor.button('tasks.complete'), visitor.field('tasks.result'));
      await visitor.field('tasks.result').fill('Ontvangen.');
      await visitor.button('tasks.complete').click();
      await told(page, t('tasks.completed', { title }));
      await expect(page.getByText('Ontvangen.')).toBeVisible();
      await visitor.judge('Ontvangen.');
    });

    test('een taak die naar een collega gaat, met een bericht', async ({ page, otherPage }) => {
      const visitor = await Visitor.enter(page, 'fyilmaz', language);
      const { t, dialog } = visitor;
      await page.goto('/werkbakken');
      await page.getByRole('link', { name: 'Medisch advies' }).click();
      const title = 'Medische gegevens opvragen bij huisarts';
      await visitor.button('trays.not_for_me', { title }).click();
      await dialog.getByRole('radio', { name: t('tasks.to_colleague') }).check();
      await choose(dialog, t('tasks.colleague'), 'Maarten Jansen');
      await visitor.field('tasks.note').fill('Kees Tol, graag morgen.');
      await dialog.getByRole('button', { name: t('tasks.forward') }).click();
      await told(page, t('tasks.forwarded', { title }));
      await visitor.judge('Kees Tol, graag morgen.');

      const theirs = await Visitor.enter(await otherPage(), 'mjansen', language);
      await theirs.page.getByRole('link', { name: title }).click();
      await expect(theirs.page.getByText('Kees Tol, graag morgen.')).toBeVisible();
      await theirs.judge('Kees Tol, graag morgen.');
    });

    test('dossiers: nieuw, bewerken, regels en waarom', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'jdevries', language);
      const { t, said, dialog } = visitor;
      await visitor.visit('/dossiers/nieuw', t('dossiers.new'));
      await visitor.refused(visitor.button('common.save'), visitor.field('dossiers.name'));

      await visitor.visit('/dossiers', t('dossiers.title'));
      await page.getByRole('link', { name: /Gezin Hendriks/ }).click();
      await expect(visitor.heading).toContainText('Gezin Hendriks');
      await expect(page.getByRole('link', { name: /Parkeerkaart Hendriks/ })).toBeVisible();
      await visitor.judge();
      await visitor.link('rules.title').click();
      await expect(page.getByRole('row', { name: /Medisch advies/ })).toBeVisible();
      await visitor.judge();
      const why = page.getByRole('region', { name: t('why.title') });
      await choose(why, t('why.employee'), 'Lotte Peeters');
      await expect(why.getByText(said.shielded)).toBeVisible();
      await visitor.judge();
      await choose(why, t('why.employee'), 'Maarten Jansen');
      await expect(why.getByText(said.throughGroup)).toBeVisible();
      await visitor.judge();

      const rules = page.getByRole('region', { name: t('rules.title'), exact: true });
      await rules.getByRole('radio', { name: t('rules.employee_option') }).check();
      await choose(rules, t('rules.employee_option'), 'Lotte Peeters');
      await visitor.button('rules.add').click();
      await expect(rules.getByText(t('rules.unsaved'))).toBeVisible();
      await visitor.judge();

      await visitor.open(visitor.button('dossiers.edit'));
      await visitor.field('dossiers.name').fill(' ');
      await visitor.refused(dialog.getByRole('button', { name: t('common.save') }), visitor.field('dossiers.name'));
    });

    test('een nieuwe zaak: leeg, onvolledig en bijna klaar', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'jdevries', language);
      const { t } = visitor;
      await visitor.visit('/zaken/nieuw', t('cases.new'));
      await visitor.refused(visitor.button('cases.open_case'), visitor.field('cases.dossier'));
      await choose(page, t('cases.dossier'), 'Gezin Hendriks');
      await choose(page, t('cases.case_type'), 'Gehandicaptenparkeerkaart');
      await expect(page.getByText(t('cases.term_is', { term: t('words.weeks', { count: 8 }) }))).toBeVisible();
      await visitor.refused(visitor.button('cases.open_case'), visitor.field('cases.case_title'));
    });

    test('een zaak: de vensters, en wat eraan ontbreekt', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'jdevries', language);
      const { t, dialog } = visitor;
      await page.getByRole('link', { name: PARKING }).click();
      await expect(page.getByRole('link', { name: 'Huisbezoek plannen' })).toBeVisible();
      await visitor.judge();
      const within = (key: string) => dialog.getByRole('button', { name: t(key), exact: true });

      await visitor.open(visitor.button('cases.edit'));
      await visitor.field('cases.case_title').fill('');
      await visitor.refused(within('common.save'), visitor.field('cases.case_title'));
      await visitor.close();

      await visitor.open(visitor.button('team.change_coordinator'));
      await visitor.refused(within('common.save'), visitor.field('team.new_coordinator'));
      await visitor.close();
      await visitor.refused(visitor.button('team.add'), visitor.field('team.add_label'));

      await visitor.open(visitor.button('tasks.new'));
      await visitor.refused(within('tasks.create'), dialog.getByLabel(t('tasks.task_title')));
      await dialog.getByLabel(t('tasks.task_title')).fill('Kaart printen');
      await visitor.refused(within('tasks.create'), visitor.field('tasks.tray'));
      await dialog.getByRole('radio', { name: t('tasks.to_colleague') }).check();
      await visitor.refused(within('tasks.create'), visitor.field('tasks.colleague'));
      await visitor.close();

      await visitor.open(visitor.button('cases.close'));
      await visitor.refused(within('cases.close'), visitor.field('cases.result'));
      await dialog.getByRole('radio', { name: t('cases.close_as_error') }).check();
      await visitor.refused(within('cases.close'), visitor.field('cases.error_note'));
      await visitor.close();
    });

    test('een stap: onbeantwoord, overgeslagen en heropend', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'jdevries', language);
      const { t, said, dialog } = visitor;
      await page.getByRole('link', { name: PARKING }).click();
      const step = page.locator('.step').first();
      await step.getByRole('button', { name: t('steps.close') }).click();
      await expect(step.getByText(said.unanswered)).toBeVisible();
      await visitor.judge();
      const within = (key: string) => dialog.getByRole('button', { name: t(key), exact: true });
      await visitor.open(step.getByRole('button', { name: t('steps.skip') }));
      await visitor.refused(within('steps.skip'), visitor.field('cases.reason'));
      await visitor.field('cases.reason').fill('Balie deed dat al.');
      await within('steps.skip').click();
      await expect(step.getByText(t('words.step_skipped'), { exact: true })).toBeVisible();
      await visitor.judge('Balie deed dat al.');
      await visitor.open(step.getByRole('button', { name: t('steps.reopen') }));
      await visitor.refused(within('steps.reopen'), visitor.field('cases.reason'));
      await visitor.field('cases.reason').fill('Toch nodig.');
      await within('steps.reopen').click();
      await expect(step.getByText(t('words.step_open'), { exact: true })).toBeVisible();
    });

    test('een afgesloten zaak, en haar heropenen', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'jdevries', language);
      const { t, dialog } = visitor;
      await page.getByRole('link', { name: PARKING }).click();
      await visitor.button('cases.close').click();
      await dialog.getByRole('radio', { name: t('cases.close_as_error') }).check();
      await visitor.field('cases.error_note').fill('Dubbel.');
      await dialog.getByRole('button', { name: t('cases.close') }).click();
      await expect(page.getByText(t('cases.closed_error_note', { note: 'Dubbel.' }))).toBeVisible();
      await visitor.judge('Dubbel.');
      await visitor.open(visitor.button('cases.reopen'));
      const reopen = dialog.getByRole('button', { name: t('cases.reopen'), exact: true });
      await visitor.refused(reopen, visitor.field('cases.reason'));
    });

    test('wie niet meewerkt, ziet de afgesloten stappen of alleen de gegevens', async ({ page, otherPage }) => {
      const coordinator = await access(page.request, 'jdevries');
      const cases = await list<{ id: string; title: string }>(coordinator, '/v1/cases');
      const id = cases.find(({ title }) => PARKING.test(title))?.id;
      const answer = await page.request.get(`/v1/cases/${id}`, { headers: coordinator.headers });
      const { steps } = (await answer.json()) as { steps: { id: string; version: number }[] };
      const skipped = await page.request.post(`/v1/cases/${id}/steps/${steps[0]?.id}/skip`, {
        headers: { ...coordinator.headers, 'If-Match': `"${steps[0]?.version}"` },
        data: { reason: 'Balie deed dat al.' },
      });
      expect(skipped.ok(), await skipped.text()).toBe(true);

      // Authorised for the type, through Vergunningen.
      const visitor = await Visitor.enter(await otherPage(), 'sbakker', language);
      await visitor.page.goto('/zaken?van=alle');
      await visitor.page.getByRole('link', { name: PARKING }).click();
      await expect(visitor.page.getByText(visitor.t('cases.only_closed_steps'))).toBeVisible();
      await visitor.judge();
      await visitor.open(visitor.button('steps.look_at', { name: 'Geregistreerd' }));
      await expect(visitor.dialog).toContainText('Balie deed dat al.');

      // Sees the dossier, but has nothing to do with the type.
      const admin = await Visitor.enter(await otherPage(), 'avisser', language);
      await admin.page.goto('/zaken?van=alle');
      await admin.page.getByRole('link', { name: /Straatfeest/ }).click();
      await expect(admin.page.getByText(admin.t('cases.only_header'))).toBeVisible();
      await admin.judge();
    });

    test('een beheerder: groepen en klantengroepen', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'avisser', language);
      const { t, said } = visitor;
      await visitor.visit('/instellingen/medewerkersgroepen', t('groups.title'));
      await visitor.field('groups.search').fill('bestaatniet');
      await expect(page.getByText(t('groups.none'))).toBeVisible();
      await visitor.judge();
      await visitor.link('groups.new').click();
      await visitor.refused(visitor.button('common.save'), visitor.field('groups.name'));
      // The same name again is saved, with a warning (G2).
      await visitor.field('groups.name').fill('zorgloket');
      await visitor.button('common.save').click();
      await expect(page.getByText(said.sameName).first()).toBeVisible();
      await expect(page.getByRole('heading', { level: 2, name: 'zorgloket' })).toBeVisible();
      await visitor.judge();
      await choose(page, t('groups.members'), 'Lotte Peeters');
      await visitor.field('groups.reminder').fill('vaak');
      await visitor.refused(visitor.button('common.save'), visitor.field('groups.reminder'));

      await visitor.visit('/instellingen/klantengroepen', t('client_groups.title'));
      await expect(page.getByText(t('client_groups.none'))).toBeVisible();
      await visitor.link('client_groups.new').click();
      await expect(page.getByRole('heading', { level: 2 })).toHaveText(t('client_groups.new'));
      await visitor.judge();
      await visitor.refused(visitor.button('common.save'), visitor.field('client_groups.name'));
      await visitor.field('client_groups.name').fill('Buurt Noord');
      await visitor.field('client_groups.email').fill('noord@voorbeeldstad.example');
      await visitor.button('common.save').click();
      await told(page, t('client_groups.saved', { name: 'Buurt Noord' }));
      await expect(page.getByRole('heading', { level: 2, name: 'Buurt Noord' })).toBeVisible();
      await visitor.judge();
      await visitor.field('client_groups.email').fill('geen adres');
      await visitor.refused(visitor.button('common.save'), visitor.field('client_groups.email'));
    });

    test('een beheerder: medewerkers en hun account', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'avisser', language);
      const { t } = visitor;
      await visitor.visit('/instellingen/medewerkers', t('employees.title'));
      await visitor.visit('/instellingen/medewerkers?q=bestaatniet', t('employees.title'));
      await expect(page.getByText(t('employees.none'))).toBeVisible();
      await visitor.judge('bestaatniet');
      await visitor.visit('/instellingen/medewerkers/nieuw', t('employees.new'));
      await visitor.refused(visitor.button('common.save'), visitor.field('employees.username'));

      await page.goto('/instellingen/medewerkers?q=karim');
      await visitor.button('employees.edit').click();
      await expect(visitor.field('employees.groups_field')).toBeVisible();
      await visitor.judge();
      await visitor.field('employees.email').fill('geen adres');
      await visitor.refused(visitor.button('common.save'), visitor.field('employees.email'));
      await visitor.open(visitor.button('employees.deactivate'));
    });

    test('een beheerder: wie vertrekt, draagt werk over', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'avisser', language);
      const { t, dialog } = visitor;
      await page.goto('/instellingen/medewerkers?q=maarten');
      await visitor.button('employees.edit').click();
      await visitor.button('employees.deactivate').click();
      await dialog.getByRole('button', { name: t('employees.deactivate') }).click();
      await expect(page.getByRole('heading', { name: t('hand_over.title') })).toBeVisible();
      await visitor.judge();
      // A case cannot do without a coordinator.
      const coordinator = dialog.getByRole('checkbox', { name: new RegExp(`^${t('words.work_coordinator')} Z`, 'u') });
      await visitor.refused(dialog.getByRole('button', { name: t('hand_over.submit') }), coordinator);
    });

    test('een beheerder: zaaktypen en het kantoor', async ({ page }) => {
      const visitor = await Visitor.enter(page, 'avisser', language);
      const { t } = visitor;
      await visitor.visit('/instellingen/zaaktypen', t('case_types.title'));
      await page.getByRole('link', { name: 'Evenementenvergunning aanvraag' }).click();
      await expect(page.getByRole('heading', { name: t('case_types.authorisations') })).toBeVisible();
      await expect(page.getByRole('button', { name: t('form.take_out', { name: 'Vergunningen' }) })).toBeVisible();
      await visitor.judge();
      await visitor.visit('/instellingen/kantoor', t('office.title'));
      // Below it are the contact's address, and the panel about the second factor.
      const email = visitor.field('office.email').first();
      await email.fill('geen adres');
      await visitor.refused(visitor.button('common.save').first(), email);
    });

    test('een beheerder ziet van een afgeschermd dossier alleen nummer, beheerder en regels', async ({ page }) => {
      const manager = await access(page.request, 'jdevries');
      const dossiers = await list<{ id: string; name: string }>(manager, '/v1/dossiers');
      const id = dossiers.find(({ name }) => name.startsWith('Gezin Hendriks'))?.id;
      const visitor = await Visitor.enter(page, 'avisser', language);
      const { t } = visitor;
      await visitor.visit(`/dossiers/${id}`, /2026-000001|\d{4}-000001/);
      await expect(page.getByText(t('dossiers.no_access'))).toBeVisible();
      await expect(page.getByText('Jan de Vries')).toBeVisible();
      await expect(page.getByRole('row', { name: /Medisch advies/ })).toBeVisible();
      await expect(page.getByText(/Hendriks/)).toHaveCount(0);
      await expect(page.getByRole('heading', { name: t('dossiers.cases') })).toHaveCount(0);
      await visitor.judge();
    });
  });
}
