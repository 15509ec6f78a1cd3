// People go on working while one node or the other is killed: nothing that was acknowledged is lost, nothing is done
// twice, and every mail is sent.

import { setTimeout } from 'node:timers/promises';

import { type Cluster, expect, test } from '../support/cluster.ts';
import { mailId } from '../support/server.ts';
import { story } from '../support/story.ts';
import { type Acknowledged, Writer } from '../support/writer.ts';

// Each mail whose sender was killed waits for a quarter of a minute.
test.setTimeout(240_000);

test('het verhaal gaat door terwijl om de beurt een server wordt gedood', async ({ cluster, page, otherPage }) => {
  const direct = new Writer('Rechtstreeks', cluster.addresses);
  const writers = [new Writer('Via de proxy', [cluster.url]), direct];
  const written = Promise.all(writers.map((writer) => writer.run()));
  // Whoever waits for it hears of it; until then it is no loose end.
  written.catch(() => undefined);
  const before = async () => {
    // In the middle of a request, each time a little later in it.
    await direct.sending(cluster.victim);
    await setTimeout(2 * cluster.killed);
    await cluster.strike();
  };
  await story({ server: cluster, page, otherPage, before });
  for (const writer of writers) writer.stop();
  await written;
  await cluster.whole();

  const acknowledged = writers.flatMap((writer) => writer.acknowledged);
  await test.step('wat bevestigd is, is er precies één keer', () => everythingIsThereOnce(cluster, acknowledged));
  await test.step('elke mail is één keer in de rij gezet, en verstuurd', () => everyMailIsSent(cluster));
  console.log(`${cluster.killed} kills; ${acknowledged.length} acknowledged, ${direct.broken} asked again`);
  // Or nothing was tried.
  expect(cluster.killed).toBeGreaterThan(5);
  expect(direct.broken).toBeGreaterThan(5);
});

async function everythingIsThereOnce({ database }: Cluster, acknowledged: Acknowledged[]): Promise<void> {
  const found = await database.rows<Acknowledged>(
    `SELECT 'dossier' AS kind, name, id FROM dossiers WHERE name ~ '^(Via de proxy|Rechtstreeks) '
     UNION ALL SELECT 'task', title, id FROM tasks WHERE title ~ '^(Via de proxy|Rechtstreeks) '`,
  );
  const sorted = (all: Acknowledged[]) => all.map(({ kind, name, id }) => `${kind} ${name} ${id}`).sort();
  expect(sorted(found)).toEqual(sorted(acknowledged));
  // One event each: what is asked again leaves no second trace.
  const twice = await database.rows(
    `SELECT kind, object_id FROM events WHERE kind IN ('dossier.created', 'task.created')
     GROUP BY kind, object_id HAVING count(*) <> 1`,
  );
  expect(twice).toEqual([]);
}

async function everyMailIsSent({ database, smtp }: Cluster): Promise<void> {
  const unsent = () => database.rows(`SELECT id, kind, state, last_error FROM mails WHERE state <> 'sent'`);
  await expect.poll(unsent, { timeout: 60_000 }).toEqual([]);
  const twice = await database.rows(
    `SELECT event_id FROM mails GROUP BY event_id, kind, recipient_id, address HAVING count(*) > 1`,
  );
  expect(twice).toEqual([]);
  // As many mails about each of the writers' tasks as there are others in the team.
  const perTask = await database.rows<{ mails: number }>(
    `SELECT DISTINCT (SELECT count(*) FROM mails WHERE mails.event_id = events.id) AS mails FROM events
     JOIN tasks ON tasks.id = events.object_id WHERE events.kind = 'task.created' AND tasks.title ~ '^(Via|Recht)'`,
  );
  expect(perTask).toHaveLength(1);
  expect(perTask[0]?.mails).toBeGreaterThan(1);

  const mails = await database.rows<{ id: string; attempts: number }>('SELECT id, attempts FROM mails');
  const arrived = new Map<string, number>();
  for (const mail of smtp.mails()) arrived.set(mailId(mail), (arrived.get(mailId(mail)) ?? 0) + 1);
  expect([...arrived.keys()].sort()).toEqual(mails.map((mail) => mail.id).sort());
  // Twice only where its sender died before it could note that it had left.
  const again = mails.filter((mail) => (arrived.get(mail.id) ?? 0) > 1);
  expect(again.filter((mail) => (arrived.get(mail.id) ?? 0) > mail.attempts)).toEqual([]);
}
