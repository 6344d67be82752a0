import { addDays, type Instant, type LocalDate, localDateAt } from '../time.ts';
import type { RewardKind } from './product.ts';

/** What a code alone can give. */
export const voucherKinds = [
  'eGiftCard',
  'experience',
  'perk',
  'sweepstakeEntry',
] as const satisfies readonly RewardKind[];
export type VoucherKind = (typeof voucherKinds)[number];

/** How a pool stands: `low` is fewer than the pool wants to have. */
export type Stock = 'plenty' | 'low' | 'empty';

export interface PoolReference {
  readonly program: string;
  readonly pool: string;
}

const poolPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function isPoolName(text: string): boolean {
  return poolPattern.test(text);
}

/** A pool as the catalogue and orders name it. */
export function productOfPool({ program, pool }: PoolReference): string {
  return `${program}/${pool}`;
}

export function readPoolProduct(product: string): PoolReference | undefined {
  const [program, pool, ...rest] = product.split('/');
  if (program === undefined || pool === undefined || rest.length > 0) return undefined;
  return isPoolName(program) && isPoolName(pool) ? { program, pool } : undefined;
}

/**
 * A code is handed out if its last day is this one or later. Tomorrow in UTC ends nowhere before
 * ten o'clock UTC of that day (UTC+14), so that ten hours are left wherever the member is.
 */
export function firstUsefulDay(now: Instant): LocalDate {
  return addDays(localDateAt(now, 'UTC'), 1);
}

export function stockOf(free: number, lowBelow: number): Stock {
  if (free === 0) return 'empty';
  return free < lowBelow ? 'low' : 'plenty';
}

/**
 * Where a code is sealed, `id` being its own: moved to another place in the pool, it does not open.
 */
export function sealOfVoucher({ program, pool }: PoolReference, id: string) {
  return { program, redemption: `${pool}/${id}`, field: 'voucher' } as const;
}

/** Where the key that names the pool's codes is sealed. */
export function sealOfPoolKey({ program, pool }: PoolReference) {
  return { program, redemption: pool, field: 'voucherKey' } as const;
}
