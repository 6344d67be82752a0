import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf, type LocalDate } from '../../../../../shared/domain/time.ts';
import type { FindOutcome } from '../../../../../shared/ports/provider.ts';
import { AnswerLost, losingAnswers } from '../../../../faults/lost-answers.ts';
import { seededRandomness } from '../../../../faults/seeded-randomness.ts';
import { orderOf, poolDesk, reference, spa } from './voucher-desk.ts';

const dayMs = 86_400_000;

const asked = {
  value: orderOf().value,
  ...{ products: orderOf().products, since: instantOf(0) },
};

const codeOf = (outcome: FindOutcome): string =>
  outcome.kind === 'accepted' ? (outcome.reward?.value.reveal() ?? '(none)') : outcome.kind;

const failing = (name: string) => async () => {
  throw Object.assign(new Error('words'), { name });
};

describe('a voucher', () => {
  it('comes with its PIN, its website and its last day', async () => {
    const desk = poolDesk();
    const website = new Secret('https://spa.example.test/');
    const expiresOn = '2027-12-31' as LocalDate;
    await desk.load([{ code: new Secret('SPA-1'), pin: new Secret('0042'), website, expiresOn }]);
    const outcome = await desk.provider().placeOrder(orderOf());
    expect(outcome).toMatchObject({ kind: 'accepted', final: true, reward: { kind: 'code' } });
    if (outcome.kind !== 'accepted') return;
    const { value, pin, website: where, expiresOn: until } = outcome.reward ?? {};
    expect([value, pin, where].map((it) => it?.reveal())).toEqual([
      ...['SPA-1', '0042', 'https://spa.example.test/'],
    ]);
    expect(until).toBe('2027-12-31');
    expect(outcome.providerOrder).toMatch(/^[\w-]{32}$/);
  });

  it('that has expired is never handed out', async () => {
    const desk = poolDesk();
    await desk.load([{ code: new Secret('OLD'), expiresOn: '2026-11-24' as LocalDate }]);
    desk.clock.pass(2 * dayMs);
    const outcome = await desk.provider().placeOrder(orderOf());
    expect(outcome).toEqual({ kind: 'rejected', reason: 'waitForFunds', detail: 'POOL_EMPTY' });
    await desk.load(['NEW']);
    expect(codeOf(await desk.provider().placeOrder(orderOf()))).toBe('NEW');
  });

  it('that does not open is nobody else’s, and is not replaced', async () => {
    const desk = poolDesk();
    await desk.load(['A', 'B']);
    const { sealer } = desk.parts;
    const open: typeof sealer.open = (context, sealed) =>
      context.field === 'voucher'
        ? failing('KMSInternalException')()
        : sealer.open(context, sealed);
    const broken = desk.provider({ sealer: { ...sealer, open } });
    for (const outcome of [
      await broken.placeOrder(orderOf()),
      await broken.placeOrder(orderOf()),
      await broken.findOrder(reference, asked),
    ]) {
      expect(outcome).toEqual({ kind: 'unknown', detail: 'VOUCHER_UNOPENED' });
    }
    expect(desk.rows.free.get('shop/spa-day')?.size).toBe(1);
    const found = await desk.provider().findOrder(reference, asked);
    expect(codeOf(found)).toMatch(/^[AB]$/);
  });
});

describe('an order that the pool does not sell', () => {
  it.each([
    ['PRODUCT_UNKNOWN', { products: ['shop/none'] }],
    ['PRODUCT_UNKNOWN', { products: ['spa-day'] }],
    ['CURRENCY_NOT_OFFERED', { value: { amountMinor: 2_500n, currency: 'GBP' } }],
    ['VALUE_NOT_OFFERED', { value: { amountMinor: 2_501n, currency: 'EUR' } }],
    ['VALUE_NOT_OFFERED', { value: { amountMinor: 0n, currency: 'EUR' } }],
    ['COUNTRY_NOT_OFFERED', { country: 'PL' }],
  ] as const)('is refused for good: %s', async (detail, change) => {
    const desk = poolDesk();
    await desk.load(['A'], { faceValueMinor: 2_500n, countries: ['AT', 'DE'] });
    const right = orderOf({ value: { amountMinor: 2_500n, currency: 'EUR' } });
    const provider = desk.provider();
    const outcome = await provider.placeOrder({ ...right, ...change });
    expect(outcome).toEqual({ kind: 'rejected', reason: 'permanent', detail });
    expect(codeOf(await provider.placeOrder(right))).toBe('A');
  });
});

describe('the pool’s key', () => {
  it.each([
    ['AccessDeniedException', 'configuration', 'KEY_REFUSED'],
    ['SealBrokenError', 'configuration', 'KEY_REFUSED'],
    ['TimeoutError', 'retrySameKey', 'KEY_UNAVAILABLE'],
  ])('is tried before a code is touched: %s', async (name, reason, detail) => {
    const desk = poolDesk();
    await desk.load(['A']);
    const keyless = desk.provider({ sealer: { ...desk.parts.sealer, open: failing(name) } });
    expect(await keyless.placeOrder(orderOf())).toEqual({ kind: 'rejected', reason, detail });
    expect(desk.rows.free.get('shop/spa-day')?.size).toBe(1);
    await desk.provider().placeOrder(orderOf());
    const unopened = { kind: 'unknown', detail: 'VOUCHER_UNOPENED' };
    expect(await keyless.placeOrder(orderOf())).toEqual(unopened);
  });
});

