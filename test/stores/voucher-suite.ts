import { beforeEach, expect, it } from 'vitest';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';
import type {
  NewPool,
  NewVoucher,
  TakeOutcome,
  VoucherPool,
  VoucherStore,
} from '../../shared/ports/vouchers.ts';

const day = (text: string) => text as LocalDate;
const today = day('2026-11-23');
const takenAt = instantOf(Date.parse('2026-11-22T10:00:00Z'));
const value = { amountMinor: 1_250n, currency: 'GBP' };

export const spa: NewPool = {
  ...{ program: 'shop', pool: 'spa-day', name: 'A day at the spa', kind: 'experience' },
  ...{ currency: 'GBP', faceValueMinor: 0n, countries: ['GB', 'IE'], lowBelow: 3 },
  ...{ costBasisPoints: 8_000, sealedKey: 'sealed key' },
};

const voucher = (id: string, expiresOn?: string): NewVoucher => ({
  ...{ id, content: `all of ${id}`, sealed: `sealed ${id}` },
  ...(expiresOn !== undefined && { expiresOn: day(expiresOn) }),
});

const manyVouchers = (count: number): NewVoucher[] =>
  Array.from({ length: count }, (_, index) => voucher(`code-${String(index).padStart(3, '0')}`));

const referenceOf = (number: number) =>
  `11111111-2222-8333-8444-5555555${String(number).padStart(3, '0')}01`;

interface Desk {
  readonly store: VoucherStore;
  pool(): Promise<VoucherPool>;
  take(number: number): Promise<TakeOutcome>;
}

async function deskOf(open: () => Promise<VoucherStore>): Promise<Desk> {
  const store = await open();
  await store.createPool(spa);
  const pool = async (): Promise<VoucherPool> => {
    const found = await store.pool(spa);
    if (found === undefined) throw new Error('The pool is missing.');
    return found;
  };
  return {
    ...{ store, pool },
    async take(number) {
      const asked = { reference: referenceOf(number), value, request: 'hash' };
      return store.take({ pool: await pool(), ...asked, takenAt, usefulFrom: today });
    },
  };
}

function takenId(outcome: TakeOutcome): string {
  if (outcome.kind === 'empty' || outcome.order.kind === 'retired') return '(none)';
  return outcome.order.id;
}

/** What every store of vouchers has to keep to. */
export function voucherSuite(open: () => Promise<VoucherStore>): void {
  let desk: Desk;
  beforeEach(async () => {
    desk = await deskOf(open);
  });
  for (const cases of [poolCases, loadCases, takeCases, stockCases]) cases(() => desk);
}

function poolCases(desk: () => Desk): void {
  it('keeps the first pool of a name, and changes its terms', async () => {
    const { store, pool } = desk();
    expect(await store.createPool({ ...spa, sealedKey: 'another' })).toBe('exists');
    expect(await pool()).toEqual({ ...spa, loaded: 0, stock: 'empty' });
    const terms = { name: 'Spa', countries: [], lowBelow: 50, costBasisPoints: 10_000 };
    await store.changePool(spa, terms);
    expect(await pool()).toEqual({ ...spa, ...terms, loaded: 0, stock: 'empty' });
    expect(await store.pool({ ...spa, program: 'sho' })).toBeUndefined();
    await expect(store.changePool({ program: 'shop', pool: 'none' }, terms)).rejects.toThrow();
    expect(await store.pool({ program: 'shop', pool: 'none' })).toBeUndefined();
  });

  it('lists pools by program and name', async () => {
    const { store } = desk();
    for (const [program, name] of [
      ['shop-two', 'coffee'],
      ['shop', 'coffee'],
    ] as const) {
      await store.createPool({ ...spa, program, pool: name });
    }
    const listed = async (program?: string) => {
      const names: string[] = [];
      for await (const it of store.pools(program)) names.push(`${it.program}/${it.pool}`);
      return names;
    };
    expect(await listed('shop')).toEqual(['shop/coffee', 'shop/spa-day']);
    expect(await listed()).toEqual(['shop-two/coffee', 'shop/coffee', 'shop/spa-day']);
    expect(await listed('sho')).toEqual([]);
  });

  it('retires a reference, with its code or before it has one', async () => {
    const { store, pool, take } = desk();
    await store.add(spa, manyVouchers(2));
    const retired = (number: number) => ({
      ...spaName,
      kind: 'retired',
      reference: referenceOf(number),
    });
    const spaName = { program: 'shop', pool: 'spa-day' };
    await take(1);
    for (const number of [1, 2, 1]) {
      await store.retire({ ...spaName, reference: referenceOf(number), at: takenAt });
    }
    for (const number of [1, 2]) {
      expect(await store.order(referenceOf(number))).toEqual(retired(number));
      expect(await take(number)).toEqual({ kind: 'existing', order: retired(number) });
    }
    expect(await store.counts(await pool(), today)).toEqual({ free: 1, expired: 0, taken: 1 });
  });

  it('notes how a pool stands, unless codes came in between', async () => {
    const { store, pool } = desk();
    const read = await pool();
    expect(await store.noteStock(read, 'low')).toBe('noted');
    expect((await pool()).stock).toBe('low');
    await store.add(spa, [voucher('a')]);
    expect(await store.noteStock(read, 'empty')).toBe('stale');
    expect((await pool()).stock).toBe('low');
    expect(await store.noteStock(await pool(), 'plenty')).toBe('noted');
    expect((await pool()).stock).toBe('plenty');
  });
}

