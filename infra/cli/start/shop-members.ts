import { available } from '../../../shared/domain/points/balance.ts';
import { formatInstant, type Instant, type LocalDate } from '../../../shared/domain/time.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import type { ShopMember } from './shop-member-pages.ts';

/** Members who can spend something, by their name. */
export async function spendingMembers(
  scan: Pick<LedgerScan, 'balances'>,
  countries: ReadonlyMap<string, string>,
  today: LocalDate,
): Promise<ShopMember[]> {
  const found: ShopMember[] = [];
  for await (const { member: id, balance } of scan.balances()) {
    const points = available(balance, today);
    if (points > 0n) found.push({ id, country: countries.get(id) ?? 'US', points });
  }
  return found.sort((left, right) => (left.id < right.id ? -1 : 1));
}

const membersPerCountry = 2;
const currencies: ReadonlyMap<string, string> = new Map([
  ['GB', 'GBP'],
  ...['DE', 'ES', 'FR', 'IE'].map((country) => [country, 'EUR'] as const),
]);

/** The first of each country. */
export function firstOfEachCountry(countries: ReadonlyMap<string, string>): string[] {
  const seen = new Map<string, number>();
  return [...countries.keys()].sort().filter((member) => {
    const country = countries.get(member) ?? '';
    const count = (seen.get(country) ?? 0) + 1;
    seen.set(country, count);
    return count <= membersPerCountry;
  });
}

/**
 * A large order of each: what the sample lets members redeem leaves them little to spend by hand.
 * The same ones again, where they are sent twice.
 */
export function shopOrders(countries: ReadonlyMap<string, string>, at: Instant) {
  return firstOfEachCountry(countries).map((member) => {
    const country = countries.get(member) ?? 'US';
    return {
      ...{ id: `shop-${member}`, source: 'shop-front', type: 'order.placed', member, country },
      ...{ occurredAt: formatInstant(at), amountMinor: '300000' },
      currency: currencies.get(country) ?? 'USD',
    };
  });
}
