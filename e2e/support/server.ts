// A Werkbak of its own for every test: `import { test, expect } from '../support/server.ts'`.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';

import { type Mail, readMails } from './mail.ts';

const run = promisify(execFile);

/** Which data a test starts with: the demo office, or an installation without any office. */
export type Data = 'demo' | 'empty';

/** Variables that set an installation up in another way. */
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

async function command(data: string, args: string[]): Promise<string> {
  const { stdout } = await run(binary(), args, { cwd: data, env: environment(data) });
  return stdout;
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'werkbak-e2e-'));
}

/** A running server and what belongs to it. */
export class Server {
  private output = '';

  private constructor(
    private readonly process: ChildProcess,
    /** The folder with its database, mails and secrets. */
    readonly data: string,
    /** Its address, such as `http://127.0.0.1:41234`. */
    readonly url: string,
  ) {}

  /** Starts a server on this data and waits until it listens. */
  static start(data: string, settings: Settings = {}): Promise<Server> {
    const env = environment(data, settings);
    const child = spawn(binary(), ['serve'], { cwd: data, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Promise((resolve, reject) => {
      let server: Server | undefined;
      let said = '';
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        if (server !== undefined) {
          server.output = said;
          return;
        }
        const listening = /listening on (http:\/\/[^\s"]+)[^\n]*\n/.exec(said);
        if (listening?.[1] !== undefined) {
          server = new Server(child, data, listening[1]);
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

  /** What it wrote to its log so far. */
  get log(): string {
    return this.output;
  }

  /** Runs a `werkbak` command on the same data, and returns what it prints. */
  werkbak(...args: string[]): Promise<string> {
    return command(this.data, args);
  }

  /** All mails sent so far, the oldest first. */
  mails(): Mail[] {
    return readMails(path.join(this.data, 'mail'));
  }

  /** The newest mail to an address, once there is one (whose subject matches). */
  async mailTo(address: string, subject = /(?:)/): Promise<Mail> {
    const find = () => this.mails().findLast((mail) => mail.to.includes(address) && subject.test(mail.subject));
    await expect.poll(find, { message: `mail to ${address}` }).toBeDefined();
    return find() as Mail;
  }

  /** Ends it at once: its data goes with it, so there is nothing to finish. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
  }
}

interface PerTest {
  /** `test.use({ settings: { … } })` for tests of an installation that is set up in another way. */
  settings: Settings;
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

  server: async ({ prepared, settings }, use, testInfo) => {
    const data = await temporaryFolder();
    await cp(prepared.folder, data, { recursive: true });
    const server = await Server.start(data, settings);
    await use(server);
    await server.stop();
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
