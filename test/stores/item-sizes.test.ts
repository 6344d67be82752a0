import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../shared/adapters/dynamodb/attributes.ts';
import { parseBalance } from '../../shared/adapters/dynamodb/balance-item.ts';
import { changeBalance } from '../../shared/adapters/dynamodb/balance-update.ts';
import {
  encodeEntry,
  encodeHold,
  parseEntryItem,
} from '../../shared/adapters/dynamodb/entry-item.ts';
import { encodeHistoryRow } from '../../shared/adapters/dynamodb/history-item.ts';
import { imageBytes } from '../../shared/adapters/dynamodb/item-size.ts';
import { Transaction } from '../../shared/adapters/dynamodb/transact.ts';
import { updated } from '../../shared/adapters/dynamodb/update-expression.ts';
import type { Entry } from '../../shared/domain/ledger/entry.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';
import {
  type BalanceShape,
  balanceBytes,
  type EntryShape,
  entryBytes,
  oneWriteUnitBytes,
} from '../../shared/domain/program/size.ts';
import type { Owner } from './planner.ts';
import { accrual, longest, usual, wideBalance, wideEntry, wideHold } from './wide-items.ts';

const none = async () => ({});

/** The item that a change makes where none was. */
async function imageOf(change: BalanceChange): Promise<Image> {
  let image: Image = {};
  const transaction = new Transaction({
    client: {
      ...{ get: none, batchGet: none, query: none, scan: none, put: none, batchWrite: none },
      async transact({ TransactItems: [action] = [] }) {
        if (action?.Update) image = updated(undefined, action.Update);
      },
    },
    tableName: 'table',
    metrics: { writeUnits: () => undefined },
    randomness: { next: () => 0 },
    sleeper: { sleep: async () => undefined },
  });
  changeBalance(transaction, 'balance', change);
  await transaction.commit({ add: () => undefined });
  return image;
}

function widths({ program, member, unit }: Owner) {
  return { program: program.length, member: member.length, unit: unit.length };
}

const plain: BalanceShape = {
  ...{ ...widths(usual), lots: 24, vestingDays: 0, period: 'month', marks: false, counters: 0 },
  ...{ valueCounters: 0, metricMonths: 0, averageMonths: 0, cooldowns: 0, level: 0 },
};

const sizeOf = async (shape: BalanceShape): Promise<number> =>
  imageBytes(await imageOf(wideBalance(usual, shape)));

describe('a balance', () => {
  it('of 24 lots, 12 counters, 26 months of metrics and a tier is one write unit', async () => {
    const shape = { ...plain, counters: 12, metricMonths: 26, level: 8 };
    expect(await sizeOf(shape)).toBeLessThanOrEqual(oneWriteUnitBytes);
    expect(balanceBytes(shape)).toBeLessThanOrEqual(oneWriteUnitBytes);
  });

  it('of 24 lots, 12 counters, 45 months of metrics and a tier is told to be more', async () => {
    const shape = { ...plain, counters: 12, metricMonths: 45, level: 8 };
    expect(await sizeOf(shape)).toBeGreaterThan(oneWriteUnitBytes);
    expect(balanceBytes(shape)).toBeGreaterThan(oneWriteUnitBytes);
  });

  it('of 36 lots that begin on any day, with a year of vesting, is one write unit', async () => {
    const shape = { ...plain, lots: 36, vestingDays: 12, period: 'day' as const, marks: true };
    expect(await sizeOf(shape)).toBeLessThanOrEqual(oneWriteUnitBytes);
  });

  it('is never larger than its shape says, nor much smaller', async () => {
    const count = fc.integer({ min: 0, max: 40 });
    const shapes = fc.record({
      ...{ lots: count, vestingDays: count, counters: count, metricMonths: count },
      ...{ cooldowns: count, level: fc.integer({ min: 0, max: 20 }), marks: fc.boolean() },
      period: fc.constantFrom('day' as const, 'month' as const),
      owner: fc.constantFrom(usual, longest),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ owner, ...counts }) => {
        const valueCounters = Math.floor(counts.counters / 2);
        const averageMonths = Math.floor(counts.metricMonths / 2);
        const shape = { ...widths(owner), ...counts, valueCounters, averageMonths };
        const image = await imageOf(wideBalance(owner, shape));
        const bytes = imageBytes(image);
        const told = balanceBytes(shape);
        expect(bytes).toBeLessThanOrEqual(told);
        expect(told - bytes).toBeLessThan(16);
        expect(parseBalance(image).lots.size).toBe(shape.lots);
      }),
    );
  });
});

const ruleOf20 = {
  ...{ rule: 20, arithmetic: 36, counters: 2, valueCounters: 0, budgets: [], parts: 1 },
  ...{ converted: false, charity: 0 },
};
const fewEntry: EntryShape = {
  ...widths(usual),
  ...{
    awards: [],
    exchanges: 0,
    rateSource: 17,
    takenLots: 0,
    metrics: 0,
    otherMembers: 0,
    explanation: 60,
  },
};