describe('how a pool stands', () => {
  it('is told once when it gets low, and whenever it is found empty', async () => {
    const desk = poolDesk();
    await desk.load(['A', 'B', 'C', 'D', 'E']);
    const provider = desk.provider();
    for (let number = 1; number <= 7; number += 1) {
      await provider.placeOrder(orderOf({ reference: `r-${number}` }));
    }
    const low = (state: string) => ['VOUCHERS_LOW', { ...spa, state }];
    expect(desk.logged).toEqual([low('low'), low('empty'), low('empty'), low('empty')]);
    expect(await provider.product('shop/spa-day')).toMatchObject({ orderable: false });
    await desk.load(['F', 'G', 'H']);
    expect(await provider.product('shop/spa-day')).toMatchObject({ orderable: true });
  });

  it('may stay unnoted: the order stands', async () => {
    const desk = poolDesk();
    await desk.load(['A']);
    const vouchers = { ...desk.parts.vouchers, noteStock: failing('TimeoutError') };
    const provider = desk.provider({ vouchers });
    expect(codeOf(await provider.placeOrder(orderOf()))).toBe('A');
    expect(await provider.placeOrder(orderOf({ reference: 'r-2' }))).toMatchObject({
      detail: 'POOL_EMPTY',
    });
  });
});

describe('a retired reference', () => {
  const gone = { kind: 'rejected', reason: 'permanent', detail: 'VOUCHER_RETIRED' };

  it('has no code any more, and its code goes to nobody', async () => {
    const desk = poolDesk();
    await desk.load(['A']);
    const provider = desk.provider();
    await provider.placeOrder(orderOf());
    await desk.parts.vouchers.retire({ ...spa, reference, at: desk.clock.now() });
    expect(await provider.placeOrder(orderOf())).toEqual(gone);
    expect(await provider.findOrder(reference, asked)).toEqual(gone);
    const next = await provider.placeOrder(orderOf({ reference: 'r-2' }));
    expect(next).toMatchObject({ detail: 'POOL_EMPTY' });
  });

  it('never gets one, where it had none', async () => {
    const desk = poolDesk();
    await desk.load(['A']);
    await desk.parts.vouchers.retire({ ...spa, reference, at: desk.clock.now() });
    expect(await desk.provider().placeOrder(orderOf())).toEqual(gone);
    expect(desk.rows.free.get('shop/spa-day')?.size).toBe(1);
  });
});

describe('the catalogue', () => {
  it('has a product for each pool, of one program or all', async () => {
    const desk = poolDesk();
    await desk.load(['A'], { faceValueMinor: 2_500n, countries: ['AT'], costBasisPoints: 8_000 });
    await desk.load([], { kind: 'perk' }, { program: 'other', pool: 'coffee' });
    const listed = async (program?: string) => {
      const found: unknown[] = [];
      const settings = program === undefined ? {} : { program };
      for await (const product of desk.provider(settings).catalogue()) found.push(product);
      return found;
    };
    const spaDay = {
      ...{ provider: 'voucher-pool', product: 'shop/spa-day', name: 'A day at the spa' },
      ...{ brand: 'A day at the spa', kind: 'experience', currency: 'EUR', countries: ['AT'] },
      bands: [{ minimumMinor: 2_500n, maximumMinor: 2_500n }],
      ...{ languages: [], deliveryMinutes: 1, costBasisPoints: 8_000, orderable: true },
      program: 'shop',
    };
    expect(await listed('shop')).toEqual([spaDay]);
    const coffee = { product: 'other/coffee', bands: [], orderable: false };
    expect(await listed()).toEqual([expect.objectContaining(coffee), spaDay]);
    expect(await desk.provider({ program: 'shop' }).product('other/coffee')).toBeUndefined();
  });
});

describe('however answers get lost (P2)', () => {
  it('every order has one code or none, and every code one order', async () => {
    const seed = 20_261_124;
    const desk = poolDesk();
    const codes = Array.from({ length: 60 }, (_, index) => `CODE-${index}`);
    await desk.load(codes);
    const vouchers = losingAnswers(desk.parts.vouchers, seededRandomness(seed));
    const provider = desk.provider({ vouchers });
    const settle = async (number: number): Promise<string> => {
      const each = `r-${number}`;
      for (let tries = 0; tries < 100; tries += 1) {
        const placed = await provider.placeOrder(orderOf({ reference: each }));
        const found = placed.kind === 'unknown' ? await provider.findOrder(each, asked) : placed;
        if (found.kind === 'accepted') return codeOf(found);
        if (found.kind === 'rejected' && found.reason === 'waitForFunds') return '(empty)';
      }
      throw new AnswerLost('for good');
    };
    const numbers = Array.from({ length: 80 }, (_, index) => index);
    const given = await Promise.all(numbers.map(settle));
    const delivered = given.filter((code) => code !== '(empty)');
    expect(delivered.toSorted(), `seed ${seed}`).toEqual(codes.toSorted());
    expect(await Promise.all(numbers.map(settle))).toEqual(given);
  });
});
