import { test } from '../support/server.ts';
import { story } from '../support/story.ts';

test.use({ data: 'empty' });

test('een taak gaat van zaak naar werkbak naar collega, en niets raakt kwijt', async ({ server, page, otherPage }) => {
  await story({ server, page, otherPage });
});
