import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import { writeStateFile } from '../../infra/local/state-file.ts';
import { eventLine, writeLines } from '../support/event-lines.ts';
import { guerdon, guerdonJson, programPath, temporaryFolder } from '../support/guerdon.ts';

type Bad = readonly [code: string, field: string | null, line: unknown];

const good = eventLine({ id: 'good', member: 'm-1', amountMinor: 100_000 });
const without = (field: string) =>
  Object.fromEntries(
    Object.entries({ ...good, id: `no-${field}` }).filter(([key]) => key !== field),
  );
const changed = (id: string, change: object) => ({ ...good, id, ...change });

const bad: readonly Bad[] = [
  ['MALFORMED_JSON', null, '{"id": "cut'],
  ['MALFORMED_JSON', null, '[1, 2]'],
  ['UNKNOWN_EVENT_TYPE', 'type', changed('type', { type: 'order.admired' })],
  ['FIELD_MISSING', 'member', without('member')],
  ['FIELD_MISSING', 'member', changed('empty-member', { member: '' })],
  ['FIELD_MISSING', 'id', without('id')],
  ['FIELD_MISSING', 'id', changed('', {})],
  ['INVALID_AMOUNT', 'amountMinor', changed('negative', { amountMinor: -1 })],
  ['INVALID_AMOUNT', 'amountMinor', changed('fraction', { amountMinor: 1.5 })],
  ['INVALID_AMOUNT', 'amountMinor', changed('unsafe', { amountMinor: 2 ** 53 })],
  ['INVALID_AMOUNT', 'amountMinor', changed('text', { amountMinor: '12.5' })],
  ['UNKNOWN_CURRENCY', 'currency', changed('currency', { currency: 'XXX' })],
  ['CURRENCY_NOT_IN_PROGRAM', 'currency', changed('chf', { currency: 'CHF' })],
  ['INVALID_DATE', 'occurredAt', changed('offset', { occurredAt: '2026-03-01T10:00:00' })],
  ['INVALID_DATE', 'occurredAt', changed('day', { occurredAt: '2026-02-30T10:00:00Z' })],
  ['EVENT_IN_FUTURE', 'occurredAt', changed('future', { occurredAt: '2026-03-04T10:00:00Z' })],
  ['UNKNOWN_FIELD', 'colour', changed('unknown', { colour: 'red' })],
  ['BODY_TOO_LARGE', null, changed('large', { data: { text: 'x'.repeat(256 * 1024) } })],
];

it('refuses each bad line with code, line and field, and books the rest', async () => {
  const folder = await temporaryFolder();
  const events = join(folder, 'events.jsonl');
  await writeLines(events, [good, ...bad.map(([, , line]) => line)]);
  const { status, stdout, stderr } = await guerdon(
    ...['run', '--program', programPath, '--events', events, '--as-of', '2026-03-02', '--json'],
  );
  const summary = JSON.parse(stdout) as RunSummary;
  expect(status).toBe(0);
  const told = stderr
    .split('\n')
    .filter((line) => line.startsWith('{"line"'))
    .map((line) => JSON.parse(line) as { line: number; code: string; field: string | null })
    .sort((left, right) => left.line - right.line)
    .map(({ line, code, field }) => [line, code, field]);
  expect(told).toEqual(bad.map(([code, field], index) => [index + 2, code, field]));
  expect(summary.events.accrued).toBe(1);
  expect(summary.ledger).toMatchObject({ entries: 1, liability: { PTS: '1000' } });
  const refused = Object.values(summary.events.refused).reduce((sum, count) => sum + count, 0);
  expect(refused).toBe(bad.length);
  expect(summary.events.received).toBe(bad.length + 1);
  expect(summary.deadLetters).toBe(0);
});

it('decides lines of one source and id in file order, whoever and whenever they name', async () => {
  const folder = await temporaryFolder();
  const events = join(folder, 'events.jsonl');
  const first = eventLine({ id: 'e-1', member: 'm-1' });
  const reordered = Object.fromEntries(Object.entries(first).reverse());
  await writeLines(events, [
    first,
    reordered,
    { ...first, amountMinor: 999_999 },
    { ...first, member: 'm-2' },
    { ...first, occurredAt: '2026-02-01T10:00:00Z' },
    eventLine({ id: 'e-2', member: 'm-1', currency: 'CHF' }),
    eventLine({ id: 'e-2', member: 'm-1' }),
    '',
  ]);
  const summary = await guerdonJson<RunSummary>(
    ...['run', '--program', programPath, '--events', events, '--as-of', '2026-03-02'],
  );
  expect(summary.events).toEqual({
    ...{ received: 7, accrued: 2, returned: 0, commands: 0, duplicate: 1, conflict: 3 },
    refused: { CURRENCY_NOT_IN_PROGRAM: 1 },
  });
  expect(summary.ledger.liability).toEqual({ PTS: '20' });
});

