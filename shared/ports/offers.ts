import type { CatalogueProduct } from '../domain/catalogue/product.ts';
import type { Quote } from '../domain/redemption/terms.ts';
import type { Instant } from '../domain/time.ts';

/** Where a provider's catalogue stands. */
export interface CatalogueState {
  readonly provider: string;
  readonly readAt: Instant;
  /** Currencies that it holds products in. */
  readonly currencies: readonly string[];
  /** One more with each reading that changed something. */
  readonly version: number;
}

/** What providers sell, as it was read last; readings replace each other whole. */
export interface CatalogueStore {
  /** `undefined`: never read, so nothing is known against what programs say. */
  state(provider: string): Promise<CatalogueState | undefined>;
  /** Of one provider and currency; empty where there are none. */
  products(provider: string, currency: string): Promise<readonly CatalogueProduct[]>;
  /** All of it, or nothing; `lost` where another reading was faster. */
  replace(
    read: CatalogueState | undefined,
    next: { readonly readAt: Instant; readonly products: readonly CatalogueProduct[] },
    provider: string,
  ): Promise<'done' | 'lost'>;
}

/** Somebody who counts on a reward: with an open quote, or by having saved it. */
export interface Interest {
  readonly member: string;
  readonly kind: 'quote' | 'saved';
  /** Quotes are forgotten after it. */
  readonly until?: Instant;
}

export interface QuoteStore {
  /** Keeps the first of an id. */
  put(quote: Quote): Promise<'done' | 'exists'>;
  /** Also one that has expired, for some days. */
  read(key: {
    readonly program: string;
    readonly member: string;
    readonly quote: string;
  }): Promise<Quote | undefined>;
  save(reward: { program: string; member: string; rewardId: string }): Promise<void>;
  unsave(reward: { program: string; member: string; rewardId: string }): Promise<void>;
  /** Everybody who counts on a reward of a program. */
  interested(program: string, rewardId: string): AsyncIterable<Interest>;
}
