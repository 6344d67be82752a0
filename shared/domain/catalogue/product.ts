import { shortKey } from '../member/figure-key.ts';
import type { Money } from '../money/money.ts';

/** What a member gets. Everything but `eGiftCard` and `prepaidCard` may be without a face value. */
export const rewardKinds = [
  'eGiftCard',
  'prepaidCard',
  'experience',
  'donation',
  'sweepstakeEntry',
  'perk',
  'merchandise',
] as const;
export type RewardKind = (typeof rewardKinds)[number];

/** A payout is money to whom its payee names; nothing is handed out that could be opened. */
export type OrderKind = RewardKind | 'payout';

/** Face values that can be ordered, minor units of the product's currency; both equal: only one. */
export interface Band {
  readonly minimumMinor: bigint;
  readonly maximumMinor: bigint;
  /** Only whole multiples of it, counted from zero. */
  readonly stepMinor?: bigint;
}

/** What a provider sells, as its catalogue says it, in our words. */
export interface CatalogueProduct {
  readonly provider: string;
  /** The provider's own id. */
  readonly product: string;
  readonly name: string;
  /** The maker's name: products of several providers meet under it. */
  readonly brand: string;
  readonly kind: RewardKind;
  readonly currency: string;
  /** None: the provider names no face values. */
  readonly bands: readonly Band[];
  /** ISO 3166; empty: everywhere. */
  readonly countries: readonly string[];
  /** Of the reward itself, ISO 639-1; empty: not told. */
  readonly languages: readonly string[];
  /** Terms that a member must be shown, plain text. */
  readonly disclosure?: string;
  /** An https address. */
  readonly image?: string;
  /** How long it usually takes from order to reward. */
  readonly deliveryMinutes: number;
  /** What we pay: basis points of the face value (9,500: a discount of 5 %), and a fee an order. */
  readonly costBasisPoints: number;
  readonly fee?: Money;
  /** False while it is listed and cannot be ordered. */
  readonly orderable: boolean;
  /** Whose it is alone; absent: every program's. */
  readonly program?: string;
}

/** Whether a program may sell it. */
export function isSoldBy({ program }: CatalogueProduct, name: string): boolean {
  return program === undefined || program === name;
}

/** Whether a face value can be ordered. */
export function isOffered(bands: readonly Band[], amountMinor: bigint): boolean {
  return bands.some(
    ({ minimumMinor, maximumMinor, stepMinor = 1n }) =>
      amountMinor >= minimumMinor && amountMinor <= maximumMinor && amountMinor % stepMinor === 0n,
  );
}

/**
 * The reward that a catalogue product is sold as, where a program sells the catalogue: products of
 * several providers meet under the maker, the kind and the currency. At most 63 characters.
 */
export function catalogueRewardId({
  brand,
  kind,
  currency,
}: Pick<CatalogueProduct, 'brand' | 'kind' | 'currency'>): string {
  const words = brand.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const kept = slug.slice(0, maximumSlug).replace(/-+$/, '');
  // What a slug cannot write, or has no room for, still tells two makers apart.
  const isWhole = kept === slug && !/[^a-z0-9]/.test(words.replace(/[^\p{L}\p{N}]/gu, ''));
  const maker = isWhole ? [kept] : [kept, shortKey(words)];
  const parts = [...maker, ...(kind === 'eGiftCard' ? [] : [kind.toLowerCase()])];
  return [...parts.filter((part) => part !== ''), currency.toLowerCase()].join('-');
}

const maximumSlug = 36;
