import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSealer } from '../../../../../shared/adapters/aws/sealer.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryVoucherStore } from '../../../../../shared/adapters/memory/voucher-store.ts';
import { keyedHash } from '../../../../../shared/adapters/providers/voucher-pool/keyed-hash.ts';
import {
  type BoughtVoucher,
  loadVouchers,
  noteStock,
  openPool,
  type PoolRequest,
  reportPools,
} from '../../../../../shared/app/catalogue/load-vouchers.ts';
import { sealOfVoucher } from '../../../../../shared/domain/catalogue/voucher.ts';
import { fromSealable } from '../../../../../shared/domain/redemption/delivered-reward.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import type { LocalDate } from '../../../../../shared/domain/time.ts';
import { seededRandomness } from '../../../../faults/seeded-randomness.ts';
import { fakeKms, movableClock } from '../../adapters/aws/fake-kms.ts';

const dayMs = 86_400_000;

const spa: PoolRequest = {
  ...{ program: 'shop', pool: 'spa-day', asked: {} },
  usual: {
    kind: 'experience',
    ...{ name: 'spa-day', currency: 'EUR', faceValueMinor: 0n, countries: [] },
    ...{ lowBelow: 2, costBasisPoints: 10_000 },
  },
};

function start() {
  const clock = movableClock();
  const sealer = createSealer({ client: fakeKms().client, keyArn: 'key', clock });
  const { vouchers: rows } = new MemoryTable();
  const vouchers = createMemoryVoucherStore({ vouchers: rows }, seededRandomness(1));
  return { clock, rows, loading: { vouchers, sealer, hash: keyedHash, clock } };
}

type Started = ReturnType<typeof start>;

async function opened({ loading }: Started, asked: PoolRequest['asked'] = {}) {
  const pool = await openPool(loading, { ...spa, asked });
  if (!pool.ok) throw new Error(pool.failure.field);
  return pool.value;
}

const bought = (code: string, more: Partial<BoughtVoucher> = {}): BoughtVoucher => ({
  ...{ code: new Secret(code), ...more },
});

describe('a pool', () => {
  it('is made as it is usual and asked for, with a key that stays', async () => {
    const stage = start();
    const first = await opened(stage, { name: 'A day at the spa' });
    expect(first).toMatchObject({ ...spa.usual, name: 'A day at the spa', loaded: 0 });
    const changed = await opened(stage, { countries: ['AT'], lowBelow: 9 });
    expect(changed).toEqual({ ...first, countries: ['AT'], lowBelow: 9 });
    expect(await opened(stage)).toEqual(changed);
  });

  it.each([
    ['kind', { kind: 'perk' }],
    ['currency', { currency: 'GBP' }],
    ['faceValueMinor', { faceValueMinor: 1n }],
  ] as const)('never changes its %s', async (field, change) => {
    const stage = start();
    const before = await opened(stage);
    const outcome = await openPool(stage.loading, {
      ...{ ...spa, asked: { ...change, lowBelow: 99 } },
    });
    expect(outcome).toEqual({ ok: false, failure: { code: 'POOL_DIFFERS', field } });
    expect(await opened(stage)).toEqual(before);
  });
});

