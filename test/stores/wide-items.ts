import type {
  AwardRecord,
  Entry,
  ExchangeRecord,
  Leg,
  LotKey,
  ProgramAccount,
} from '../../shared/domain/ledger/entry.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';
import type { BalanceShape, EntryShape } from '../../shared/domain/program/size.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { Hold } from '../../shared/ports/stores.ts';
import { day, lot } from '../support/points.ts';
import { entryOf, noon } from './ledger-actor.ts';
import { changeFor, type Owner } from './planner.ts';
import { holdOf, redemption } from './redemption-actor.ts';

/* Items as large as programs can make them. */

export const longest: Owner = {
  program: 'p'.repeat(63),
  member: 'm'.repeat(128),
  unit: 'POINTS12',
};
export const usual: Owner = { program: 'online-retail', member: '17850', unit: 'PTS' };
const hash = 'h'.repeat(22);
const delivery = '0f0e0d0c-0b0a-4908-8706-050403020100';
/** As many digits as the sizes count with. */
const points = 99_999_999n;

export function accrual(owner: Owner, earned: bigint): Entry {
  const { member, unit } = owner;
  const legs: Leg[] = [
    { account: { kind: 'issued' }, unit, amount: -earned },
    { account: { kind: 'lot', member, lot: lot('2028-07-01') }, unit, amount: earned },
  ];
  const inputs = { amountMinor: '1234567', currency: 'GBP', rate: '1/1' };
  const explanation = { rule: 'a-point-a-pound', reason: 'PER_AMOUNT', inputs };
  return entryOf({ hash, owner, bodyHash: hash, delivery, legs, explanation });
}

function dayAt(index: number, period: 'day' | 'month'): LotKey {
  const date = new Date(Date.UTC(2027, index, period === 'month' ? 1 : 15));
  return lot(date.toISOString().slice(0, 10));
}

/** Points from as many lots as two years have months. */
export function wideHold({ program, member, unit }: Owner, each: bigint): Hold {
  const legs = Array.from({ length: 24 }, (_, month): Leg => {
    return { account: { kind: 'lot', member, lot: dayAt(month, 'month') }, unit, amount: -each };
  });
  const held: Leg = { account: { kind: 'held' }, unit, amount: each * 24n };
  const hold = holdOf(redemption(1), [...legs, held], each * 24n);
  const entry = { ...hold.entry, program, member, bodyHash: hash };
  return { ...hold, unit, entry, sealedEmail: 's'.repeat(400) };
}

function many<Key>(count: number, keyAt: (index: number) => Key, amount: bigint) {
  return new Map(Array.from({ length: count }, (_, index) => [keyAt(index), amount]));
}

/** Four letters, another four each time. */
function letters(index: number): string {
  return `a${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}z`;
}

/** A change that makes a balance of that shape, all of it at once. */
export function wideBalance(owner: Owner, shape: BalanceShape): BalanceChange {
  const { lots, vestingDays, period, counters, valueCounters, metricMonths } = shape;
  const counterAt = (index: number) =>
    `${letters(index)}261130${index < valueCounters ? '.efgh' : ''}`;
  const metricAt = (index: number) => `${letters(index)}2611`;
  const mark = dayAt(30, 'day');
  const level = 'l'.repeat(shape.level);
  const since = instantOf(Date.UTC(2050, 0, 1));
  const tier = {
    ...{ level, since, version: 9999n, reason: 'qualified' as const },
    earlier: [level, level, level].map((before) => ({ level: before, since })),
    ...{ reviewedOn: day('2026-12-31'), graceUntil: day('2027-03-31') },
    ...{ overrideUntil: day('2027-06-01'), heldUntil: day('2028-02-29') },
  };
  return changeFor(owner, {
    lots: many(lots, (index) => dayAt(index, period), points),
    vesting: many(vestingDays, (index) => dayAt(index, period), points),
    ...{ debt: points, pending: points, expiredThrough: dayAt(0, 'day') },
    counters: many(counters, counterAt, points),
    metrics: new Map([
      ...many(metricMonths, metricAt, points),
      ...many(shape.averageMonths, (index) => `${metricAt(index)}n`, points),
    ]),
    cooldowns: many(shape.cooldowns, letters, 1_900_000_000n),
    ...(shape.marks && { activeUntil: mark, warnedThrough: mark }),
    ...(shape.level > 0 && { tier }),
  });
}

