import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Verification } from '../../infra/cli/ledger/verify.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import { eventLine, writeLines } from '../support/event-lines.ts';
import { guerdonJson, programPath, temporaryFolder } from '../support/guerdon.ts';

const members = Array.from({ length: 50 }, (_, index) => `m-${index + 1}`);

it('delivers exactly fifty rewards while a fifth of the answers are lost', async () => {
  const folder = await temporaryFolder();
  const [events, redeem, state] = ['events', 'redeem', 'state'].map((name) => join(folder, name));
  if (!events || !redeem || !state) throw new Error('Three paths.');
  const orders = members.map((member) =>
    eventLine({ id: `o-${member}`, member, amountMinor: 60_000 }),
  );
  await writeLines(events, orders);
  await writeLines(
    redeem,
    members.map((member) => ({
      ...{ id: `r-${member}`, member, rewardId: 'gift-card-gbp', amountMinor: 500 },
      ...{ currency: 'GBP', country: 'GB', email: `${member}@example.com` },
    })),
  );
  const seed = '7';
  const summary = await guerdonJson<RunSummary>(
    ...['run', '--program', programPath, '--events', events, '--redeem', redeem, '--state', state],
    ...[
      '--as-of',
      '2026-03-02',
      '--faults',
      'lostAnswer=0.2,slow=0.1,duplicate=0.1',
      '--seed',
      seed,
    ],
  );
  expect(summary.redemptions, `seed ${seed}`).toEqual({
    ...{ requested: 50, fulfilled: 50, released: 0, pending: 0, duplicate: 0, refused: {} },
  });
  expect(summary.rewards).toEqual([
    { country: 'GB', currency: 'GBP', provider: 'tremendous', count: 50, amountMinor: '25000' },
  ]);
  expect(summary.deadLetters).toBe(0);
  expect(summary.ledger.balanced).toBe(true);
  expect(summary.ledger.liability).toEqual({ PTS: String(50 * 100) });
  const books = await readFile(join(state, 'provider-orders.jsonl'), 'utf8');
  const references = books.match(/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g);
  expect(new Set(references).size).toBe(50);
  const verified = await guerdonJson<Verification>('ledger', 'verify', '--state', state);
  expect(verified.mismatches).toEqual([]);
}, 300_000);

it('costs what the design says when nothing goes wrong', async () => {
  const folder = await temporaryFolder();
  const events = join(folder, 'events');
  const redeem = join(folder, 'redeem');
  await writeLines(events, [eventLine({ id: 'o-1', member: 'm-1', amountMinor: 60_000 })]);
  await writeLines(redeem, [
    {
      ...{ id: 'r-1', member: 'm-1', rewardId: 'gift-card-gbp', amountMinor: 500 },
      ...{ currency: 'GBP', country: 'GB', email: 'm-1@example.com' },
    },
  ]);
  const summary = await guerdonJson<RunSummary>(
    ...['run', '--program', programPath, '--events', events, '--redeem', redeem],
    ...['--as-of', '2026-03-02'],
  );
  expect(summary.redemptions).toMatchObject({ requested: 1, fulfilled: 1 });
  expect(summary.writeUnits).toMatchObject({
    earn: { mean: 4, max: 4 },
    redeemCaptured: { mean: 11, max: 11 },
  });
}, 120_000);
