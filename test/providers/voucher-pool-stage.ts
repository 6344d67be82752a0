import { createSealer } from '../../shared/adapters/aws/sealer.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemoryVoucherStore } from '../../shared/adapters/memory/voucher-store.ts';
import { keyedHash } from '../../shared/adapters/providers/voucher-pool/keyed-hash.ts';
import { createVoucherPool } from '../../shared/adapters/providers/voucher-pool.ts';
import {
  loadVouchers,
  noteStock,
  openPool,
  type PoolRequest,
  type VoucherLoading,
} from '../../shared/app/catalogue/load-vouchers.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { fakeKms, movableClock } from '../unit/shared/adapters/aws/fake-kms.ts';
import type { Stage, StandInOrder, Trouble } from './certification/stage.ts';
import { failing, troubledSealer, troubledStore } from './voucher-pool-troubles.ts';

const program = 'certified';
const currencies = ['GBP', 'EUR', 'USD', 'JPY', 'BHD', 'KWD', 'PLN'];
const codesInEach = 30;

function noWebhooks(): never {
  throw new Error('A pool of vouchers sends no webhooks.');
}

export async function voucherPoolStage(): Promise<Stage> {
  const clock = movableClock();
  const { client } = fakeKms();
  const sealer = createSealer({ client, keyArn: 'canary key', clock });
  const { vouchers: rows } = new MemoryTable();
  const vouchers = createMemoryVoucherStore({ vouchers: rows }, seededRandomness(1));
  const codes = await fill({ vouchers, sealer, hash: keyedHash, clock });
  let trouble: Trouble = 'none';
  const now = () => trouble;
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const parts = {
    ...{ program, clock, logger },
    vouchers: troubledStore(vouchers, now),
    sealer: troubledSealer(sealer, now),
  };
  const taken = () => [...rows.orders.values()].filter((order) => order.kind === 'taken');
  return {
    provider: createVoucherPool(parts),
    hasty: createVoucherPool({ ...parts, timeoutMs: 40 }),
    mistaken: createVoucherPool({
      ...parts,
      vouchers: failing(vouchers, 'AccessDeniedException'),
      sealer: failing(sealer, 'AccessDeniedException'),
    }),
    unreachable: createVoucherPool({ ...parts, vouchers: failing(vouchers, 'NetworkingError') }),
    productIn: (currency) => `${program}/in-${currency.toLowerCase()}`,
    secrets: ['canary'],
    setTrouble: (next) => {
      trouble = next;
    },
    orders: () =>
      taken().map(({ reference, value, id }): StandInOrder => {
        return { reference, ...value, email: '', rewards: [codes.get(id) ?? '(none)'] };
      }),
    rewardsIssued: () => taken().length,
    decide: () => undefined,
    undo: (reference) => {
      const pool = { program, pool: 'in-gbp' };
      void vouchers.retire({ ...pool, reference, at: clock.now() });
    },
    pass: clock.pass,
    now: () => clock.now(),
    webhook: noWebhooks,
    forgedWebhook: noWebhooks,
    productsSold: currencies.length,
    balance: () => ({ amountMinor: 0n, currency: 'GBP' }),
    close: async () => undefined,
  };
}

/** Loads a pool for each currency; the codes by their ids. */
async function fill(loading: VoucherLoading): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  for (const currency of currencies) {
    const settings: PoolRequest['usual'] = {
      kind: 'eGiftCard',
      ...{ name: `Voucher in ${currency}`, currency, faceValueMinor: 0n },
      ...{ countries: [], lowBelow: 5, costBasisPoints: 10_000 },
    };
    const pool = `in-${currency.toLowerCase()}`;
    const opened = await openPool(loading, { program, pool, asked: {}, usual: settings });
    if (!opened.ok) throw new Error('The pool could not be opened.');
    const texts = Array.from({ length: codesInEach }, (_, index) => `CANARY-${currency}-${index}`);
    await loadVouchers(
      loading,
      opened.value,
      texts.map((text) => ({
        ...{ code: new Secret(text), pin: new Secret(`canary pin ${text}`) },
        website: new Secret('https://canary.example.test/spa'),
      })),
    );
    await noteStock(loading, opened.value);
    const context = { program, redemption: pool, field: 'voucherKey' } as const;
    const key = await loading.sealer.open(context, opened.value.sealedKey);
    for (const text of texts) codes.set(loading.hash.of(key, text), text);
  }
  return codes;
}
