import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeAdds,
  decodeAwards,
  encodeAdds,
  encodeAwards,
} from '../../shared/adapters/dynamodb/award-codec.ts';
import {
  encodeEntry,
  encodeHold,
  encodeSettlement,
  parseEntryItem,
} from '../../shared/adapters/dynamodb/entry-item.ts';
import { decodeExchanges, encodeExchanges } from '../../shared/adapters/dynamodb/exchange-codec.ts';
import { decodeLegs, encodeLegs } from '../../shared/adapters/dynamodb/leg-codec.ts';
import { MemberNumbers } from '../../shared/adapters/dynamodb/member-numbers.ts';
import { encodeOrder, parseOrder } from '../../shared/adapters/dynamodb/order-item.ts';
import { decodeTier, encodeTier } from '../../shared/adapters/dynamodb/tier-text.ts';
import {
  type Account,
  type AwardRecord,
  type Entry,
  type ExchangeRecord,
  entryKinds,
  type Leg,
} from '../../shared/domain/ledger/entry.ts';
import type { TierStanding } from '../../shared/domain/member/standing.ts';
import { roundings } from '../../shared/domain/money/fraction.ts';
import { InvariantError } from '../../shared/domain/result.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { Settlement } from '../../shared/ports/stores.ts';
import { day, lot } from '../support/points.ts';
import { noon } from './ledger-actor.ts';
import { orderOf, redemption } from './redemption-actor.ts';
import { accrual, longest, usual, wideHold } from './wide-items.ts';

const days = ['2026-07-01', '2026-08-15', '2099-12-31'];
const member = fc.constantFrom('ann', 'ben', 'c|d,e #%~\n', '');
const lotKey = fc.constantFrom(...days.map(lot));
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const amount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const unit = fc.constantFrom('PTS', 'GBP', 'M2');

/** Without the keys that are undefined: what is absent is not stored. */
function present<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as Value;
}

const charity = fc.constantFrom('oaks', 'red-cross');
const account: fc.Arbitrary<Account> = fc.oneof(
  fc.record({ kind: fc.constant('lot' as const), member, lot: lotKey }),
  fc.record({ kind: fc.constant('debt' as const), member }),
  fc
    .record({ kind: fc.constant('pending' as const), member, vestOn: maybe(lotKey) })
    .map((pending) => present(pending) as Account),
  fc.record({
    kind: fc.constantFrom(
      ...(['issued', 'held', 'redeemed', 'breakage', 'rewardCost'] as const),
      ...(['migrated', 'adjusted', 'converted', 'fxPosition', 'rounding'] as const),
    ),
  }),
  fc.record({ kind: fc.constant('donation' as const), charity }),
  fc.record({
    kind: fc.constant('providerPayable' as const),
    provider: fc.constantFrom('tremendous', 'a-2'),
  }),
);
const leg: fc.Arbitrary<Leg> = fc.record({ account, unit, amount });

const key = fc.constantFrom('abcd', 'abcd261130', 'abcd261130.efgh', 'abcd2611n');
const text = fc.constantFrom('a-rule', '12345/100*1=123 *125%=153', 'a|b\nc~0~', '');
const award: fc.Arbitrary<AwardRecord> = fc
  .record({
    ...{ rule: text, unit, points: amount, basisMinor: amount },
    parts: fc.array(fc.record({ member, points: amount }), { maxLength: 3 }),
    ...{ lot: maybe(lotKey), vestOn: maybe(lotKey), pending: maybe(fc.constant(true as const)) },
    pointCounters: maybe(fc.array(key, { maxLength: 2 })),
    timeCounters: maybe(fc.array(key, { maxLength: 2 })),
    budgets: maybe(
      fc.array(
        fc.record({
          budget: fc.constantFrom('summer', 'b-2'),
          shard: fc.integer({ min: 0, max: 15 }),
          points: amount,
        }),
        { maxLength: 2 },
      ),
    ),
    judged: maybe(fc.record({ unit, points: amount, wholeMinor: amount })),
    donated: maybe(fc.record({ charity, points: amount })),
    arithmetic: text,
  })
  .map((parts) => present(parts) as AwardRecord);

const positive = fc.bigInt({ min: 1n, max: 10n ** 20n });
const currency = fc.constantFrom('USD', 'EUR', 'JPY');
const exchange: fc.Arbitrary<ExchangeRecord> = fc.record({
  ...{ from: currency, fromMinor: amount, to: currency, toMinor: amount, wholeMinor: amount },
  rate: fc.record({ numerator: positive, denominator: positive }),
  asOf: fc.constantFrom('1999-12-31', '2026-03-13').map(day),
  source: fc.constantFrom('ecb', 'Council Regulation (EU) 2022/1208 + ecb'),
  rounding: fc.constantFrom(...roundings),
});

