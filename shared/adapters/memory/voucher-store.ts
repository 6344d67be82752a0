import { type PoolReference, productOfPool } from '../../domain/catalogue/voucher.ts';
import { invariant } from '../../domain/result.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { Randomness } from '../../ports/runtime.ts';
import type { NewVoucher, VoucherPool, VoucherStore } from '../../ports/vouchers.ts';
import type { MemoryTable } from './memory-table.ts';
import type { VoucherRows } from './voucher-rows.ts';

/** As many codes are looked at by one order. */
const candidatesSeen = 25;
const undated = '9999-12-31';

export function createMemoryVoucherStore(
  { vouchers: rows }: Pick<MemoryTable, 'vouchers'>,
  randomness: Randomness,
): VoucherStore {
  return { ...poolsIn(rows), ...codesIn(rows, randomness) };
}

type PoolCall = 'createPool' | 'changePool' | 'pool' | 'pools' | 'noteStock';

function poolsIn(rows: VoucherRows): Pick<VoucherStore, PoolCall> {
  return {
    async createPool(pool) {
      const key = productOfPool(pool);
      if (rows.pools.has(key)) return 'exists';
      rows.pools.set(key, { ...pool, loaded: 0, stock: 'empty' });
      rows.known.set(key, new Map());
      rows.free.set(key, new Map());
      return 'created';
    },

    async changePool(pool, { name, countries, lowBelow, costBasisPoints }) {
      changePool(rows, pool, { name, countries, lowBelow, costBasisPoints });
    },

    async pool(pool) {
      return rows.pools.get(productOfPool(pool));
    },

    async *pools(program) {
      const keys = [...rows.pools.keys()].sort();
      for (const key of keys) {
        const pool = rows.pools.get(key);
        if (pool && (program === undefined || pool.program === program)) yield pool;
      }
    },

    async noteStock(pool, stock) {
      if (requirePool(rows, pool).loaded !== pool.loaded) return 'stale';
      changePool(rows, pool, { stock });
      return 'noted';
    },
  };
}

function codesIn(rows: VoucherRows, randomness: Randomness): Omit<VoucherStore, PoolCall> {
  return {
    async add(pool, vouchers) {
      const { loaded } = requirePool(rows, pool);
      const known = rowsOf(rows.known, pool);
      const outcomes = vouchers.map(({ id, content }) => {
        const kept = known.get(id);
        if (kept === undefined) return 'added';
        return kept === content ? 'known' : 'conflict';
      });
      const added = vouchers.filter((_, index) => outcomes[index] === 'added');
      for (const voucher of added) {
        known.set(voucher.id, voucher.content);
        rowsOf(rows.free, pool).set(voucher.id, voucher);
      }
      changePool(rows, pool, { loaded: loaded + added.length });
      return outcomes;
    },

    async take({ pool, reference, value, request, takenAt, usefulFrom }) {
      const existing = rows.orders.get(reference);
      if (existing !== undefined) return { kind: 'existing', order: existing };
      const useful = usefulIn(rows, pool, usefulFrom);
      const candidates = useful.slice(0, candidatesSeen);
      const voucher = candidates[Math.floor(randomness.next() * candidates.length)];
      if (voucher === undefined) return { kind: 'empty' };
      const { id, sealed } = voucher;
      const { program, pool: name } = pool;
      const taken = { program, pool: name, reference, id, value, request, sealed, takenAt };
      const order = { kind: 'taken', ...taken } as const;
      rowsOf(rows.free, pool).delete(id);
      rows.orders.set(reference, order);
      return { kind: 'taken', order, left: Math.min(useful.length - 1, pool.lowBelow) };
    },

    async order(reference) {
      return rows.orders.get(reference);
    },

    async retire({ program, pool, reference }) {
      const { program: owner, pool: name } = rows.orders.get(reference) ?? { program, pool };
      rows.orders.set(reference, { kind: 'retired', program: owner, pool: name, reference });
    },

    async counts(pool, usefulFrom) {
      const { loaded } = requirePool(rows, pool);
      const all = rowsOf(rows.free, pool).size;
      const free = usefulIn(rows, pool, usefulFrom).length;
      return { free, expired: all - free, taken: loaded - all };
    },

    async freeUpTo(pool, usefulFrom, most) {
      return Math.min(usefulIn(rows, pool, usefulFrom).length, most);
    },
  };
}

function changePool(rows: VoucherRows, pool: PoolReference, changed: Partial<VoucherPool>): void {
  const stored = requirePool(rows, pool);
  rows.pools.set(productOfPool(pool), { ...stored, ...changed });
}

function requirePool({ pools }: VoucherRows, pool: PoolReference): VoucherPool {
  const stored = pools.get(productOfPool(pool));
  invariant(stored !== undefined, 'There is no such pool of vouchers.');
  return stored;
}

function rowsOf<Value>(
  rows: ReadonlyMap<string, Map<string, Value>>,
  pool: PoolReference,
): Map<string, Value> {
  const found = rows.get(productOfPool(pool));
  invariant(found !== undefined, 'There is no such pool of vouchers.');
  return found;
}

/** Those that expire first come first. */
function usefulIn(rows: VoucherRows, pool: PoolReference, usefulFrom: LocalDate): NewVoucher[] {
  const sortKey = ({ expiresOn, id }: NewVoucher) => `${expiresOn ?? undated}#${id}`;
  return [...rowsOf(rows.free, pool).values()]
    .filter(({ expiresOn = undated }) => expiresOn >= usefulFrom)
    .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}
