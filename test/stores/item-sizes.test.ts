import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeEntry,
  encodeHold,
  encodeSettlement,
  parseEntryItem,
} from '../../shared/adapters/dynamodb/entry-item.ts';
import { imageBytes } from '../../shared/adapters/dynamodb/item-size.ts';
import { decodeLegs, encodeLegs } from '../../shared/adapters/dynamodb/leg-codec.ts';
import { encodeOrder, parseOrder } from '../../shared/adapters/dynamodb/order-item.ts';
import type { Account, Entry, Leg } from '../../shared/domain/ledger/entry.ts';
import { InvariantError } from '../../shared/domain/result.ts';
import type { Hold, Settlement } from '../../shared/ports/stores.ts';
import { lot } from '../support/points.ts';
import { entryOf, noon, type Owner } from './ledger-actor.ts';
import { holdOf, orderOf, redemption } from './redemption-actor.ts';

const longest: Owner = { program: 'p'.repeat(63), member: 'm'.repeat(128), unit: 'POINTS12' };
const usual: Owner = { program: 'online-retail', member: '17850', unit: 'PTS' };
const hash = 'h'.repeat(22);
const delivery = '0f0e0d0c-0b0a-4908-8706-050403020100';

function accrual({ program, member, unit }: Owner, points: bigint): Entry {
  const legs: Leg[] = [
    { account: { kind: 'issued' }, unit, amount: -points },
    { account: { kind: 'lot', member, lot: lot('2028-07-01') }, unit, amount: points },
  ];
  const event = { hash, kind: 'accrual', points, bodyHash: hash } as const;
  const entry = entryOf({ ...event, owner: { program, member, unit } }, legs, delivery);
  const inputs = { amountMinor: '1234567', currency: 'GBP', rate: '1/1' };
  const explanation = { rule: 'a-point-a-pound', reason: 'PER_AMOUNT', inputs };
  return { ...entry, explanation };
}

/** Points from as many lots as two years have months. */
function wideHold({ program, member, unit }: Owner, each: bigint): Hold {
  const legs = Array.from({ length: 24 }, (_, month): Leg => {
    const date = new Date(Date.UTC(2027, month, 1)).toISOString().slice(0, 10);
    return { account: { kind: 'lot', member, lot: lot(date) }, unit, amount: -each };
  });
  const held: Leg = { account: { kind: 'held' }, unit, amount: each * 24n };
  const hold = holdOf(redemption(1), [...legs, held], each * 24n);
  const entry = { ...hold.entry, program, member, bodyHash: hash };
  return { ...hold, unit, entry, sealedEmail: 's'.repeat(400) };
}

describe('an item', () => {
  it('of an accrual stays well within one write unit', () => {
    const sizes = [accrual(usual, 1234n), accrual(longest, 12_345_678_901n)].map((entry) =>
      imageBytes(encodeEntry(entry)),
    );
    expect(sizes[0]).toBeLessThan(350);
    expect(sizes[1]).toBeLessThan(600);
  });

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

const member = fc.constantFrom('ann', 'ben', 'c|d,e #%', '');
const account: fc.Arbitrary<Account> = fc.oneof(
  fc.record({
    kind: fc.constant('lot' as const),
    member,
    lot: fc.constantFrom(...['2026-07-01', '2026-08-15', '2099-12-31'].map(lot)),
  }),
  fc.record({ kind: fc.constant('debt' as const), member }),
  fc.record({
    kind: fc.constantFrom(...(['issued', 'held', 'redeemed', 'breakage', 'rewardCost'] as const)),
  }),
  fc.record({
    kind: fc.constant('providerPayable' as const),
    provider: fc.constantFrom('tremendous', 'a-2'),
  }),
);
const leg: fc.Arbitrary<Leg> = fc.record({
  account,
  unit: fc.constantFrom('PTS', 'GBP', 'M2'),
  amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
});

describe('what is stored', () => {
  it('reads back as it was: legs of any members, in order', () => {
    fc.assert(
      fc.property(fc.array(leg), member, (legs, own) => {
        expect(decodeLegs(encodeLegs(legs, own), own)).toEqual(legs);
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
    const key = { at: 'redemption', redemption: redemption(1), part: 'S#2' } as const;
    const captured: Entry = { ...hold.entry, key, kind: 'capture' };
    const settlement: Settlement = { number: 2, entry: captured, provider: 'tremendous' };
    const parsed = parseEntryItem(encodeSettlement(settlement));
    expect(parsed).toEqual({ entry: captured, settlement });
    const order = orderOf(redemption(1), { call: 3, claimedUntil: noon, providerOrder: 'T' });
    expect(parseOrder(encodeOrder(order, 'w'))).toEqual(order);
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
    ];
    for (const item of broken) expect(() => parseEntryItem(item)).toThrow(InvariantError);
    const { to: _, ...without } = image;
    expect(() => parseEntryItem(without)).toThrow('A stored hold does not fit its schema at: to.');
  });
});
