import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundings } from '../../shared/domain/money/fraction.ts';
import { available } from '../../shared/domain/points/balance.ts';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import { RateBook } from '../../shared/domain/rates/rate-book.ts';
import { balanceOf, day } from '../support/points.ts';
import { sampleProgramJson } from '../support/sample-program.ts';
import { MemberWorld } from '../unit/shared/domain/commands/member-world.ts';
import type { Json } from './program-json.ts';
import { decimal, Rational } from './rational.ts';
import { runs } from './runs.ts';

/** With the digits of their minor units, as ISO 4217 has them. */
const digits = { EUR: 2, JPY: 0, KWD: 3, USD: 2 } as const;
const wallets = ['EUR', 'JPY', 'KWD', 'USD'] as const;
const units = ['PTS', 'BIZ'] as const;
type Currency = (typeof wallets)[number];

interface Terms extends Json {
  readonly id: string;
  readonly direction: 'pointsToWallet' | 'walletToPoints';
  readonly unit: (typeof units)[number];
  readonly points: number;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly rounding: string;
}

/** Most of a unit agree on what its points are worth; some do not, and make no program. */
const anyExchanges: fc.Arbitrary<Terms[]> = fc
  .record({
    par: fc.record({
      points: fc.integer({ min: 1, max: 30 }),
      amountMinor: fc.integer({ min: 1, max: 30 }),
    }),
    currencies: fc.record({ PTS: fc.constantFrom(...wallets), BIZ: fc.constantFrom(...wallets) }),
    each: fc.array(
      fc.record({
        direction: fc.constantFrom('pointsToWallet' as const, 'walletToPoints' as const),
        unit: fc.constantFrom('PTS' as const, 'PTS' as const, 'BIZ' as const),
        times: fc.integer({ min: 1, max: 3 }),
        more: fc.constantFrom(0, 0, 0, 1, -1),
        rounding: fc.constantFrom('down', 'down', 'down', ...roundings),
      }),
      { minLength: 2, maxLength: 4 },
    ),
  })
  .map(({ par, currencies, each }) =>
    each.map(({ direction, unit, times, more, rounding }, index) => ({
      ...{ id: `x${index}`, direction, unit, rounding, currency: currencies[unit] },
      points: par.points * times,
      amountMinor: Math.max(1, par.amountMinor * times + more),
    })),
  );

/** Rates to the euro. */
type Rates = Readonly<Record<Currency, string>>;
const anyRate = fc
  .record({ whole: fc.nat({ max: 300 }), decimals: fc.integer({ min: 1, max: 9999 }) })
  .map(({ whole, decimals }) => `${whole}.${`${decimals}`.padStart(4, '0')}`);
const anyRates: fc.Arbitrary<Rates> = fc.record({
  ...{ EUR: fc.constant('1'), JPY: anyRate, KWD: anyRate, USD: anyRate },
});

/** Again and again, until nothing is left to give or it has been often enough. */
const anyStep = fc.record({
  which: fc.nat({ max: 3 }),
  wallet: fc.constantFrom(...wallets),
  amount: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5000 })),
  times: fc.integer({ min: 1, max: 40 }),
});

const members = { kinds: ['person'], secondPersonAbove: 0, reasons: ['correction'] };

function partsOf(exchanges: readonly Terms[]): Json {
  const points = { names: { en: { one: 'point', other: 'points' } } };
  const expiry = units.map((unit) => ({ unit, kind: 'never' }));
  const money = { walletCurrency: 'member', otherwise: 'EUR', wallets };
  return { money, exchanges, members, expiry, rewards: [], units: { PTS: points, BIZ: points } };
}

/** What only goes one way may round for the member: nothing comes back. */
function isBothWays(unit: string, exchanges: readonly Terms[]): boolean {
  const ways = exchanges.flatMap((one) => (one.unit === unit ? [one.direction] : []));
  return new Set(ways).size > 1;
}

