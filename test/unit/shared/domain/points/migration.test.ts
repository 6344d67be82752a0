import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBalanced, type LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import { emptyBalance } from '../../../../../shared/domain/points/balance.ts';
import { migrationsDue } from '../../../../../shared/domain/points/migration.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { lot } from '../../../../support/points.ts';
import { createWorld } from '../../../../support/world.ts';
import { bentProgram, compiledProgram } from './bent-program.ts';
import { told } from './movements.ts';
import {
  balanceOf,
  migrationsIn,
  put,
  putProfile,
  putWaiting,
  sweep,
  totalOf,
  waitingOf,
} from './wallet-world.ts';

const money = { walletCurrency: 'member', wallets: ['EUR', 'BGN'] };
const parts = { timeZone: 'Europe/Sofia', money };

/** Minor units of euro for so many of leva, exactly: 1.95583 leva are a euro. */
function halfUpEuro(leva: bigint): bigint {
  const [numerator, denominator] = [leva * 100_000n, 195_583n];
  const doubled = 2n * numerator + denominator;
  const quotient = doubled / (2n * denominator);
  return doubled % (2n * denominator) < 0n ? quotient - 1n : quotient;
}

const days = ['2026-07-01', '2026-08-01', '2027-01-01', '2029-05-01'] as const;
const someMinor = fc.bigInt({ min: 1n, max: 10_000_000_00n });
const byDay = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...days), someMinor), { selector: ([day]) => day })
  .map((found) => new Map(found.map(([day, points]): [LotKey, bigint] => [lot(day), points])));
const wallet = fc.record({
  lots: byDay,
  vesting: byDay,
  debt: fc.oneof(fc.constant(0n), someMinor),
  waits: fc.array(someMinor, { maxLength: 4 }),
});