/** An entry of that shape, of the owner and other members. */
export function wideEntry(owner: Owner, shape: EntryShape): Entry {
  const { unit } = owner;
  const others = Array.from({ length: shape.otherMembers }, (_, index) =>
    `${index}`.padStart(owner.member.length, 'o'),
  );
  const members = [owner.member, ...others];
  const units = [unit, 'OTHERS99'.slice(0, unit.length)];
  const awards = shape.awards.map((award, at): AwardRecord => {
    const counters = Array.from(
      { length: award.counters },
      (_, index) => `${letters(index)}261130${index < award.valueCounters ? '.efgh' : ''}`,
    );
    const [half, rest] = [
      counters.slice(0, counters.length / 2),
      counters.slice(counters.length / 2),
    ];
    return {
      ...{ rule: 'r'.repeat(award.rule), unit: units[at % 2] ?? unit },
      ...{ points, basisMinor: 9_999_999_999n },
      parts: members.slice(0, award.parts).map((member) => ({ member, points })),
      ...{ lot: dayAt(1, 'day'), vestOn: dayAt(2, 'day'), pending: true },
      ...{ pointCounters: half, timeCounters: rest },
      budgets: award.budgets.map((name) => ({ budget: 'b'.repeat(name), shard: 15, points })),
      arithmetic: '1'.repeat(award.arithmetic),
      ...(award.converted && { judged: { unit: 'USD', points, wholeMinor: points - 1n } }),
      ...(award.charity > 0 && { donated: { charity: 'c'.repeat(award.charity), points } }),
    };
  });
  const credits = awards.flatMap(({ parts, unit: of }) =>
    parts.flatMap(({ member }): Leg[] => [
      { account: { kind: 'issued' }, unit: of, amount: -points },
      { account: { kind: 'debt', member }, unit: of, amount: points },
      { account: { kind: 'lot', member, lot: dayAt(1, 'day') }, unit: of, amount: points },
    ]),
  );
  const given = awards.flatMap(({ unit: of, donated }): Leg[] => {
    if (donated === undefined) return [];
    const charity = { kind: 'donation', charity: donated.charity } as const;
    return [
      { account: { kind: 'issued' }, unit: of, amount: -points },
      { account: charity, unit: of, amount: points },
    ];
  });
  const exchanges = Array.from({ length: shape.exchanges }, (_, index) => wideExchange(index));
  const taken = Array.from({ length: shape.takenLots }, (_, index): Leg => {
    const account = { kind: 'lot', member: owner.member, lot: dayAt(index, 'day') } as const;
    return { account, unit, amount: -points };
  });
  const [inputs, reason] = [{ a: '1' }, 'R'.repeat(shape.explanation - wordsOfExplanation)];
  return {
    ...entryOf({ hash, kind: 'adjustment', owner, bodyHash: hash, delivery }),
    legs: [...exchanges.flatMap(({ legs }) => legs), ...credits, ...given, ...taken],
    explanation: {
      ...{ reason, rule: 'r', version: noon },
      inputs: { ...inputs, ...Object.fromEntries(exchanges.map(({ told }) => told)) },
    },
    ...{ amountMinor: 9_999_999_999n, currency: 'EUR', awards, newMembers: members },
    ...(exchanges.length > 0 && { exchanges: exchanges.map(({ exchange }) => exchange) }),
    metrics: Array.from({ length: shape.metrics }, (_, index) => [`${letters(index)}2611`, points]),
  };
}

/** Names and frames of reason, rule and inputs: w, r, i, a map of one, and three elements. */
const wordsOfExplanation = 12;

/** A conversion of a purchase in dollars into euro or pounds, with all that an entry says of it. */
function wideExchange(index: number) {
  const [from, to] = ['USD', index === 0 ? 'EUR' : 'GBP'];
  const rate = { numerator: 123_456_000_000n, denominator: 654_321n };
  const exchange: ExchangeRecord = {
    ...{ from, fromMinor: points, to, toMinor: points, wholeMinor: points - 1n, rate },
    ...{ asOf: day('2026-03-13'), source: 'openExchangeRates', rounding: 'halfUp' },
  };
  const leg = (kind: ProgramAccount, unit: string, amount: bigint): Leg => {
    return { account: { kind }, unit, amount };
  };
  const legs = [
    ...[leg('issued', from, -points), leg('fxPosition', from, points)],
    ...[leg('fxPosition', to, -points), leg('rounding', to, -1n)],
  ];
  const sum = `123456.78 ${from}*123456000000/654321=123456.78 ${to}`;
  const told = [`${from}-${to}`, `${sum} halfUp, openExchangeRates 2026-03-13`] as const;
  return { exchange, legs, told };
}
