import {
  firstUsefulDay,
  type PoolReference,
  type Stock,
  sealOfPoolKey,
  sealOfVoucher,
  stockOf,
} from '../../domain/catalogue/voucher.ts';
import { toSealable } from '../../domain/redemption/delivered-reward.ts';
import { failure, invariant, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type {
  AddedVoucher,
  KeyedHash,
  NewPool,
  NewVoucher,
  PoolCounts,
  VoucherPool,
  VoucherStore,
} from '../../ports/vouchers.ts';

export interface VoucherKeeping {
  readonly vouchers: VoucherStore;
  /** It says which codes have expired. */
  readonly clock: Clock;
}

export interface VoucherLoading extends VoucherKeeping {
  readonly sealer: Sealer;
  readonly hash: KeyedHash;
}

type PoolSettings = Omit<NewPool, keyof PoolReference | 'sealedKey'>;

export interface PoolRequest extends PoolReference {
  /** What is asked for; the rest stays as it is. */
  readonly asked: Partial<PoolSettings>;
  /** For what is not asked for of a new pool. */
  readonly usual: PoolSettings;
}

export interface PoolDiffers {
  readonly code: 'POOL_DIFFERS';
  readonly field: 'kind' | 'currency' | 'faceValueMinor';
}

const fixedFields = ['kind', 'currency', 'faceValueMinor'] as const;

/**
 * The pool as it is asked for: made, or its terms changed. What its codes are worth is never
 * changed, for they were loaded as that.
 */
export async function openPool(
  { vouchers, sealer, hash }: VoucherLoading,
  { program, pool, asked, usual }: PoolRequest,
): Promise<Result<VoucherPool, PoolDiffers>> {
  const reference = { program, pool };
  if ((await vouchers.pool(reference)) === undefined) {
    const sealedKey = await sealer.seal(sealOfPoolKey(reference), hash.newKey());
    await vouchers.createPool({ ...usual, ...asked, ...reference, sealedKey });
  }
  const stands = await requirePool(vouchers, reference);
  const field = fixedFields.find((it) => asked[it] !== undefined && asked[it] !== stands[it]);
  if (field !== undefined) return failure({ code: 'POOL_DIFFERS', field });
  if (Object.keys(asked).length === 0) return success(stands);
  await vouchers.changePool(reference, { ...stands, ...asked });
  return success(await requirePool(vouchers, reference));
}

async function requirePool(vouchers: VoucherStore, pool: PoolReference): Promise<VoucherPool> {
  const found = await vouchers.pool(pool);
  invariant(found !== undefined, 'There is no such pool of vouchers.');
  return found;
}

/** A code as it was bought. */
export interface BoughtVoucher {
  readonly code: Secret;
  readonly pin?: Secret;
  readonly website?: Secret;
  readonly expiresOn?: LocalDate;
}

/** `expired`: of no use any more, and not kept. */
export type LoadedVoucher = AddedVoucher | 'expired';

/** Seals codes and keeps them; says of each in its order what became of it. */
export async function loadVouchers(
  { vouchers, sealer, hash, clock }: VoucherLoading,
  pool: VoucherPool,
  bought: readonly BoughtVoucher[],
): Promise<readonly LoadedVoucher[]> {
  const key = await sealer.open(sealOfPoolKey(pool), pool.sealedKey);
  const usefulFrom = firstUsefulDay(clock.now());
  const prepared = await Promise.all(
    bought.map(async (one): Promise<NewVoucher | 'expired'> => {
      if (one.expiresOn !== undefined && one.expiresOn < usefulFrom) return 'expired';
      const { code, ...rest } = one;
      const whole = toSealable({ kind: 'code', value: code, ...rest });
      const id = hash.of(key, code.reveal());
      const sealed = await sealer.seal(sealOfVoucher(pool, id), whole);
      const dated = one.expiresOn === undefined ? {} : { expiresOn: one.expiresOn };
      return { id, content: hash.of(key, whole.reveal()), sealed, ...dated };
    }),
  );
  const outcomes = await addAll(
    vouchers,
    pool,
    prepared.filter((one) => one !== 'expired'),
  );
  return prepared.map((one) => (one === 'expired' ? one : (outcomes.get(one) ?? 'known')));
}

/** The second of two equal codes comes after the first, and is judged against it. */
async function addAll(
  vouchers: VoucherStore,
  pool: PoolReference,
  all: readonly NewVoucher[],
): Promise<ReadonlyMap<NewVoucher, AddedVoucher>> {
  const outcomes = new Map<NewVoucher, AddedVoucher>();
  for (let left = all; left.length > 0; left = left.filter((one) => !outcomes.has(one))) {
    const distinct = [...new Map(left.toReversed().map((one) => [one.id, one])).values()];
    const added = await vouchers.add(pool, distinct.toReversed());
    for (const [index, one] of distinct.toReversed().entries()) {
      outcomes.set(one, added[index] ?? 'known');
    }
  }
  return outcomes;
}

/** Notes how a pool stands after codes were loaded or have expired, and says it. */
export async function noteStock(
  { vouchers, clock }: VoucherKeeping,
  pool: PoolReference,
): Promise<Stock> {
  const usefulFrom = firstUsefulDay(clock.now());
  for (;;) {
    const read = await requirePool(vouchers, pool);
    const free = await vouchers.freeUpTo(read, usefulFrom, Math.max(read.lowBelow, 1));
    const stock = stockOf(free, read.lowBelow);
    if (stock === read.stock || (await vouchers.noteStock(read, stock)) === 'noted') return stock;
  }
}

export interface PoolReport {
  readonly pool: VoucherPool;
  readonly counts: PoolCounts;
  readonly stock: Stock;
}

/** Every pool, counted. */
export async function* reportPools({
  vouchers,
  clock,
}: VoucherKeeping): AsyncGenerator<PoolReport> {
  const usefulFrom = firstUsefulDay(clock.now());
  for await (const pool of vouchers.pools()) {
    const counts = await vouchers.counts(pool, usefulFrom);
    yield { pool, counts, stock: stockOf(counts.free, pool.lowBelow) };
  }
}
