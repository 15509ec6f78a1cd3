// Two nodes on one PostgreSQL behind the proxy of haproxy.cfg: `import { test, expect } from '../support/cluster.ts'`.

import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import { Database } from './postgres.ts';
import { Instance, Server, type Settings, test as base, command, end, temporaryFolder } from './server.ts';
import { MailServer } from './smtp.ts';

const CONFIGURATION = fileURLToPath(new URL('../../haproxy.cfg', import.meta.url));

/** An installation of two nodes. */
export class Cluster extends Server {
  // The mail that a killed node was sending is sent by the other one when its lease has run out.
  protected override readonly patience = 60_000;
  private readonly nodes: Instance[] = [];
  private restarting: Promise<void> = Promise.resolve();
  private said = '';
  private turn = 0;
  /** How often a node was killed. */
  killed = 0;

  private constructor(
    data: string,
    url: string,
    private readonly shared: Settings,
    override readonly smtp: MailServer,
    /** What they share. */
    readonly database: Database,
    private readonly proxy: ChildProcess,
  ) {
    super(data, url, shared, smtp);
  }

  /** Two nodes with the demo office, and the proxy; returns when all answer. */
  static async start(data: string): Promise<Cluster> {
    const [database, smtp] = [await Database.create(), await MailServer.start()];
    const [front, one, two] = (await freePorts(3)).map((port) => `127.0.0.1:${port}`) as [string, string, string];
    const url = `http://${front}`;
    const shared = { DATABASE_URL: database.url, WERKBAK_PUBLIC_URL: url, WERKBAK_TRUSTED_PROXIES: '127.0.0.1' };
    await command(data, ['migrate'], shared);
    await command(data, ['seed', 'demo'], shared);
    const proxy = spawn(process.env['HAPROXY'] ?? 'haproxy', ['-db', '-f', CONFIGURATION], {
      env: { PATH: process.env['PATH'], WERKBAK_FRONT: front, WERKBAK_ONE: one, WERKBAK_TWO: two },
      stdio: 'ignore',
    });
    const cluster = new Cluster(data, url, shared, smtp, database, proxy);
    try {
      await listening(proxy, front);
      // One after the other: the first one makes the secrets.
      for (const bind of [one, two]) cluster.nodes.push(await cluster.serve(bind));
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  private serve(bind: string): Promise<Instance> {
    return Instance.start(this.data, { ...this.shared, WERKBAK_BIND: bind }, this.smtp);
  }

  /** The addresses of the nodes themselves. */
  get addresses(): string[] {
    return this.nodes.map((node) => node.url);
  }

  override get log(): string {
    return this.said + this.nodes.map((node) => node.log).join('');
  }

  /** The address of the node whose turn it is to be killed. */
  get victim(): string {
    return this.addresses[this.turn % this.nodes.length] as string;
  }

  /** Kills the node whose turn it is, in the middle of whatever it does, and starts it again. The other one goes on. */
  async strike(): Promise<void> {
    await this.restarting;
    const turn = this.turn++ % this.nodes.length;
    const node = this.nodes[turn] as Instance;
    await node.stop();
    this.killed++;
    this.restarting = this.restart(turn, node);
  }

  private async restart(turn: number, old: Instance): Promise<void> {
    this.nodes[turn] = await this.serve(new URL(old.url).host);
    this.said += old.log;
  }

  /** Waits until both nodes are up. */
  async whole(): Promise<void> {
    await this.restarting;
  }

  override async stop(): Promise<void> {
    await this.restarting.catch(() => undefined);
    await Promise.all([end(this.proxy), ...this.nodes.map((node) => node.stop())]);
    this.smtp.stop();
    await this.database.drop();
  }
}

/** Ports that nobody listens on; all at once, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function listening(program: ChildProcess, address: string): Promise<void> {
  const { hostname, port } = new URL(`http://${address}`);
  const gone = new Promise<never>((_, reject) => {
    program.once('error', reject);
    program.once('exit', (code) => reject(new Error(`the proxy ended with ${code}`)));
  });
  gone.catch(() => undefined);
  const reached = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), hostname);
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  while (!(await Promise.race([reached(), gone])));
}

export const test = base.extend<{ cluster: Cluster }>({
  cluster: async ({}, use, testInfo) => {
    const data = await temporaryFolder();
    const cluster = await Cluster.start(data);
    await use(cluster);
    await cluster.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('nodes.log', { body: cluster.log, contentType: 'text/plain' });
    }
    await rm(data, { recursive: true });
  },

  server: async ({ cluster }, use) => use(cluster),
});

export { expect } from './server.ts';