describe('a wallet in a retired currency', () => {
  it('moves whole into its successor: rounded once, balanced, nothing left', async () => {
    await fc.assert(
      fc.asyncProperty(wallet, async ({ waits, ...held }) => {
        const world = createWorld(bentProgram(parts));
        const pending = waits.reduce((sum, points) => sum + points, 0n);
        const old = { ...held, pending };
        put(world, 'ann', 'BGN', old);
        for (const [index, points] of waits.entries()) {
          putWaiting(world, 'ann', `e${index}`, [{ member: 'ann', points }]);
        }
        await sweep(world, 'ann');
        expect(totalOf(balanceOf(world, 'ann', 'BGN'))).toBe(0n);
        const euro = balanceOf(world, 'ann', 'EUR');
        expect(totalOf(euro)).toBe(halfUpEuro(totalOf(old)));
        const waiting = waitingOf(world, 'ann').flatMap((award) => award.parts);
        expect(waiting.reduce((sum, { points }) => sum + BigInt(points), 0n)).toBe(euro.pending);
        for (const [day, points] of euro.vesting) {
          const own = halfUpEuro(held.vesting.get(day) ?? 0n);
          expect([own - 1n, own, own + 1n]).toContain(points);
        }
        for (const entry of migrationsIn(world)) assertBalanced(entry.legs);
      }),
      { seed: 41, numRuns: 150 },
    );
  });

  it('migrates again where something comes late, and rounds that by itself', async () => {
    await fc.assert(
      fc.asyncProperty(someMinor, someMinor, async (first, late) => {
        const world = createWorld(bentProgram(parts));
        put(world, 'ann', 'BGN', { lots: new Map([[lot(days[2]), first]]) });
        await sweep(world, 'ann');
        await sweep(world, 'ann');
        const left = balanceOf(world, 'ann', 'BGN');
        put(world, 'ann', 'BGN', { ...left, lots: new Map([[lot(days[2]), late]]) });
        await sweep(world, 'ann');
        await sweep(world, 'ann');
        const euro = balanceOf(world, 'ann', 'EUR');
        expect(totalOf(euro)).toBe(halfUpEuro(first) + halfUpEuro(late));
        expect(migrationsIn(world)).toHaveLength(2);
        expect(totalOf(balanceOf(world, 'ann', 'BGN'))).toBe(0n);
      }),
      { seed: 42, numRuns: 30 },
    );
  });

  it('keeps the days of lots and of vesting, and tells how it was done', async () => {
    const world = createWorld(bentProgram(parts));
    put(world, 'ann', 'BGN', {
      lots: new Map([
        [lot(days[0]), 195_583n],
        [lot(days[2]), 1n],
      ]),
      vesting: new Map([[lot(days[1]), 391_166n]]),
    });
    await sweep(world, 'ann');
    const [entry] = migrationsIn(world);
    expect(told(entry?.legs ?? [])).toEqual([
      'lot 260701 -195583 BGN',
      'lot 270101 -1 BGN',
      'pending 260801 -391166 BGN',
      'fxPosition 586750 BGN',
      'fxPosition -300000 EUR',
      'rounding -1 EUR',
      'lot 260701 100000 EUR',
      'lot 270101 1 EUR',
      'pending 260801 200000 EUR',
    ]);
    expect(entry?.occurredAt).toBe(Date.parse('2025-12-31T22:00:00Z'));
    expect(entry?.explanation).toEqual({
      reason: 'CURRENCY_RETIRED',
      inputs: {
        ...{ from: 'BGN', to: 'EUR', amountMinor: '586750', gives: '300001' },
        ...{ rate: '100000/195583', rounding: 'halfUp' },
        law: 'Council Regulation (EU) 2025/1409',
      },
    });
    expect(entry?.exchanges).toEqual([
      {
        ...{ from: 'BGN', fromMinor: 586_750n, to: 'EUR', toMinor: 300_001n },
        ...{ wholeMinor: 300_000n, rounding: 'halfUp', asOf: '2026-01-01' },
        rate: { numerator: 100_000n, denominator: 195_583n },
        source: 'Council Regulation (EU) 2025/1409',
      },
    ]);
  });

  it('pays what is owed in the successor, and brings what was owed in it', async () => {
    const world = createWorld(bentProgram(parts));
    put(world, 'ann', 'BGN', { lots: new Map([[lot(days[2]), 195_583n]]) });
    put(world, 'ann', 'EUR', { debt: 30_000n });
    put(world, 'bob', 'BGN', { debt: 195_583n });
    put(world, 'bob', 'EUR', { lots: new Map([[lot(days[1]), 30_000n]]) });
    for (const member of ['ann', 'bob']) await sweep(world, member);
    expect(balanceOf(world, 'ann', 'EUR')).toMatchObject({ debt: 0n });
    expect(balanceOf(world, 'ann', 'EUR').lots.get(lot(days[2]))).toBe(70_000n);
    expect(balanceOf(world, 'bob', 'EUR')).toMatchObject({ debt: 70_000n });
    expect(balanceOf(world, 'bob', 'BGN').debt).toBe(0n);
  });

  it('owes no half of a minor unit: halves go up, which is the way of who owes', async () => {
    const wallets = ['RON', 'ROL'];
    const world = createWorld(bentProgram({ ...parts, money: { ...money, wallets } }));
    for (const [member, debt] of Object.entries({ ann: 50n, bob: 51n, carl: 150n })) {
      put(world, member, 'ROL', { debt });
      await sweep(world, member);
    }
    const owed = ['ann', 'bob', 'carl'].map((member) => balanceOf(world, member, 'RON').debt);
    expect(owed).toEqual([0n, 1n, 1n]);
  });

  it('takes along what waits for another member, and leaves theirs to who earned it', async () => {
    const world = createWorld(bentProgram(parts));
    const waits = [
      { member: 'ann', points: 101n },
      { member: 'bob', points: 99n },
    ];
    putWaiting(world, 'ann', 'e1', waits);
    put(world, 'ann', 'BGN', { pending: 101n });
    put(world, 'bob', 'BGN', { pending: 99n, lots: new Map([[lot(days[2]), 500n]]) });
    await sweep(world, 'bob');
    expect(balanceOf(world, 'bob', 'BGN')).toMatchObject({ pending: 99n });
    expect(totalOf(balanceOf(world, 'bob', 'EUR'))).toBe(halfUpEuro(500n));
    await sweep(world, 'ann');
    await sweep(world, 'bob');
    expect(totalOf(balanceOf(world, 'bob', 'BGN'))).toBe(0n);
    expect(totalOf(balanceOf(world, 'ann', 'BGN'))).toBe(0n);
    expect(balanceOf(world, 'ann', 'EUR').pending).toBe(halfUpEuro(101n));
    expect(balanceOf(world, 'bob', 'EUR').pending).toBe(halfUpEuro(200n) - halfUpEuro(101n));
    expect(waitingOf(world, 'ann')).toMatchObject([
      { unit: 'EUR', parts: [{ points: '52' }, { points: '50' }] },
    ]);
    expect(migrationsIn(world)).toHaveLength(2);
  });

  it('finds what waits for somebody who is another member by now', async () => {
    const world = createWorld(bentProgram(parts));
    putWaiting(world, 'ann', 'e1', [
      { member: 'ann', points: 100n },
      { member: 'bob', points: 100n },
    ]);
    put(world, 'ann', 'BGN', { pending: 100n });
    put(world, 'carl', 'BGN', { pending: 100n });
    putProfile(world, 'bob', { mergedInto: 'carl' });
    for (const member of ['carl', 'ann', 'carl']) await sweep(world, member);
    expect(balanceOf(world, 'ann', 'EUR').pending).toBe(51n);
    expect(balanceOf(world, 'carl', 'EUR').pending).toBe(halfUpEuro(200n) - 51n);
    expect(balanceOf(world, 'carl', 'BGN').pending).toBe(0n);
  });

  it('comes in several entries where more waits than a transaction holds', async () => {
    const world = createWorld(bentProgram(parts));
    for (let count = 0; count < 150; count += 1) {
      putWaiting(world, 'ann', `e${count}`, [{ member: 'ann', points: 10n }]);
    }
    put(world, 'ann', 'BGN', { pending: 1500n });
    await sweep(world, 'ann');
    expect(migrationsIn(world).length).toBe(3);
    expect(balanceOf(world, 'ann', 'BGN').pending).toBe(0n);
    expect(waitingOf(world, 'ann').every(({ unit }) => unit === 'EUR')).toBe(true);
  });

  it('carries the clock of inactivity and the last warning over', async () => {
    const expiry = [{ unit: 'EUR', kind: 'inactivity', months: 12 }];
    const world = createWorld(bentProgram({ ...parts, expiry }));
    const marks = { activeUntil: lot(days[2]), warnedThrough: lot('2025-12-01') };
    put(world, 'ann', 'BGN', { lots: new Map([[lot(days[3]), 100n]]), ...marks });
    await sweep(world, 'ann');
    expect(balanceOf(world, 'ann', 'EUR')).toMatchObject(marks);
  });

  it('stays as it is up to its last instant', () => {
    const compiled = compiledProgram(parts);
    const balances = new Map([['BGN', { ...emptyBalance, debt: 5n }]]);
    const snapshot = { member: 'ann', balances, records: new Map() };
    const at = Date.parse('2025-12-31T22:00:00Z');
    expect(migrationsDue({ compiled, snapshot, now: instantOf(at - 1) })).toEqual([]);
    expect(migrationsDue({ compiled, snapshot, now: instantOf(at) })).toMatchObject([{ at }]);
  });
});
