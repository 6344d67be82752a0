import type { Decision } from '../../../../../shared/domain/member/decision.ts';
import { type Profile, profileWrite } from '../../../../../shared/domain/member/profile.ts';
import { Books } from './books.ts';
import { anEvent, aRule, at, programWith, ratesOf, returnsOf } from './fixtures.ts';

type Json = Record<string, unknown>;

export const march = at('2026-03-15T10:00:00Z');

/** One and a half percent. */
export const cashback = {
  ...{ kind: 'percentage', unit: 'purchaseCurrency', basisPoints: 150, rounding: 'down' },
};

export const rates = ratesOf({
  '2021-05-31': { USD: '1.2201', HRK: '7.5040' },
  '2026-03-13': { USD: '1.0850', GBP: '0.8331', JPY: '161.37', HUF: '398.25' },
});

/** Money kept in euro, pounds, dollars, yen or kuna. */
export function moneyBooks(earning: Json = {}, parts: Json = {}): Books {
  const { money, ...others } = parts as { money?: Json };
  const program = programWith(
    { rules: [aRule({ award: cashback })], returns: returnsOf('base'), ...earning },
    {
      currencies: ['EUR', 'USD', 'GBP', 'JPY', 'HUF', 'HRK', 'ARS'],
      donations: { charities: { oaks: { names: { en: 'Oaks' } } } },
      money: {
        ...{ walletCurrency: 'program', programCurrency: 'EUR' },
        ...{ wallets: ['EUR', 'USD', 'GBP', 'JPY', 'HRK'], ...money },
      },
      ...others,
    },
  );
  const books = new Books(program);
  books.rates = rates;
  return books;
}

type Facts = Pick<Profile, 'currency' | 'donation'>;

export function enrol(books: Books, facts: Partial<Facts>, member = 'ann'): void {
  const profile = { kind: 'person' as const, enrolledAt: march, segments: [], participants: {} };
  const event = anEvent({ id: `enrol-${member}`, type: 'app.opened', member });
  const write = profileWrite(books.snapshot(member), { ...profile, ...facts });
  books.apply({ ...books.book(event), records: [write] }, event);
}

/** Half up, from its definition. */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** A wallet in kuna as its migration leaves it: half up of the whole of it. What that gave. */
export function migrate(books: Books, member = 'ann'): bigint {
  const kept = halfUp(books.holds(member, 'HRK') * 100_000n, 753_450n);
  const [wallet, euros] = [books.balance(member, 'HRK'), books.balance(member, 'EUR')];
  for (const [lot, points] of wallet.lots) {
    wallet.lots = new Map([[lot, 0n]]);
    const held = euros.lots.get(lot) ?? 0n;
    if (points > 0n) euros.lots = new Map([[lot, held + kept]]);
  }
  return kept;
}

export function usd(amountMinor: bigint, parts: Parameters<typeof anEvent>[0] = {}) {
  return anEvent({ currency: 'USD', amountMinor, occurredAt: march, ...parts });
}

export function back(amountMinor: bigint, id: string, parts: Parameters<typeof anEvent>[0] = {}) {
  const refersTo = { source: 'shop', id: 'A-1' };
  return usd(amountMinor, { id, type: 'order.returned', refersTo, ...parts });
}

export function exchangesIn({ movements }: Decision) {
  return movements.flatMap((movement) => (movement.kind === 'exchange' ? [movement.exchange] : []));
}
