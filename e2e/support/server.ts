// A Werkbak of its own for every test: `import { test, expect } from '../support/server.ts'`.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';

import { type Mail, readMails } from './mail.ts';
import { MailServer } from './smtp.ts';

const run = promisify(execFile);

/** Which data a test starts with: the demo office, or an installation without any office. */
export type Data = 'demo' | 'empty';

/** How an installation is set up besides: what its environment holds. */
export type Settings = Record<string, string>;

function binary(): string {
  const bin = process.env['WERKBAK_BIN'];
  if (bin === undefined) throw new Error('WERKBAK_BIN is not set: run the tests with cargo xtask e2e');
  return bin;
}

/** Nothing of the environment of whoever runs the tests reaches the server. */
function environment(data: string, settings: Settings = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    RUST_BACKTRACE: '1',
    DATABASE_URL: `sqlite:${data}/werkbak.db`,
    WERKBAK_BIND: '127.0.0.1:0',
    WERKBAK_DATA: data,
    WERKBAK_WEB_ROOT: process.env['WERKBAK_WEB_ROOT'] ?? fileURLToPath(new URL('../../web/dist', import.meta.url)),
    ...settings,
  };
}

/** Runs a `werkbak` command on some data, and returns what it prints. */
export async function command(data: string, args: string[], settings: Settings = {}): Promise<string> {
  const { stdout } = await run(binary(), args, { cwd: data, env: environment(data, settings) });
  return stdout;
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'werkbak-e2e-'));
}

/** An installation that runs, and what belongs to it. */
export abstract class Server {
  /** How long the mails that a test waits for may take, in milliseconds. */
  protected readonly patience: number = 10_000;

  protected constructor(
    /** The folder with its database, mails and secrets. */
    readonly data: string,
    /** Its address, such as `http://127.0.0.1:41234`. */
    readonly url: string,
    private readonly settings: Settings,
    /** The mail server that it sends through, if the test has one. */
    readonly smtp?: MailServer,
  ) {}

  /** What it wrote to its log so far. */
  abstract get log(): string;

  /** Ends it at once: its data goes with it, so there is nothing to finish. */
  abstract stop(): Promise<void>;

  /** Runs a `werkbak` command on the same data, and returns what it prints. */
  werkbak(...args: string[]): Promise<string> {
    return command(this.data, args, this.settings);
  }

  /** All mails sent so far, the oldest first. */
  mails(): Mail[] {
    return this.smtp?.mails() ?? readMails(path.join(this.data, 'mail'));
  }

  /** The newest mail to an address, once there is one (whose subject matches). */
  async mailTo(address: string, subject = /(?:)/): Promise<Mail> {
    const wanted = (mail: Mail) => mail.to.includes(address) && subject.test(mail.subject);
    const find = () => this.mails().findLast((mail) => wanted(mail) && this.noted(mail));
    await expect.poll(find, { message: `mail to ${address}`, timeout: this.patience }).toBeDefined();
    return find() as Mail;
  }

  /** Whether the server knows that the mail left: only then a password in it works. */
  private noted(mail: Mail): boolean {
    const id = mailId(mail);
    return this.log.split('\n').some((line) => line.includes('a mail was sent') && line.includes(id));
  }
}

/** Which mail of the outbox it is; the same when it was sent twice. */
export function mailId(mail: Mail): string {
  return /^<(.*)@/.exec(mail.headers.get('message-id') ?? '')?.[1] ?? '-';
}

/** One `werkbak serve`. */
export class Instance extends Server {
  private output = '';

  private constructor(
    private readonly process: ChildProcess,
    data: string,
    url: string,
    settings: Settings,
    smtp?: MailServer,
  ) {
    super(data, url, settings, smtp);
  }

  /** Starts a server on this data and waits until it listens. */
  static start(data: string, settings: Settings = {}, smtp?: MailServer): Promise<Instance> {
    const env = environment(data, smtp === undefined ? settings : { SMTP_URL: smtp.url, ...settings });
    const child = spawn(binary(), ['serve'], { cwd: data, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Promise((resolve, reject) => {
      let server: Instance | undefined;
      let said = '';
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        if (server !== undefined) {
          server.output = said;
          return;
        }
        const listening = /listening on (http:\/\/[^\s"]+)[^\n]*\n/.exec(said);
        if (listening?.[1] !== undefined) {
          server = new Instance(child, data, listening[1], settings, smtp);
          server.output = said;
          resolve(server);
        }
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.on('error', reject);
      child.on('exit', (code, signal) => reject(new Error(`werkbak serve ended (${code ?? signal}):\n${said}`)));
    });
  }

  override get log(): string {
    return this.output;
  }

  override async stop(): Promise<void> {
    await end(this.process);
  }
}

/** Kills a program, and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

interface PerTest {
  /** `test.use({ settings: { NAME: 'value' } })` for tests of an installation that is set up in another way. */
  settings: Settings;
  /** `test.use({ smtp: true })` for tests whose mails go over the wire, to a mail server of their own. */
  smtp: boolean;
  /** This test's server. Asking for `page` starts it too, and `page.goto('/')` goes there. */
  server: Server;
  /** The browser of somebody else: a page that shares nothing with `page`. */
  otherPage: () => Promise<Page>;
}

interface PerWorker {
  /** `test.use({ data: 'empty' })` for tests that start without any office. */
  data: Data;
  /** A prepared data folder, copied for each test, and what preparing it printed. */
  prepared: { folder: string; printed: string };
}

/** An error in a page is a failure, wherever the test was looking. A refused request is not: tests provoke those. */
function watch(context: BrowserContext, problems: string[]): void {
  context.on('weberror', (problem) => problems.push(problem.error().stack ?? String(problem.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(message.text());
    }
  });
}

export const test = base.extend<PerTest, PerWorker>({
  data: ['demo', { option: true, scope: 'worker' }],

  prepared: [
    async ({ data }, use) => {
      const folder = await temporaryFolder();
      let printed = await command(folder, ['migrate']);
      if (data === 'demo') printed += await command(folder, ['seed', 'demo']);
      await use({ folder, printed });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],

  settings: [{}, { option: true }],

  smtp: [false, { option: true }],

  server: async ({ prepared, settings, smtp }, use, testInfo) => {
    const data = await temporaryFolder();
    await cp(prepared.folder, data, { recursive: true });
    const mailServer = smtp ? await MailServer.start() : undefined;
    const server = await Instance.start(data, settings, mailServer);
    await use(server);
    await server.stop();
    mailServer?.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server.log', { body: server.log, contentType: 'text/plain' });
    }
    await rm(data, { recursive: true });
  },

  baseURL: async ({ server }, use) => use(server.url),

  context: async ({ context }, use) => {
    const problems: string[] = [];
    watch(context, problems);
    await use(context);
    expect(problems, 'errors in the page').toEqual([]);
  },

  otherPage: async ({ browser, contextOptions, baseURL, locale, timezoneId }, use) => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({
        ...contextOptions,
        ...(baseURL === undefined ? {} : { baseURL }),
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
      });
      contexts.push(context);
      watch(context, problems);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(problems, 'errors in the other page').toEqual([]);
  },
});

export { expect };