describe('loading', () => {
  it('says of each code what became of it, also of one that comes twice', async () => {
    const stage = start();
    const pool = await opened(stage);
    const pin = { pin: new Secret('1') };
    const codes = [bought('A', pin), bought('B'), bought('A', pin), bought('A'), bought('B')];
    expect(await loadVouchers(stage.loading, pool, codes)).toEqual([
      ...(['added', 'added', 'known', 'conflict', 'known'] as const),
    ]);
    expect(await loadVouchers(stage.loading, pool, codes)).toEqual([
      ...(['known', 'known', 'known', 'conflict', 'known'] as const),
    ]);
    expect(await loadVouchers(stage.loading, pool, [])).toEqual([]);
  });

  it('keeps nothing that has expired, or does before tomorrow', async () => {
    const stage = start();
    const pool = await opened(stage);
    const days = ['2026-11-21', '2026-11-22', '2026-11-23'] as LocalDate[];
    const codes = days.map((expiresOn) => bought(`until ${expiresOn}`, { expiresOn }));
    const outcomes = await loadVouchers(stage.loading, pool, codes);
    expect(outcomes).toEqual(['expired', 'expired', 'added']);
    expect(stage.rows.free.get('shop/spa-day')?.size).toBe(1);
  });

  it('seals what belongs to a code, and shows nothing of it (P7)', async () => {
    const stage = start();
    const pool = await opened(stage);
    const expiresOn = '2027-12-31' as LocalDate;
    const canary = {
      ...{ pin: new Secret('CANARY-PIN'), website: new Secret('https://canary.test/'), expiresOn },
    };
    await loadVouchers(stage.loading, pool, [bought('CANARY-7H2K', canary)]);
    expect(inspect(stage.rows, { depth: 9 })).not.toMatch(/canary/i);
    const [free] = [...(stage.rows.free.get('shop/spa-day')?.values() ?? [])];
    if (free === undefined) throw new Error('The code is missing.');
    const { sealer } = stage.loading;
    const reward = fromSealable(
      'code',
      await sealer.open(sealOfVoucher(pool, free.id), free.sealed),
    );
    const texts = [reward.value, reward.pin, reward.website].map((it) => it?.reveal());
    expect(texts).toEqual(['CANARY-7H2K', 'CANARY-PIN', 'https://canary.test/']);
    expect(reward.expiresOn).toBe('2027-12-31');
    await expect(sealer.open(sealOfVoucher(pool, 'other'), free.sealed)).rejects.toThrow();
  });

  it('names a code otherwise in every pool', async () => {
    const stage = start();
    const pool = await opened(stage);
    await loadVouchers(stage.loading, pool, [bought('A')]);
    const other = await openPool(stage.loading, { ...spa, pool: 'other' });
    if (!other.ok) throw new Error('The pool is missing.');
    expect(await loadVouchers(stage.loading, other.value, [bought('A')])).toEqual(['added']);
    const ids = ['spa-day', 'other'].map((name) => [
      ...(stage.rows.known.get(`shop/${name}`)?.keys() ?? []),
    ]);
    expect(ids.flat()).toHaveLength(2);
    expect(new Set(ids.flat()).size).toBe(2);
  });
});

describe('how a pool stands', () => {
  it('is noted after a load, and again when codes have expired', async () => {
    const stage = start();
    const pool = await opened(stage);
    const expiresOn = '2026-11-30' as LocalDate;
    await loadVouchers(stage.loading, pool, [bought('A', { expiresOn }), bought('B')]);
    expect(await noteStock(stage.loading, pool)).toBe('plenty');
    expect((await opened(stage)).stock).toBe('plenty');
    stage.clock.pass(30 * dayMs);
    expect(await noteStock(stage.loading, pool)).toBe('low');
    const reports: unknown[] = [];
    for await (const { counts, stock } of reportPools(stage.loading))
      reports.push({ counts, stock });
    expect(reports).toEqual([{ counts: { free: 1, expired: 1, taken: 0 }, stock: 'low' }]);
  });

  it('is looked at again where codes came in between', async () => {
    const stage = start();
    const pool = await opened(stage);
    const { vouchers } = stage.loading;
    let isFirst = true;
    const busy = {
      ...vouchers,
      freeUpTo: async (...asked: Parameters<typeof vouchers.freeUpTo>) => {
        const free = await vouchers.freeUpTo(...asked);
        if (isFirst) await loadVouchers(stage.loading, pool, [bought('A'), bought('B')]);
        isFirst = false;
        return free + (free === 0 ? 1 : 0);
      },
    };
    expect(await noteStock({ ...stage.loading, vouchers: busy }, pool)).toBe('plenty');
  });
});