describe('an entry', () => {
  it('of an accrual stays well within one write unit', () => {
    const sizes = [accrual(usual, 1234n), accrual(longest, 12_345_678_901n)].map((entry) =>
      imageBytes(encodeEntry(entry)),
    );
    expect(sizes[0]).toBeLessThan(350);
    expect(sizes[1]).toBeLessThan(600);
  });

  it('of three awards in two counters each, with a budget and metrics, is one write unit', () => {
    const [first, ...others] = [ruleOf20, ruleOf20, ruleOf20];
    const awards = [{ ...first, budgets: [16] }, ...others].map((award) => ({
      ...ruleOf20,
      ...award,
    }));
    const shape = { ...fewEntry, awards, metrics: 2 };
    expect(imageBytes(encodeEntry(wideEntry(usual, shape)))).toBeLessThanOrEqual(oneWriteUnitBytes);
    expect(entryBytes(shape)).toBeLessThanOrEqual(oneWriteUnitBytes);
  });

  it('of cashback in two counters, converted and donated in part, is one write unit', () => {
    const cashback = { ...ruleOf20, converted: true, charity: 12, budgets: [16] };
    const shape = { ...fewEntry, awards: [cashback], exchanges: 1, metrics: 2 };
    expect(imageBytes(encodeEntry(wideEntry(usual, shape)))).toBeLessThanOrEqual(oneWriteUnitBytes);
    expect(entryBytes(shape)).toBeLessThanOrEqual(oneWriteUnitBytes);
  });

  it('of three awards that also takes 24 lots is one, up to five digits a figure', () => {
    const shape = {
      ...fewEntry,
      awards: [ruleOf20, ruleOf20, ruleOf20],
      takenLots: 24,
      metrics: 2,
    };
    const wide = wideEntry(usual, shape);
    const small = (amount: bigint) => amount / 1000n;
    const entry: Entry = {
      ...wide,
      legs: wide.legs
        .filter(({ account }) => account.kind !== 'debt')
        .map((leg) => ({ ...leg, amount: small(leg.amount) })),
      awards: (wide.awards ?? []).map((award) => {
        const { vestOn: _, pending: __, ...rest } = { ...award, points: small(award.points) };
        return { ...rest, parts: [{ member: usual.member, points: rest.points }] };
      }),
    };
    expect(imageBytes(encodeEntry(entry))).toBeLessThanOrEqual(oneWriteUnitBytes);
    expect(entryBytes(shape)).toBeGreaterThan(oneWriteUnitBytes);
  });

  it('that takes 24 lots is one write unit', () => {
    const shape = { ...fewEntry, takenLots: 24 };
    expect(entryBytes(shape)).toBeLessThanOrEqual(oneWriteUnitBytes);
    expect(entryBytes({ ...shape, ...widths(longest) })).toBeLessThanOrEqual(oneWriteUnitBytes);
  });

  it('is never larger than its shape says, nor much smaller', () => {
    const count = fc.integer({ min: 0, max: 30 });
    const award = fc.record({
      ...{ rule: count, arithmetic: count, counters: fc.integer({ min: 2, max: 6 }) },
      ...{ valueCounters: fc.integer({ min: 0, max: 2 }), parts: fc.integer({ min: 1, max: 3 }) },
      budgets: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 2 }),
      converted: fc.boolean(),
      charity: fc.constantFrom(0, 0, 12),
    });
    const shapes = fc.record({
      ...{ takenLots: count, metrics: fc.integer({ min: 1, max: 9 }) },
      ...{ exchanges: fc.integer({ min: 0, max: 2 }), rateSource: fc.constant(17) },
      ...{ explanation: fc.integer({ min: 20, max: 90 }), owner: fc.constantFrom(usual, longest) },
      awards: fc.array(award, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(shapes, ({ owner, ...counts }) => {
        const shape = { ...widths(owner), ...counts, otherMembers: 2 };
        const entry = wideEntry(owner, shape);
        const image = encodeEntry(entry);
        expect(parseEntryItem(image)).toEqual({ entry });
        expect(imageBytes(image)).toBeLessThanOrEqual(entryBytes(shape));
        // Two awards for one charity share what stands once in a text: told twice, it is safe.
        expect(entryBytes(shape) - imageBytes(image)).toBeLessThan(180);
      }),
    );
  });

  it('has a history row of hardly more', () => {
    const shape = { ...fewEntry, awards: [ruleOf20, ruleOf20], metrics: 2 };
    const entry = wideEntry(usual, shape);
    const row = encodeHistoryRow({ ...usual, entry });
    expect(imageBytes(row) - imageBytes(encodeEntry(entry))).toBeLessThan(40);
  });
});

describe('an item', () => {
  it('of a hold over 24 lots with a sealed address stays within one write unit', () => {
    expect(imageBytes(encodeHold(wideHold(usual, 1234n)))).toBeLessThanOrEqual(1024);
    const long = { ...usual, member: longest.member };
    expect(imageBytes(encodeHold(wideHold(long, 123n)))).toBeLessThanOrEqual(1024);
  });

  it('counts names, texts as UTF-8, and numbers by their digits', () => {
    expect(imageBytes({ pk: { S: 'é' } })).toBe(4);
    expect(imageBytes({ n: { N: '12345' } })).toBe(5);
    expect(imageBytes({ n: { N: '-12345' } })).toBe(6);
    expect(imageBytes({ l: { L: [{ S: 'ab' }] } })).toBe(7);
    expect(imageBytes({ m: { M: { a: { S: 'b' } } } })).toBe(7);
  });
});
