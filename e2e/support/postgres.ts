// The PostgreSQL server of a test run, and what is in its databases.

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A database of one test. */
export class Database {
  private constructor(
    private readonly name: string,
    /** For DATABASE_URL. */
    readonly url: string,
  ) {}

  /** Makes one, with nothing in it, on the server of TEST_DATABASE_URL. */
  static async create(): Promise<Database> {
    const name = `werkbak_nodes_${randomUUID().replaceAll('-', '')}`;
    await psql(server(), `CREATE DATABASE ${name}`);
    const url = new URL(server());
    url.pathname = `/${name}`;
    return new Database(name, url.href);
  }

  /** The rows of a query. */
  async rows<T>(query: string): Promise<T[]> {
    return JSON.parse(await psql(this.url, `SELECT coalesce(json_agg(q), '[]') FROM (${query}) q`)) as T[];
  }

  /** Takes it away, whoever still uses it. */
  async drop(): Promise<void> {
    await psql(server(), `DROP DATABASE ${this.name} WITH (FORCE)`);
  }
}

function server(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set: run this with cargo xtask test --only nodes');
  return url;
}

async function psql(url: string, command: string): Promise<string> {
  const args = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
  const { stdout } = await run(process.env['PSQL'] ?? 'psql', [...args, `--command=${command}`, url], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
