import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StatementView, viewStatement } from '../../../../../shared/app/members/statement.ts';
import { day, lot } from '../../../../support/points.ts';
import { createWorld, type World } from '../../../../support/world.ts';
import { bentProgram } from '../../domain/points/bent-program.ts';
import { put, putProfile } from '../../domain/points/wallet-world.ts';

const program = 'online-retail';
const wallets = ['EUR', 'GBP', 'HUF', 'JPY', 'ISK', 'BGN'];
const money = { walletCurrency: 'member', otherwise: 'EUR', wallets };
const perEuro = { GBP: '0.8639', HUF: '367.13', JPY: '184.91', USD: '1.1567' };

async function worldWith(languages = ['en', 'de']): Promise<World> {
  const world = createWorld(bentProgram({ money, languages, currencies: ['GBP'] }));
  await putRates(world, '2026-06-12', perEuro);
  await putRates(world, '2026-06-01', { ISK: '145.2' });
  return world;
}

async function putRates(world: World, date: string, rates: Record<string, string>): Promise<void> {
  const snapshot = { date: day(date), rates: new Map(Object.entries(rates)) };
  const { rates: store } = world.dependencies;
  const month = date.slice(0, 7) as Parameters<typeof store.readMonths>[1][number];
  const standing = (await store.readMonths('ecb', [month])).get(month);
  const snapshots = new Map([...(standing?.snapshots ?? []), [snapshot.date, snapshot]]);
  await store.writeMonths([{ source: 'ecb', month, version: standing?.version ?? 0, snapshots }]);
}

function putLots(world: World, amounts: Readonly<Record<string, bigint>>): void {
  for (const [unit, minor] of Object.entries(amounts)) {
    put(world, 'ann', unit, { lots: new Map([[lot('2027-01-01'), minor]]) });
  }
}

function reckonsIn(world: World, currency: string): void {
  putProfile(world, 'ann', { currency });
}

async function statement(world: World, language?: string): Promise<StatementView> {
  const asked = { program, member: 'ann', ...(language && { language }) };
  const view = await viewStatement(world.dependencies, asked);
  if (!view.ok) throw new Error(view.failure.code);
  return view.value;
}

