// Somebody who writes without end, and keeps count of what was acknowledged.

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { DEMO_PASSWORD } from './people.ts';

/** Something that was acknowledged: what it was called, and the id it got. */
export interface Acknowledged {
  kind: 'dossier' | 'task';
  name: string;
  id: string;
}

/** How long someone waits between two things, in milliseconds. */
const PAUSE = 60;
/** After how many milliseconds someone without patience hangs up, whether it is being done or not. */
const HASTE = 12;

/** Writes as a client does that knows several servers: what is not answered is asked again, of the next one. */
export class Writer {
  readonly acknowledged: Acknowledged[] = [];
  /** How often an answer did not come. */
  broken = 0;
  private stopped = false;
  private waiting: { server: string; told: () => void }[] = [];
  private token = '';

  constructor(
    private readonly name: string,
    private readonly servers: string[],
  ) {}

  /** Signs in as the demo office's coordinator, and finds a case of theirs and a team. */
  private async prepare(): Promise<{ caseId: string; groupId: string }> {
    const session = await this.ask('POST', '/sessions', { username: 'jdevries@voorbeeldstad', password: DEMO_PASSWORD });
    this.token = (session as { accessToken: string }).accessToken;
    const items = async (path: string) => ((await this.ask('GET', path)) as { items: { id: string; name: string }[] }).items;
    const [mine] = await items('/cases?mine=true&state=open');
    const team = (await items('/groups')).find((group) => group.name === 'Medisch advies');
    if (mine === undefined || team === undefined) throw new Error('the demo office is not what it was');
    return { caseId: mine.id, groupId: team.id };
  }

  /**
   * Writes until it is told to stop: mostly dossiers, and now and then a task, which a whole team is mailed about. Of every
   * four things it hangs up on the first server that it asks one.
   */
  async run(): Promise<void> {
    const { caseId, groupId } = await this.prepare();
    for (let number = 1; !this.stopped; number++) {
      const name = `${this.name} ${number}`;
      const kind = number % 8 === 0 ? 'task' : 'dossier';
      const [path, body] =
        kind === 'task'
          ? [`/cases/${caseId}/tasks`, { title: name, groupId }]
          : ['/dossiers', { name, visibility: 'restricted' }];
      const made = await this.ask('POST', path, body, number % 4 === 0);
      this.acknowledged.push({ kind, name, id: (made as { id: string }).id });
      await setTimeout(PAUSE);
    }
  }

  /** Waits until it sends something to a server. */
  sending(server: string): Promise<void> {
    return new Promise((told) => this.waiting.push({ server, told }));
  }

  /** Lets it finish what it is doing. */
  stop(): void {
    this.stopped = true;
  }

  /** One request, repeated with the same key until a server says that it did it. A refusal is no failure of a server. */
  private async ask(method: string, path: string, body?: unknown, hasty = false): Promise<unknown> {
    const key = randomUUID();
    for (let first = true; ; first = false) {
      const signal = first && hasty ? AbortSignal.timeout(HASTE) : undefined;
      const answer = await this.send(method, path, { key, body, signal }).catch(() => undefined);
      if (answer !== undefined && answer.status < 500) {
        if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
        return JSON.parse(answer.text);
      }
      this.broken++;
      this.servers.push(this.servers.shift() as string);
      await setTimeout(PAUSE);
    }
  }

  private async send(
    method: string,
    path: string,
    { key, body, signal }: { key: string; body: unknown; signal: AbortSignal | undefined },
  ): Promise<{ status: number; text: string }> {
    const server = this.servers[0] as string;
    const asked = fetch(`${server}/v1${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        ...(this.token === '' ? {} : { Authorization: `Bearer ${this.token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    for (const { told } of this.waiting.filter((waiting) => waiting.server === server)) told();
    this.waiting = this.waiting.filter((waiting) => waiting.server !== server);
    const answer = await asked;
    return { status: answer.status, text: await answer.text() };
  }
}
