import { expect, it } from 'vitest';
import { verifyLedger } from '../../../../../infra/cli/ledger/verify.ts';
import type { Entry, Leg } from '../../../../../shared/domain/ledger/entry.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { LedgerScan } from '../../../../../shared/ports/stores.ts';
import { balanceOf, lot, owner } from '../../../../support/points.ts';

const expiry = '2028-04-01';
const inLot = (amount: bigint): Leg => ({
  account: { kind: 'lot', member: owner.member, lot: lot(expiry) },
  unit: 'PTS',
  amount,
});
const issued = (amount: bigint): Leg => ({ account: { kind: 'issued' }, unit: 'PTS', amount });

function entryOf(hash: string, legs: readonly Leg[]): Entry {
  const at = instantOf(Date.UTC(2026, 2, 1));
  return {
    key: { at: 'event', program: owner.program, hash, part: '0' },
    ...{ kind: 'accrual', program: owner.program, member: owner.member, legs },
    ...{ occurredAt: at, postedAt: at, bodyHash: 'hash', explanation: { reason: 'EARNED' } },
  };
}

function scanOf(entries: readonly Entry[], points: bigint): LedgerScan {
  return {
    async *items() {
      for (const entry of entries) yield { entry };
    },
    async *balances() {
      yield { ...owner, balance: balanceOf({ [expiry]: points }) };
    },
  };
}

it('finds nothing where every entry balances and adds up', async () => {
  const entries = [entryOf('a', [inLot(5n), issued(-5n)]), entryOf('b', [inLot(2n), issued(-2n)])];
  expect(await verifyLedger(scanOf(entries, 7n))).toEqual({
    ...{ members: 1, entries: 2, mismatches: [], sumByUnit: { PTS: '0' } },
  });
});

it('names entries that do not balance, also where their errors cancel out', async () => {
  const entries = [entryOf('a', [inLot(5n), issued(-4n)]), entryOf('b', [inLot(2n), issued(-3n)])];
  const found = await verifyLedger(scanOf(entries, 7n));
  expect(found.sumByUnit).toEqual({ PTS: '0' });
  const wrong = { member: owner.member, unit: 'PTS', part: 'entry', balance: '0' };
  expect(found.mismatches).toEqual([
    { ...wrong, entries: '1', key: entries[0]?.key },
    { ...wrong, entries: '-1', key: entries[1]?.key },
  ]);
});

it('verifies points that wait for an event or a day as it does lots', async () => {
  const [eventually, later] = [undefined, lot(expiry)].map((vestOn) => (amount: bigint): Leg => {
    const account = { kind: 'pending', member: owner.member, ...(vestOn && { vestOn }) } as const;
    return { account, unit: 'PTS', amount };
  });
  if (!eventually || !later) throw new Error('There are two kinds.');
  const entries = [
    entryOf('a', [eventually(5n), later(3n), issued(-8n)]),
    entryOf('b', [eventually(-1n), inLot(1n)]),
  ];
  const scan = (pending: bigint, vesting: bigint): LedgerScan => ({
    ...scanOf(entries, 1n),
    async *balances() {
      const rest = { pending, vesting: new Map([[lot(expiry), vesting]]) };
      yield { ...owner, balance: balanceOf({ [expiry]: 1n }, rest) };
    },
  });
  expect((await verifyLedger(scan(4n, 3n))).mismatches).toEqual([]);
  const wrong = (await verifyLedger(scan(5n, 2n))).mismatches;
  const about = { member: owner.member, unit: 'PTS' };
  expect(wrong).toEqual([
    { ...about, part: 'vesting 280401', entries: '3', balance: '2' },
    { ...about, part: 'pending', entries: '4', balance: '5' },
  ]);
  const lost = (await verifyLedger(scanOf(entries, 1n))).mismatches;
  expect(lost.map(({ part, entries: expected }) => [part, expected])).toEqual([
    ['pending', '4'],
    ['vesting 280401', '3'],
  ]);
});

it('names entries whose exchanges are not what their legs say', async () => {
  const position: Leg = { account: { kind: 'fxPosition' }, unit: 'PTS', amount: -5n };
  const entries = [entryOf('a', [inLot(5n), position])];
  const found = await verifyLedger(scanOf(entries, 5n));
  const wrong = { member: owner.member, unit: 'PTS', part: 'fxPosition' };
  expect(found.mismatches).toEqual([
    { ...wrong, entries: '-5', balance: '0', key: entries[0]?.key },
  ]);
});