it('refuses bad redemptions, and repeats give the first result', async () => {
  const folder = await temporaryFolder();
  const events = join(folder, 'events.jsonl');
  const redeem = join(folder, 'redeem.jsonl');
  await writeLines(events, [good, { ...good, id: 'other', member: 'm-2' }]);
  const asked = {
    ...{ id: 'r-1', member: 'm-1', rewardId: 'gift-card-gbp', amountMinor: 500 },
    ...{ currency: 'GBP', country: 'GB', email: 'm-1@example.com' },
  };
  await writeLines(redeem, [
    asked,
    asked,
    { ...asked, amountMinor: 600 },
    { ...asked, member: 'm-2' },
    { ...asked, id: 'r-2', amountMinor: 50_000 },
    { ...asked, id: 'r-3', amountMinor: 499 },
    { ...asked, id: 'r-4', rewardId: 'yacht' },
    { ...asked, id: 'r-5', country: 'FR' },
    { ...asked, id: 'r-6', email: 'nobody' },
    { ...asked, id: 'r-7', colour: 'red' },
    { ...asked, id: 'r-8', amountMinor: -5 },
    { ...asked, id: '' },
    '{"id":',
  ]);
  const args = ['--program', programPath, '--events', events, '--redeem', redeem];
  const summary = await guerdonJson<RunSummary>('run', ...args, '--as-of', '2026-03-02');
  expect(summary.redemptions).toEqual({
    ...{ requested: 13, fulfilled: 1, released: 0, pending: 0, duplicate: 1 },
    refused: {
      ...{ IDEMPOTENCY_CONFLICT: 2, INSUFFICIENT_POINTS: 1, BELOW_MINIMUM: 1, UNKNOWN_REWARD: 1 },
      ...{ REWARD_NOT_IN_COUNTRY: 1, INVALID_EMAIL: 1, UNKNOWN_FIELD: 1, INVALID_AMOUNT: 1 },
      ...{ FIELD_MISSING: 1, MALFORMED_JSON: 1 },
    },
  });
  expect(summary.rewards).toEqual([
    { country: 'GB', currency: 'GBP', provider: 'tremendous', count: 1, amountMinor: '500' },
  ]);
  expect(summary.ledger.liability).toEqual({ PTS: '1500' });
});

it('ends with 2 and a sentence where the state is of another program, or no folder', async () => {
  const folder = await temporaryFolder();
  const events = join(folder, 'events.jsonl');
  await writeLines(events, [good]);
  const run = ['run', '--program', programPath, '--events', events, '--state'];
  writeStateFile(folder, { program: 'another', asOf: '2026-03-02T00:00:00Z' });
  const other = await guerdon(...run, folder);
  expect(other.status).toBe(2);
  expect(other.stderr).toContain('the ledger of the program another, not of online-retail');
  for (const args of [run, ['balances', '--state'], ['ledger', 'verify', '--state']]) {
    const { status, stderr } = await guerdon(...args, events);
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
  }
});

it('ends with 2 and a sentence on bad arguments and unreadable input', async () => {
  const folder = await temporaryFolder();
  const missing = await guerdon('run', '--program', programPath, '--events', join(folder, 'no'));
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain('cannot be read');
  const noProgram = await guerdon('run', '--program', join(folder, 'no'), '--events', programPath);
  expect(noProgram.status).toBe(2);
  for (const option of ['--program', '--events', '--redeem']) {
    const paths = { '--program': programPath, '--events': programPath, [option]: folder };
    const { status, stderr } = await guerdon('run', ...Object.entries(paths).flat());
    expect(status).toBe(2);
    expect(stderr).toBe(`${folder} cannot be read: it is no regular file.\n`);
  }
  expect((await guerdon('run')).status).toBe(2);
  expect((await guerdon('balances', '--state', join(folder, 'no'))).status).toBe(2);
  expect((await guerdon('frobnicate')).status).toBe(2);
});
