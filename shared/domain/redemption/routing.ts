import { type CatalogueProduct, isOffered, type OrderKind } from '../catalogue/product.ts';
import type { Money } from '../money/money.ts';
import type { Instant } from '../time.ts';
import type { RewardSource } from './terms.ts';

/** What is known of one way to get a reward, at the time of choosing. */
export interface Candidate extends RewardSource {
  /** The region has an account there. */
  readonly enabled: boolean;
  /** Absent: not known. */
  readonly kinds?: readonly OrderKind[];
  /** Of the catalogue, by product id; absent: it has never been read. */
  readonly sold?: ReadonlyMap<string, CatalogueProduct>;
  /** Its breaker is open. */
  readonly failing: boolean;
  readonly outOfFunds: boolean;
}

export interface Wanted {
  readonly kind: OrderKind;
  readonly value: Money;
  readonly country: string;
  readonly promisedBy: Instant;
  readonly now: Instant;
  /** Providers that have said no to this redemption. */
  readonly tried: readonly string[];
}

export interface Choice {
  readonly provider: string;
  readonly products: readonly string[];
  /** What decided, as a code. */
  readonly reason: string;
  /** It takes orders now. */
  readonly isHealthy: boolean;
}

/** A candidate that can give the reward, with what it is judged by. */
interface Eligible {
  readonly candidate: Candidate;
  /** In the order of the candidate's own list: those that can be ordered. */
  readonly products: readonly string[];
  /** In ten-thousandths of a minor unit. */
  readonly cost: bigint;
  readonly isInTime: boolean;
}

/**
 * The best source that is left: one that takes orders before one that does not, then who keeps the
 * promised time, then the cheapest to us, then the first that is listed. `undefined`: none is left.
 */
export function chooseProvider(
  candidates: readonly Candidate[],
  wanted: Wanted,
): Choice | undefined {
  const eligible = candidates.flatMap((candidate) => eligibleOf(candidate, wanted) ?? []);
  const [first, ...others] = eligible;
  if (first === undefined) return undefined;
  if (others.length === 0) return chosen(first, 'ONLY_PROVIDER_OF_REWARD');
  let left = eligible;
  for (const { reason, rankOf } of criteria) {
    const ranks = left.map(rankOf);
    const best = ranks.reduce((least, rank) => (rank < least ? rank : least));
    const better = left.filter((_, index) => ranks[index] === best);
    const [only, ...more] = better;
    if (only !== undefined && more.length === 0) return chosen(only, reason);
    left = better;
  }
  return chosen(left[0] ?? first, 'LISTED_FIRST');
}

/** Lower is better; each decides only where those before it see no difference. */
const criteria: readonly { reason: string; rankOf: (eligible: Eligible) => bigint }[] = [
  { reason: 'TAKES_ORDERS', rankOf: ({ candidate }) => (takesOrders(candidate) ? 0n : 1n) },
  { reason: 'IN_TIME', rankOf: ({ isInTime }) => (isInTime ? 0n : 1n) },
  { reason: 'CHEAPEST', rankOf: ({ cost }) => cost },
];

function takesOrders({ failing, outOfFunds }: Candidate): boolean {
  return !failing && !outOfFunds;
}

function chosen({ candidate, products }: Eligible, reason: string): Choice {
  const { provider } = candidate;
  return { provider, products, reason, isHealthy: takesOrders(candidate) };
}

function eligibleOf(candidate: Candidate, wanted: Wanted): Eligible | undefined {
  const { enabled, kinds, products, provider, sold } = candidate;
  if (!enabled || wanted.tried.includes(provider)) return undefined;
  if (kinds !== undefined && !kinds.includes(wanted.kind)) return undefined;
  const faceValue = wanted.value.amountMinor * wholeBasisPoints;
  if (sold === undefined) return { candidate, products, cost: faceValue, isInTime: true };
  const orderable = products.flatMap((id) => {
    const product = sold.get(id);
    return product !== undefined && isOrderable(product, wanted) ? [product] : [];
  });
  const [first] = orderable;
  if (first === undefined) return undefined;
  return {
    ...{ candidate, products: orderable.map(({ product }) => product) },
    cost: costOf(first, wanted.value),
    isInTime: wanted.now + first.deliveryMinutes * minuteMs <= wanted.promisedBy,
  };
}

function isOrderable(product: CatalogueProduct, { value, country }: Wanted): boolean {
  const { bands, countries, currency, orderable } = product;
  if (!orderable || currency !== value.currency) return false;
  if (countries.length > 0 && !countries.includes(country)) return false;
  return bands.length === 0 || isOffered(bands, value.amountMinor);
}

const wholeBasisPoints = 10_000n;
const minuteMs = 60_000;

/** A fee in another currency is left out: it does not tell sources of one reward apart. */
function costOf({ costBasisPoints, fee }: CatalogueProduct, value: Money): bigint {
  const share = value.amountMinor * BigInt(costBasisPoints);
  const isComparable = fee?.currency === value.currency;
  return share + (isComparable ? fee.amountMinor * wholeBasisPoints : 0n);
}
