import {
  type PoolReference,
  productOfPool,
  readPoolProduct,
} from '../../domain/catalogue/voucher.ts';
import { invariant } from '../../domain/result.ts';
import type { LocalDate } from '../../domain/time.ts';
import { type ItemKey, sealedPartition } from './schema.ts';

/*
 * Pools of vouchers. Codes, and what stands for them, lie in partitions of sealed codes only; no
 * program is called V.
 *
 * | who asks      | what                          | operation     | pk            | sk           |
 * |---------------|-------------------------------|---------------|---------------|--------------|
 * | catalogue     | pools, of one program or all  | Query         | V             | program/pool |
 * | load          | a pool and its terms          | Put; Transact | V             | program/pool |
 * | dispatch      | a pool; how it stands         | Get; Transact | V             | program/pool |
 * | load          | a code, once for ever         | Transact      | p#C#V:pool    | K#id         |
 * | load          | a free code                   | Transact      | p#C#V:pool    | F#day#id     |
 * | dispatch      | codes that expire first       | Query         | p#C#V:pool    | F#day#id     |
 * | dispatch      | an order takes its code, once | Transact      | V#C#reference | U            |
 * | dispatch      | the code of an order          | Get           | V#C#reference | U            |
 *
 * `id` is the keyed hash of the code, `day` its last one. A free code goes when it is taken, so
 * that an order costs the same however many went before; `K#id` stays, so that loading it again
 * adds nothing. An order lies by its reference alone: in whatever pool it asks next, it has its
 * code.
 */

export const poolsPartition = 'V';

export function poolKey(pool: PoolReference): ItemKey {
  return { pk: poolsPartition, sk: productOfPool(pool) };
}

export function poolPrefix(program: string): string {
  return `${program}/`;
}

/** The pool of a sort key. */
export function readPoolKey(sk: string): PoolReference {
  const pool = readPoolProduct(sk);
  invariant(pool !== undefined, 'A pool of vouchers lies under the names of its program and pool.');
  return pool;
}

export function voucherPartition({ program, pool }: PoolReference): string {
  return sealedPartition({ program, redemption: `V:${pool}` });
}

export function knownVoucherKey(pool: PoolReference, id: string): ItemKey {
  return { pk: voucherPartition(pool), sk: `K#${id}` };
}

/** Sorts after every date that a code can have. */
const undated = '9999-12-31';

export function freeVoucherKey(pool: PoolReference, id: string, expiresOn?: LocalDate): ItemKey {
  return { pk: voucherPartition(pool), sk: `F#${expiresOn ?? undated}#${id}` };
}

/** Free codes whose last day is this one or later; all of them without one. */
export function freeRange(usefulFrom = ''): { readonly from: string; readonly to: string } {
  return { from: `F#${usefulFrom}`, to: 'F$' };
}

export function voucherOrderKey(reference: string): ItemKey {
  return { pk: sealedPartition({ program: poolsPartition, redemption: reference }), sk: 'U' };
}
