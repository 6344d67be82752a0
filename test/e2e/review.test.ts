import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DecidedReview } from '../../infra/cli/review/decide.ts';
import type { WaitingReview } from '../../infra/cli/review/waiting.ts';
import { guerdon, guerdonJson, programPath, temporaryFolder } from '../support/guerdon.ts';

const order = {
  ...{ source: 'shop', type: 'order.placed', occurredAt: '2026-03-01T10:00:00+00:00' },
  ...{ amountMinor: '5000000', currency: 'GBP' },
};
/** Large, and the first of each member: the program wants a person to look. */
const wish = {
  ...{ rewardId: 'gift-card-gbp', amountMinor: '30000', currency: 'GBP', country: 'GB' },
};

it('lists what waits for a person, and lets it go or blocks it with all that follows', async () => {
  const folder = await temporaryFolder();
  const [state, events, redeem] = ['state', 'events.jsonl', 'redeem.jsonl'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const members = ['ann', 'ben'];
  const linesOf = (line: (member: string) => object) =>
    members.map((member) => JSON.stringify(line(member))).join('\n');
  await writeFile(
    events,
    linesOf((member) => ({ ...order, id: `o-${member}`, member })),
  );
  const email = 'member@example.com';
  await writeFile(
    redeem,
    linesOf((member) => ({ ...wish, id: `r-${member}`, member, email })),
  );
  const files = ['--program', programPath, '--events', events, '--redeem', redeem];
  await guerdonJson('run', ...files, '--state', state);

  const list = () => guerdonJson<WaitingReview[]>('review', 'list', '--state', state);
  const waiting = await list();
  expect(waiting.map(({ member }) => member).sort()).toEqual(members);
  expect(waiting[0]).toMatchObject({
    ...{ reward: 'Gift card (GBP)', amountMinor: '30000', points: '30000' },
    ...{ rules: ['first-and-large'], releasedBy: [] },
  });
  const [first, second] = waiting.map(({ redemption }) => redemption) as [string, string];
  const told = ['--reason', 'Looked at', '--actor', 'eve', '--state', state];
  const released = await guerdonJson<DecidedReview>('review', 'release', first, ...told);
  expect(released).toEqual({ redemption: first, status: 'delivered', needsSecondPerson: false });
  const blocked = await guerdonJson<DecidedReview>('review', 'block', second, ...told);
  expect(blocked).toMatchObject({ redemption: second, status: 'pointsReturned' });
  expect(await list()).toEqual([]);
  const changed = await guerdon('review', 'block', first, ...told);
  expect(changed).toMatchObject({ status: 1, stderr: expect.stringMatching(/^REVIEW_DECIDED: /m) });
  expect(await guerdon('review', 'block', 'nobody', ...told)).toMatchObject({ status: 2 });
}, 240_000);
