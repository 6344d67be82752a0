import type { PoolReference, Stock, VoucherKind } from '../domain/catalogue/voucher.ts';
import type { Money } from '../domain/money/money.ts';
import type { Secret } from '../domain/secret.ts';
import type { Instant, LocalDate } from '../domain/time.ts';

/** What may be changed of a pool while it is used. */
export interface PoolTerms {
  readonly name: string;
  /** ISO 3166; empty: everywhere. */
  readonly countries: readonly string[];
  /** With fewer free codes than this the pool is low. */
  readonly lowBelow: number;
  /** What a code costs us, in basis points of its value. */
  readonly costBasisPoints: number;
}

export interface NewPool extends PoolReference, PoolTerms {
  readonly kind: VoucherKind;
  readonly currency: string;
  /** What each code is worth, minor units; 0: codes have no face value. */
  readonly faceValueMinor: bigint;
  /** The key that names codes, sealed. It never changes, or a code could come twice. */
  readonly sealedKey: string;
}

export interface VoucherPool extends NewPool {
  /** Codes that were ever loaded. */
  readonly loaded: number;
  /** As of the last order or load that noticed a difference. */
  readonly stock: Stock;
}

/** A code on its way into a pool. */
export interface NewVoucher {
  /** The code's keyed hash: the same code twice is one. */
  readonly id: string;
  /** A keyed hash of all that belongs to the code. */
  readonly content: string;
  readonly sealed: string;
  /** Its last day. */
  readonly expiresOn?: LocalDate;
}

export type AddedVoucher =
  | 'added'
  /** Loaded before, whether it is still free or not. */
  | 'known'
  /** Loaded before with another PIN, website or last day, which stands. */
  | 'conflict';

export interface TakenVoucher extends PoolReference {
  readonly kind: 'taken';
  readonly reference: string;
  /** The code's. */
  readonly id: string;
  /** What was asked for. */
  readonly value: Money;
  /** A keyed hash of the whole order. */
  readonly request: string;
  readonly sealed: string;
  readonly takenAt: Instant;
}

/** An order's code, or the word that this reference never gets one (again). */
export type VoucherOrder =
  | TakenVoucher
  | (PoolReference & { readonly kind: 'retired'; readonly reference: string });

export type TakeOutcome =
  /** `left`: free codes after it, counted up to `lowBelow` of the pool and no further. */
  | { readonly kind: 'taken'; readonly order: TakenVoucher; readonly left: number }
  /** The reference has been used, for whatever. */
  | { readonly kind: 'existing'; readonly order: VoucherOrder }
  | { readonly kind: 'empty' };

export interface PoolCounts {
  readonly free: number;
  /** Not taken, and of no use any more. */
  readonly expired: number;
  /** Retired ones too. */
  readonly taken: number;
}

/**
 * Codes that are ours already. Each call may be repeated after a lost answer and does then what it
 * did, or says what stands. Nothing but `order` and `take` hands out a sealed code.
 */
export interface VoucherStore {
  /** Keeps the one that stands. */
  createPool(pool: NewPool): Promise<'created' | 'exists'>;
  /** Replaces the terms; throws where there is no such pool. */
  changePool(pool: PoolReference, terms: PoolTerms): Promise<void>;
  pool(pool: PoolReference): Promise<VoucherPool | undefined>;
  /** By program and name; of all programs without one. */
  pools(program?: string): AsyncIterable<VoucherPool>;
  /**
   * In the order of `vouchers`, whose ids all differ. Broken off half way, the first ones stand,
   * and are known the next time. Throws where there is no such pool.
   */
  add(pool: PoolReference, vouchers: readonly NewVoucher[]): Promise<readonly AddedVoucher[]>;
  /**
   * Takes one of the codes that expire first, on `usefulFrom` or later, for a reference that no
   * order has used in any pool: the same reference has the same code for ever.
   */
  take(taking: {
    readonly pool: VoucherPool;
    readonly reference: string;
    readonly value: Money;
    readonly request: string;
    readonly takenAt: Instant;
    readonly usefulFrom: LocalDate;
  }): Promise<TakeOutcome>;
  order(reference: string): Promise<VoucherOrder | undefined>;
  /**
   * The reference has no code from now on, nor ever gets one; a code that it had may have been
   * seen, and goes to nobody else.
   */
  retire(
    order: PoolReference & { readonly reference: string; readonly at: Instant },
  ): Promise<void>;
  /** Reads every free code: for people, not on the way of an order. */
  counts(pool: VoucherPool, usefulFrom: LocalDate): Promise<PoolCounts>;
  /** Free codes, counted up to `most`. */
  freeUpTo(pool: PoolReference, usefulFrom: LocalDate, most: number): Promise<number>;
  /** `stale`: codes were loaded since the pool was read, and nothing was noted. */
  noteStock(pool: VoucherPool, stock: Stock): Promise<'noted' | 'stale'>;
}

/** HMAC-SHA-256, so that a code cannot be guessed from what stands for it. */
export interface KeyedHash {
  newKey(): Secret;
  /** 32 characters of base64url: 192 bits. */
  of(key: Secret, text: string): string;
}