const localDay = fc.constantFrom('2026-01-01', '2028-02-29').map(day);
const instant = fc.integer({ min: -1, max: 4_102_444_800_000 }).map(instantOf);
const level = fc.constantFrom('gold', 'a-2', 'v');
const tier: fc.Arbitrary<TierStanding> = fc
  .record({
    ...{ level, since: instant, version: fc.bigInt({ min: 1n, max: 10n ** 6n }) },
    reason: fc.constantFrom(
      ...(['joined', 'qualified', 'placed', 'review', 'override', 'hold'] as const),
    ),
    earlier: fc.array(fc.record({ level, since: instant }), { maxLength: 3 }),
    ...{ reviewedOn: maybe(localDay), graceUntil: maybe(localDay) },
    ...{ overrideUntil: maybe(localDay), heldUntil: maybe(localDay) },
  })
  .map((parts) => present(parts) as TierStanding);

/** Encodes with one list of members, and decodes with what was stored of it. */
function again(own: string, encode: (members: MemberNumbers) => string) {
  const members = new MemberNumbers(own);
  const written = encode(members);
  return { text: written, members: new MemberNumbers(own, members.others) };
}

describe('what is stored', () => {
  it('reads back as it was: legs of any members, in order', () => {
    fc.assert(
      fc.property(fc.array(leg), member, (legs, own) => {
        const { text: stored, members } = again(own, (numbers) => encodeLegs(legs, numbers));
        expect(decodeLegs(stored, members)).toEqual(legs);
      }),
    );
  });

  it('reads back as it was: awards of any kind', () => {
    fc.assert(
      fc.property(fc.array(award, { minLength: 1 }), member, (awards, own) => {
        const { text: stored, members } = again(own, (numbers) => encodeAwards(awards, numbers));
        expect(decodeAwards(stored, members)).toEqual(awards);
      }),
    );
  });

  it('reads back as it was: exchanges, whatever they were rounded to', () => {
    const some = fc.array(exchange, { minLength: 1, maxLength: 3 });
    const exact = exchange.map((one) => ({ ...one, wholeMinor: one.toMinor }));
    fc.assert(
      fc.property(some, exact, (records, last) => {
        const exchanges = [...records, last];
        expect(decodeExchanges(encodeExchanges(exchanges))).toEqual(exchanges);
      }),
    );
  });

  it('reads back as it was: additions to metrics, and tiers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, amount), { minLength: 1 }), tier, (adds, standing) => {
        expect(decodeAdds(encodeAdds(adds))).toEqual(adds);
        expect(decodeTier(encodeTier(standing), standing.version)).toEqual(standing);
      }),
    );
  });

  it('of an event, a hold, a settlement and an order reads back as it was', () => {
    const entry = accrual(longest, 5n);
    expect(parseEntryItem(encodeEntry(entry))).toEqual({ entry });
    const bare = { ...entry, legs: [], explanation: { reason: 'NO_RULE_MATCHES' } };
    expect(parseEntryItem(encodeEntry(bare))).toEqual({ entry: bare });
    const hold = wideHold(longest, 5n);
    expect(parseEntryItem(encodeHold(hold))).toEqual({ entry: hold.entry, hold });
    const place = { at: 'redemption', redemption: redemption(1), part: 'S#2' } as const;
    const captured: Entry = { ...hold.entry, key: place, kind: 'capture' };
    const settlement: Settlement = { number: 2, entry: captured, provider: 'tremendous' };
    const parsed = parseEntryItem(encodeSettlement(settlement));
    expect(parsed).toEqual({ entry: captured, settlement });
    const order = orderOf(redemption(1), { call: 3, claimedUntil: noon, providerOrder: 'T' });
    expect(parseOrder(encodeOrder(order, 'w'))).toEqual(order);
  });

  it.each(entryKinds)('of an entry of kind %s reads back as it was', (kind) => {
    const entry: Entry = {
      ...{ ...accrual(usual, 5n), kind, amountMinor: 12_345n, newMembers: ['17850', 'new|1'] },
      metrics: [['abcd2611', -5n]],
      explanation: { reason: 'R', version: noon },
      awards: [
        {
          ...{ rule: 'a', unit: 'PTS', points: 5n, basisMinor: 500n, arithmetic: '500/100=5' },
          parts: [{ member: 'other', points: 5n }],
        },
      ],
    };
    expect(parseEntryItem(encodeEntry(entry))).toEqual({ entry });
  });

  it('is refused where it does not fit, naming fields and no values', () => {
    const image = encodeHold(wideHold(usual, 5n));
    const broken = [
      { ...image, to: { N: '1' } },
      { ...image, am: { N: '1.5' } },
      { ...image, o: { BOOL: true } },
      { ...image, l: { S: 'z PTS +5' } },
      { ...image, k: { S: 'other' } },
      { ...image, sk: { S: 'S#x' } },
      { ...image, a: { S: 'rule' } },
      { ...image, e: { S: 'abcd' } },
      { ...image, nm: { S: '7' } },
      { ...image, ex: { S: 'USD1 EUR1 1/1 20260231 halfUp ecb' } },
      { ...image, ex: { S: 'USD1 EUR1 1/1 20260228 round ecb' } },
      { ...image, ex: { S: 'USD1 EUR1 ecb' } },
    ];
    for (const item of broken) expect(() => parseEntryItem(item)).toThrow(InvariantError);
    const { to: _, ...without } = image;
    expect(() => parseEntryItem(without)).toThrow('A stored hold does not fit its schema at: to.');
  });
});