function isProgram(exchanges: readonly Terms[]): boolean {
  return 'program' in parseProgram({ ...sampleProgramJson(), ...partsOf(exchanges) });
}

function worldOf(exchanges: readonly Terms[], rates: Rates): MemberWorld {
  const world = new MemberWorld(partsOf(exchanges));
  const { EUR: _, ...quoted } = rates;
  const snapshot = { date: day('2026-02-27'), rates: new Map(Object.entries(quoted)) };
  world.rates = new RateBook('ecb', [snapshot]);
  world.send('member.enrolled', 'ann', { kind: 'person' });
  for (const unit of [...units, ...wallets]) {
    world.putBalance('ann', unit, balanceOf({ '2030-01-01': 300n }));
  }
  return world;
}

type Held = ReadonlyMap<string, bigint>;

function heldIn(world: MemberWorld): Held {
  const all = [...units, ...wallets];
  return new Map(
    all.map((unit) => [unit, available(world.balance('ann', unit), day('2026-03-01'))] as const),
  );
}

function isMore(held: Held, than: Held): boolean {
  const gains = [...held].map(([unit, amount]) => amount - (than.get(unit) ?? 0n));
  return gains.every((gain) => gain >= 0n) && gains.some((gain) => gain > 0n);
}

/** In euros; a point at the most that an exchange gives for it, or else takes for it. */
function worthOf(held: Held, exchanges: readonly Terms[], rates: Rates): Rational {
  const minorIn = (currency: Currency) =>
    new Rational(1n, 10n ** BigInt(digits[currency])).over(decimal(rates[currency]));
  const sorted = exchanges.toSorted((one, other) => one.direction.localeCompare(other.direction));
  const values = new Map<string, Rational>(wallets.map((one) => [one, minorIn(one)]));
  for (const { unit, direction, points, amountMinor, currency } of sorted) {
    const value = new Rational(BigInt(amountMinor), BigInt(points)).times(minorIn(currency));
    const known = values.get(unit);
    const isBuying = direction === 'walletToPoints';
    const isSold = sorted.some((one) => one.unit === unit && one.direction === 'pointsToWallet');
    if (isBuying && isSold) continue;
    const isBetter = known === undefined || value.isAtMost(known) === isBuying;
    if (isBetter) values.set(unit, value);
  }
  return [...held].reduce(
    (sum, [unit, amount]) => sum.plus(new Rational(amount).times(values.get(unit) ?? nothing)),
    nothing,
  );
}

const nothing = new Rational(0n);

describe('exchanges at the rates of one day', () => {
  it('gain nothing in any order and any slices', () => {
    let changed = 0;
    const steps = fc.array(anyStep, { minLength: 1, maxLength: 12 });
    const property = fc.property(anyExchanges, anyRates, steps, (exchanges, rates, all) => {
      fc.pre(isProgram(exchanges));
      const world = worldOf(exchanges, rates);
      const seen = [heldIn(world)];
      for (const { which, wallet, amount, times } of all) {
        const terms = exchanges[which % exchanges.length];
        if (terms === undefined) continue;
        const data = { exchange: terms.id, wallet, amount: `${amount}` };
        let told = 'done';
        for (let time = 0; time < times && told === 'done'; time += 1) {
          told = world.told('wallet.exchanged', 'ann', data);
          if (told === 'done') changed += 1;
        }
        const [before, held] = [seen.at(-1) ?? new Map(), heldIn(world)];
        expect(seen.filter((one) => isMore(held, one))).toEqual([]);
        if (terms.rounding === 'down' || isBothWays(terms.unit, exchanges)) {
          const worth = worthOf(held, exchanges, rates);
          expect(worth.isAtMost(worthOf(before, exchanges, rates))).toBe(true);
        }
        seen.push(held);
      }
    });
    fc.assert(property, runs(150));
    expect(changed).toBeGreaterThan(500);
  });
});