describe('a statement', () => {
  it('shows wallets and points apart, with what waits and what is owed', async () => {
    const world = await worldWith();
    put(world, 'ann', 'GBP', {
      lots: new Map([[lot('2027-01-01'), 1_250n]]),
      vesting: new Map([
        [lot('2026-08-01'), 70n],
        [lot('2026-07-01'), 30n],
        [lot('2026-06-01'), 5n],
      ]),
      pending: 9n,
    });
    put(world, 'ann', 'HUF', { debt: 12_300n });
    put(world, 'ann', 'PTS', { lots: new Map([[lot('2027-01-01'), 40n]]), pending: 2n });
    const { wallets: shown, points, total } = await statement(world);
    expect(shown).toMatchObject([
      {
        currency: 'GBP',
        available: { amountMinor: '1255', text: '£12.55' },
        pending: [
          { vestOn: '2026-07-01', amountMinor: '30', text: '£0.30' },
          { vestOn: '2026-08-01', amountMinor: '70', text: '£0.70' },
          { amountMinor: '9', text: '£0.09' },
        ],
        debt: { amountMinor: '0' },
        rate: { rate: '1/1', asOf: '2026-06-15', source: 'identity', path: ['GBP'] },
      },
      {
        currency: 'HUF',
        available: { amountMinor: '-12300', text: '-HUF\u00a0123.00' },
        pending: [],
        debt: { amountMinor: '12300', text: 'HUF\u00a0123.00' },
        rate: { asOf: '2026-06-12', source: 'ecb', path: ['HUF', 'EUR', 'GBP'] },
      },
    ]);
    expect(points).toEqual([
      { unit: 'PTS', available: '40', pending: [{ points: '2' }], debt: '0' },
    ]);
    // 12.55 - 123 * 0.8639 / 367.13 = 12.2605...
    expect(total).toEqual({
      ...{ currency: 'GBP', amountMinor: '1226', text: '£12.26' },
      ...{ rounding: 'halfUp', complete: true, leftOut: [] },
    });
  });

  it('rounds the exact sum of all wallets once', async () => {
    const world = await worldWith();
    reckonsIn(world, 'JPY');
    const amount = fc.bigInt({ min: 0n, max: 10n ** 13n });
    const held = fc.record({ EUR: amount, GBP: amount, HUF: amount, BGN: amount });
    await fc.assert(
      fc.asyncProperty(held, async (amounts) => {
        putLots(world, amounts);
        const { total } = await statement(world);
        // In yen: cents of euro at 184.91, and others over the euro; all over one denominator.
        const inEuro = amounts.EUR * 8_639n * 36_713n * 195_583n;
        const inGbp = amounts.GBP * 10_000n * 36_713n * 195_583n;
        const inHuf = amounts.HUF * 100n * 8_639n * 195_583n;
        const inBgn = amounts.BGN * 100_000n * 8_639n * 36_713n;
        const numerator = (inEuro + inGbp + inHuf + inBgn) * 18_491n;
        const denominator = 8_639n * 36_713n * 195_583n * 100n * 100n;
        expect(BigInt(total.amountMinor)).toBe((2n * numerator + denominator) / (2n * denominator));
        expect(total).toMatchObject({ currency: 'JPY', complete: true });
      }),
      { seed: 44, numRuns: 100 },
    );
  });

  it('leaves out what has no fresh rate, and says so', async () => {
    const world = await worldWith();
    reckonsIn(world, 'USD');
    putLots(world, { EUR: 1_000n, ISK: 5_000n, KES: 100n });
    const { wallets: shown, total } = await statement(world);
    expect(shown.map(({ currency, refused }) => [currency, refused])).toEqual([
      ['EUR', undefined],
      ['ISK', 'RATE_STALE'],
      ['KES', 'RATE_STALE'],
    ]);
    expect(total).toMatchObject({ currency: 'USD', amountMinor: '1157', complete: false });
    expect(total.leftOut).toEqual(['ISK', 'KES']);
  });

  it('falls back where no rate leads to the currency of the member', async () => {
    const world = await worldWith();
    reckonsIn(world, 'ARS');
    putLots(world, { EUR: 1_000n, GBP: 8_639n });
    const { total } = await statement(world);
    expect(total).toMatchObject({ currency: 'EUR', amountMinor: '11000', complete: true });
  });

  it('knows the successor of a currency that is retired', async () => {
    const world = await worldWith();
    reckonsIn(world, 'HRK');
    putLots(world, { BGN: 195_583n });
    const { wallets: shown, total } = await statement(world);
    expect(total).toMatchObject({ currency: 'EUR', amountMinor: '100000' });
    expect(shown[0]?.rate).toMatchObject({ rate: '100000/195583', path: ['BGN', 'EUR'] });
  });

  it('speaks the language that is asked for, or the first one of the program', async () => {
    const world = await worldWith();
    putLots(world, { EUR: 123_450n });
    reckonsIn(world, 'EUR');
    const texts = await Promise.all(
      ['de', 'fr', undefined].map(
        async (language) => (await statement(world, language)).total.text,
      ),
    );
    expect(texts).toEqual(['1.234,50\u00a0€', '€1,234.50', '€1,234.50']);
  });

  it('is empty for who has nothing, and refused for a program that is not there', async () => {
    const world = await worldWith();
    const { wallets: shown, points, total } = await statement(world);
    expect([shown, points]).toEqual([
      [],
      [{ unit: 'PTS', available: '0', pending: [], debt: '0' }],
    ]);
    expect(total).toMatchObject({ currency: 'GBP', amountMinor: '0', complete: true });
    const elsewhere = await viewStatement(world.dependencies, { program: 'x', member: 'ann' });
    expect(elsewhere).toEqual({ ok: false, failure: { code: 'UNKNOWN_PROGRAM' } });
  });
});
