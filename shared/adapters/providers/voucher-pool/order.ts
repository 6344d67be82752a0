import {
  firstUsefulDay,
  productOfPool,
  readPoolProduct,
  sealOfPoolKey,
  sealOfVoucher,
  stockOf,
} from '../../../domain/catalogue/voucher.ts';
import { fromSealable } from '../../../domain/redemption/delivered-reward.ts';
import type { Secret } from '../../../domain/secret.ts';
import type { AskedOrder, FindOutcome, OrderOutcome, PlaceOrder } from '../../../ports/provider.ts';
import type { Clock, Logger } from '../../../ports/runtime.ts';
import type { Sealer } from '../../../ports/sealing.ts';
import type {
  TakenVoucher,
  TakeOutcome,
  VoucherOrder,
  VoucherPool,
  VoucherStore,
} from '../../../ports/vouchers.ts';
import { isRefusedAccess } from './access-refusal.ts';
import { keyedHash } from './keyed-hash.ts';
import { refusalOf, textOfOrder } from './request.ts';

export interface PoolParts {
  readonly vouchers: VoucherStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function unknown(detail: string) {
  return { kind: 'unknown', detail } as const;
}

function rejected<Reason extends 'permanent' | 'retrySameKey' | 'configuration' | 'waitForFunds'>(
  reason: Reason,
  detail: string,
) {
  return { kind: 'rejected', reason, detail } as const;
}

const retired = rejected('permanent', 'VOUCHER_RETIRED');

/** Takes a code, or gives the one that the reference has. Throws for nothing. */
export async function placeOrder(
  parts: PoolParts,
  order: PlaceOrder,
  product: string,
): Promise<OrderOutcome> {
  const prepared = await prepare(parts, order, product);
  if (prepared.kind !== 'ready') return prepared;
  const { pool, request } = prepared;
  const { vouchers, clock } = parts;
  const takenAt = clock.now();
  const { reference, value } = order;
  let outcome: TakeOutcome;
  try {
    const usefulFrom = firstUsefulDay(takenAt);
    outcome = await vouchers.take({ pool, reference, value, request, takenAt, usefulFrom });
  } catch {
    return unknown('CONNECTION_LOST');
  }
  if (outcome.kind === 'empty') {
    await noteStock(parts, pool, 0);
    return rejected('waitForFunds', 'POOL_EMPTY');
  }
  if (outcome.kind === 'taken') await noteStock(parts, pool, outcome.left);
  return answer(parts, outcome.order, { order, request });
}

type Prepared =
  | { readonly kind: 'ready'; readonly pool: VoucherPool; readonly request: string }
  | OrderOutcome;

/** Everything that can be said before a code is touched; the key of the pool is tried as well. */
async function prepare(parts: PoolParts, order: PlaceOrder, product: string): Promise<Prepared> {
  const { vouchers } = parts;
  let existing: VoucherOrder | undefined;
  let pool: VoucherPool | undefined;
  try {
    existing = await vouchers.order(order.reference);
    pool = await poolOf(vouchers, product);
  } catch (error) {
    if (isRefusedAccess(error)) return rejected('configuration', 'ACCESS_REFUSED');
    return rejected('retrySameKey', 'STORE_UNREADABLE');
  }
  if (existing?.kind === 'retired') return retired;
  if (existing !== undefined && productOfPool(existing) !== product) {
    return unknown('REFERENCE_CONFLICT');
  }
  if (pool === undefined) return rejected('permanent', 'PRODUCT_UNKNOWN');
  let request: string;
  try {
    request = keyedHash.of(await openKey(parts, pool), textOfOrder(order));
  } catch (error) {
    if (existing !== undefined) return unknown('VOUCHER_UNOPENED');
    if (isRefusedAccess(error)) return rejected('configuration', 'KEY_REFUSED');
    return rejected('retrySameKey', 'KEY_UNAVAILABLE');
  }
  if (existing !== undefined) return answer(parts, existing, { order, request });
  const refusal = refusalOf(pool, order);
  return refusal === undefined ? { kind: 'ready', pool, request } : rejected('permanent', refusal);
}

async function poolOf(vouchers: VoucherStore, product: string): Promise<VoucherPool | undefined> {
  const pool = readPoolProduct(product);
  return pool && vouchers.pool(pool);
}

function openKey({ sealer }: PoolParts, pool: VoucherPool): Promise<Secret> {
  return sealer.open(sealOfPoolKey(pool), pool.sealedKey);
}

/** What is there under the reference is handed out only if it is what was asked for. */
async function answer(
  parts: PoolParts,
  taken: VoucherOrder,
  { order, request }: { readonly order: PlaceOrder; readonly request: string },
): Promise<OrderOutcome> {
  if (taken.kind === 'retired') return retired;
  const isSame = isAsked(taken, order.reference, order) && taken.request === request;
  return isSame ? delivered(parts, taken) : unknown('REFERENCE_CONFLICT');
}

function isAsked(
  taken: TakenVoucher,
  reference: string,
  { value, products }: Pick<AskedOrder, 'value' | 'products'>,
): boolean {
  const { amountMinor, currency } = taken.value;
  const isSameValue = amountMinor === value.amountMinor && currency === value.currency;
  return isSameValue && taken.reference === reference && products.includes(productOfPool(taken));
}

/** What became of a reference. Throws for nothing. */
export async function findOrder(
  parts: PoolParts,
  reference: string,
  asked: AskedOrder,
): Promise<FindOutcome> {
  let order: VoucherOrder | undefined;
  try {
    order = await parts.vouchers.order(reference);
  } catch {
    return unknown('STORE_UNREADABLE');
  }
  if (order === undefined) return { kind: 'notFound' };
  if (order.kind === 'retired') return retired;
  return isAsked(order, reference, asked) ? delivered(parts, order) : unknown('CONTRADICTION');
}

/** The code is gone from the pool whether it opens or not: no other one is given instead. */
async function delivered({ sealer }: PoolParts, order: TakenVoucher): Promise<OrderOutcome> {
  try {
    const opened = await sealer.open(sealOfVoucher(order, order.id), order.sealed);
    const reward = fromSealable('code', opened);
    return { kind: 'accepted', providerOrder: order.id, final: true, reward };
  } catch {
    return unknown('VOUCHER_UNOPENED');
  }
}

/**
 * Tells once when the pool gets low, and each time that it is left or found empty. The order stands
 * whatever comes of it: a note that is lost is made by the next one.
 */
async function noteStock(parts: PoolParts, pool: VoucherPool, left: number): Promise<void> {
  const stock = stockOf(left, pool.lowBelow);
  const isNews = stock !== pool.stock;
  if ((isNews && stock === 'low') || stock === 'empty') {
    const { program, pool: name } = pool;
    parts.logger.warn('VOUCHERS_LOW', { program, pool: name, state: stock });
  }
  if (!isNews) return;
  try {
    await parts.vouchers.noteStock(pool, stock);
  } catch {
    return;
  }
}