function loadCases(desk: () => Desk): void {
  it('adds a code once, whatever became of it', async () => {
    const { store, pool, take } = desk();
    expect(await store.add(spa, [voucher('a'), voucher('b')])).toEqual(['added', 'added']);
    await take(1);
    await take(2);
    const other = { ...voucher('b'), content: 'another PIN', sealed: 'other' };
    expect(await store.add(spa, [voucher('a'), other, voucher('c')])).toEqual([
      ...(['known', 'conflict', 'added'] as const),
    ]);
    expect(await store.counts(await pool(), today)).toEqual({ free: 1, expired: 0, taken: 2 });
    expect(takenId(await take(3))).toBe('c');
    expect(await take(4)).toEqual({ kind: 'empty' });
  });

  it('adds more codes than one write takes, some of them known', async () => {
    const { store, pool } = desk();
    const codes = manyVouchers(130);
    await store.add(spa, codes.slice(20, 90));
    const outcomes = await store.add(spa, codes);
    expect(outcomes.filter((it) => it === 'added')).toHaveLength(60);
    expect(outcomes.slice(20, 90)).toEqual(Array(70).fill('known'));
    expect((await pool()).loaded).toBe(130);
    expect(await store.counts(await pool(), today)).toEqual({ free: 130, expired: 0, taken: 0 });
    expect(await store.freeUpTo(spa, today, 40)).toBe(40);
  });

  it('adds nothing to a pool that is not there', async () => {
    const { store } = desk();
    const none = { program: 'shop', pool: 'none' };
    await expect(store.add(none, [voucher('a')])).rejects.toThrow('no such pool');
  });
}

function takeCases(desk: () => Desk): void {
  it('gives a reference one code for ever', async () => {
    const { store, take } = desk();
    await store.add(spa, manyVouchers(5));
    const first = await take(1);
    expect(first).toMatchObject({ kind: 'taken', order: { value, request: 'hash', takenAt } });
    const again = await take(1);
    expect(again).toEqual({ kind: 'existing', order: 'order' in first ? first.order : undefined });
    expect(await store.order(referenceOf(1))).toEqual('order' in first ? first.order : undefined);
    const coffee = { ...spa, pool: 'coffee' };
    await store.createPool(coffee);
    await store.add(coffee, [voucher('other')]);
    const asked = { reference: referenceOf(1), value, request: 'other' };
    const otherPool = { ...coffee, loaded: 1, stock: 'plenty' } as const;
    expect(await store.take({ pool: otherPool, ...asked, takenAt, usefulFrom: today })).toEqual(
      again,
    );
    expect(await store.order(referenceOf(2))).toBeUndefined();
  });

  it('gives every order another code, however they come together', async () => {
    const { store, pool, take } = desk();
    await store.add(spa, manyVouchers(12));
    const numbers = Array.from({ length: 15 }, (_, index) => index);
    const outcomes = await Promise.all(numbers.map((number) => take(number)));
    const ids = outcomes.map(takenId).filter((id) => id !== '(none)');
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
    expect(outcomes.filter(({ kind }) => kind === 'empty')).toHaveLength(3);
    expect(await store.counts(await pool(), today)).toEqual({ free: 0, expired: 0, taken: 12 });
  });

  it('gives one code to a reference that asks eight times at once', async () => {
    const { store, pool, take } = desk();
    await store.add(spa, manyVouchers(10));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => take(1)));
    expect(new Set(outcomes.map(takenId)).size).toBe(1);
    expect((await store.counts(await pool(), today)).free).toBe(9);
  });
}

function stockCases(desk: () => Desk): void {
  it('hands out what expires first, and never what has expired', async () => {
    const { store, pool, take } = desk();
    await store.add(spa, [
      ...[voucher('undated'), voucher('later', '2027-01-31'), voucher('gone', '2026-11-22')],
      ...[voucher('last', '2026-11-23')],
    ]);
    // All of these three are candidates: the order among them is chance.
    const ids = [await take(1), await take(2), await take(3)].map(takenId);
    expect(new Set(ids)).toEqual(new Set(['last', 'later', 'undated']));
    expect(await take(4)).toEqual({ kind: 'empty' });
    expect(await store.counts(await pool(), today)).toEqual({ free: 0, expired: 1, taken: 3 });
    await store.add(spa, [
      ...manyVouchers(30).map((it) => ({ ...it, expiresOn: day('2027-01-01') })),
      voucher('patient'),
    ]);
    const soon = await Promise.all([5, 6, 7, 8, 9].map((number) => take(number)));
    for (const id of ['gone', 'patient']) expect(soon.map(takenId)).not.toContain(id);
    expect(takenId(await take(5))).toBe(takenId(soon[0] ?? { kind: 'empty' }));
    expect(await store.freeUpTo(spa, day('2027-01-02'), 100)).toBe(1);
  });

  it('tells how many are left, as far as it matters', async () => {
    const { store, take } = desk();
    await store.add(spa, manyVouchers(5));
    const left: unknown[] = [];
    for (let number = 0; number < 6; number += 1) {
      const outcome = await take(number);
      left.push(outcome.kind === 'taken' ? outcome.left : outcome.kind);
    }
    expect(left).toEqual([3, 3, 2, 1, 0, 'empty']);
  });
}
