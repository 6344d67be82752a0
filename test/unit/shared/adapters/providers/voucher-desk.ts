import { createSealer } from '../../../../../shared/adapters/aws/sealer.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryVoucherStore } from '../../../../../shared/adapters/memory/voucher-store.ts';
import { keyedHash } from '../../../../../shared/adapters/providers/voucher-pool/keyed-hash.ts';
import {
  createVoucherPool,
  type VoucherPoolSettings,
} from '../../../../../shared/adapters/providers/voucher-pool.ts';
import {
  type BoughtVoucher,
  loadVouchers,
  noteStock,
  openPool,
  type PoolRequest,
} from '../../../../../shared/app/catalogue/load-vouchers.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import type { PlaceOrder } from '../../../../../shared/ports/provider.ts';
import type { LogFields } from '../../../../../shared/ports/runtime.ts';
import { seededRandomness } from '../../../../faults/seeded-randomness.ts';
import { fakeKms, movableClock } from '../aws/fake-kms.ts';

export const spa = { program: 'shop', pool: 'spa-day' };

const usual: PoolRequest['usual'] = {
  kind: 'experience',
  ...{ name: 'A day at the spa', currency: 'EUR', faceValueMinor: 0n, countries: [] },
  ...{ lowBelow: 3, costBasisPoints: 10_000 },
};

/** A pool in memory with what is needed to load it and to order from it. */
export function poolDesk() {
  const clock = movableClock();
  const sealer = createSealer({ client: fakeKms().client, keyArn: 'key', clock });
  const { vouchers: rows } = new MemoryTable();
  const vouchers = createMemoryVoucherStore({ vouchers: rows }, seededRandomness(7));
  const logged: (readonly [code: string, fields: LogFields | undefined])[] = [];
  const log = (code: string, fields?: LogFields) => void logged.push([code, fields]);
  const parts = { vouchers, sealer, clock, logger: { info: log, warn: log, error: log } };
  const loading = { ...parts, hash: keyedHash };
  return {
    ...{ parts, rows, logged, clock },
    provider: (changed: Partial<VoucherPoolSettings> = {}) =>
      createVoucherPool({ ...parts, ...changed }),
    async load(
      codes: readonly (string | BoughtVoucher)[],
      asked: PoolRequest['asked'] = {},
      pool = spa,
    ): Promise<void> {
      const opened = await openPool(loading, { ...pool, asked, usual });
      if (!opened.ok) throw new Error(opened.failure.field);
      const bought = codes.map((code) =>
        typeof code === 'string' ? { code: new Secret(code) } : code,
      );
      await loadVouchers(loading, opened.value, bought);
      await noteStock(loading, opened.value);
    },
  };
}

export const reference = '11111111-2222-8333-8444-555555555501';

export function orderOf(change: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    ...{ reference, products: ['shop/spa-day'], kind: 'experience', country: 'AT' },
    ...{ value: { amountMinor: 5_000n, currency: 'EUR' }, language: 'de' },
    recipientEmail: 'member@example.test',
    ...change,
  };
}
