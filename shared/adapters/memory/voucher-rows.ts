import type { NewVoucher, VoucherOrder, VoucherPool } from '../../ports/vouchers.ts';

/** Pools by product; of each, content of every code ever loaded and the free ones, by id. */
export class VoucherRows {
  readonly pools = new Map<string, VoucherPool>();
  readonly known = new Map<string, Map<string, string>>();
  readonly free = new Map<string, Map<string, NewVoucher>>();
  /** By reference. */
  readonly orders = new Map<string, VoucherOrder>();
}
