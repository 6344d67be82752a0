import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { RateBook } from '../../../../../shared/domain/rates/rate-book.ts';
import { balanceOf, day, filledLots } from '../../../../support/points.ts';
import { MemberWorld, noon } from './member-world.ts';

const rates = new RateBook('ecb', [
  {
    date: day('2026-02-27'),
    rates: new Map([
      ['GBP', '0.8'],
      ['USD', '1.1'],
    ]),
  },
  { date: day('2026-02-10'), rates: new Map([['ISK', '145.2']]) },
]);
const terms = { unit: 'PTS', points: 100, amountMinor: 75, currency: 'EUR' };
const exchanges = [
  { id: 'cash', direction: 'pointsToWallet', ...terms, minimum: 200 },
  { id: 'back', direction: 'walletToPoints', ...terms, minimum: 10 },
];
const money = { walletCurrency: 'member', otherwise: 'EUR', wallets: ['EUR', 'GBP', 'ISK', 'USD'] };
const members = { kinds: ['person'], secondPersonAbove: 0, reasons: ['correction'] };

function worldWith(currency: string | undefined, parts: Record<string, unknown> = {}): MemberWorld {
  const world = new MemberWorld({ money, exchanges, members, ...parts });
  world.rates = rates;
  world.send('member.enrolled', 'ann', { kind: 'person', ...(currency && { currency }) });
  return world;
}

function has(world: MemberWorld, unit: string): bigint {
  return available(world.balance('ann', unit), day('2026-03-01'));
}

const cash = { exchange: 'cash', amount: '1234' };

describe('points to a wallet', () => {
  it('give what the program says, rounded in its currency, then down into the wallet', () => {
    const world = worldWith('GBP');
    const lots = balanceOf({ '2026-05-01': 1000n, '2027-01-01': 500n });
    world.putBalance('ann', 'PTS', lots);
    expect(world.told('wallet.exchanged', 'ann', cash)).toBe('done');
    // 1234 points are 925.5 cents: 925, and 740 pence at 0.8.
    expect(has(world, 'GBP')).toBe(740n);
    expect(filledLots(world.balance('ann'))).toEqual([['270101', 266n]]);
    const decision = world.decisions.at(-1);
    expect(decision).toMatchObject({ kind: 'exchange', explanation: { rule: 'cash' } });
    expect(decision?.explanation.inputs).toEqual({
      ...{ from: 'PTS', amount: '1234', to: 'GBP', gives: '740' },
      'EUR-GBP': '9.25 EUR*4/5=7.40 GBP down, ecb 2026-02-27',
    });
  });

  it('need no rate where the wallet is in the currency of the exchange', () => {
    const world = worldWith('EUR');
    world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': 1234n }));
    expect(world.told('wallet.exchanged', 'ann', cash)).toBe('done');
    expect(has(world, 'EUR')).toBe(925n);
    const kinds = world.decisions.at(-1)?.movements.map(({ kind }) => kind);
    expect(kinds).toEqual(['take', 'credit']);
  });

  it.each([
    [undefined, 'GBP'],
    ['USD', 'USD'],
    ['ISK', 'EUR'],
    ['JPY', 'EUR'],
  ])('of a member who reckons in %s go to the wallet in %s', (currency, unit) => {
    const world = worldWith(currency);
    world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': 1234n }));
    expect(world.told('wallet.exchanged', 'ann', cash)).toBe('done');
    expect(has(world, unit)).toBeGreaterThan(0n);
  });

  it.each([
    [{ exchange: 'gold' }, 'UNKNOWN_EXCHANGE data.exchange'],
    [{ amount: '199' }, 'BELOW_MINIMUM data.amount'],
    [{ amount: '1501' }, 'INSUFFICIENT_POINTS data.amount'],
    [{ amount: '0' }, 'FIELD_INVALID data.amount'],
    [{ amount: '-5' }, 'FIELD_INVALID data.amount'],
    [{ amount: '12.5' }, 'FIELD_INVALID data.amount'],
    [{ amount: 200 }, 'FIELD_INVALID data.amount'],
    [{ wallet: 'XAU' }, 'UNKNOWN_CURRENCY data.wallet'],
    [{ wallet: 'HRK' }, 'CURRENCY_RETIRED data.wallet'],
    [{ wallet: 'JPY' }, 'UNKNOWN_UNIT data.wallet'],
    [{ wallet: 'ISK' }, 'RATE_STALE data.wallet'],
    [{ purse: 'EUR' }, 'UNKNOWN_FIELD data.purse'],
  ])('with %j are refused whole', (parts, refused) => {
    const world = worldWith('EUR');
    world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': 1500n }));
    expect(world.told('wallet.exchanged', 'ann', { ...cash, ...parts })).toBe(refused);
    expect(has(world, 'PTS')).toBe(1500n);
  });

  it('are refused where members can hold nothing of what they would give', () => {
    const world = worldWith(undefined, { money: { wallets: ['USD'] }, currencies: ['EUR'] });
    world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': 1500n }));
    expect(world.told('wallet.exchanged', 'ann', cash)).toBe('UNKNOWN_UNIT data.wallet');
    expect(world.told('wallet.exchanged', 'ann', { ...cash, wallet: 'USD' })).toBe('done');
  });

  it('take nothing that is owed, pending or expired', () => {
    const world = worldWith('EUR');
    const rest = { debt: 400n, pending: 900n };
    world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': 600n, '2026-02-01': 900n }, rest));
    expect(world.told('wallet.exchanged', 'ann', { ...cash, amount: '201' })).toBe(
      'INSUFFICIENT_POINTS data.amount',
    );
  });
});

describe('a wallet to points', () => {
  const back = { exchange: 'back', amount: '740' };

  it('goes the same way the other way round', () => {
    const world = worldWith('GBP');
    world.putBalance('ann', 'GBP', balanceOf({ '2027-01-01': 741n }));
    expect(world.told('wallet.exchanged', 'ann', back)).toBe('done');
    expect([has(world, 'GBP'), has(world, 'PTS')]).toEqual([1n, 1233n]);
  });

  it.each([
    [{ amount: '742' }, 'INSUFFICIENT_BALANCE data.amount'],
    [{ amount: '7' }, 'BELOW_MINIMUM data.amount'],
  ])('with %j is refused', (parts, refused) => {
    const world = worldWith('GBP');
    world.putBalance('ann', 'GBP', balanceOf({ '2027-01-01': 741n }));
    expect(world.told('wallet.exchanged', 'ann', { ...back, ...parts })).toBe(refused);
  });

  it('there and back loses what the roundings say, and never gains', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 200n, max: 10n ** 12n }), (points) => {
        const world = worldWith('GBP');
        world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': points }));
        world.send('wallet.exchanged', 'ann', { exchange: 'cash', amount: `${points}` });
        const pence = has(world, 'GBP');
        expect(has(world, 'PTS')).toBe(0n);
        world.send('wallet.exchanged', 'ann', { exchange: 'back', amount: `${pence}` });
        expect(has(world, 'GBP')).toBe(0n);
        // Less than a cent, than a penny of 1.25 cents, and than a cent again; a cent is 4/3
        // points, and the last rounding takes less than a point.
        const difference = has(world, 'PTS') - points;
        expect(difference * 3n).toBeGreaterThan(-(13n + 3n));
        expect(difference).toBeLessThanOrEqual(0n);
      }),
      { seed: 43, numRuns: 200 },
    );
  });

  it('is decided by the rates of now, whatever the command says of its time', () => {
    const world = worldWith('GBP');
    world.putBalance('ann', 'PTS', balanceOf({ '2027-01-01': 1500n }));
    const late = { at: noon, now: '2026-03-20T12:00:00Z' };
    expect(world.told('wallet.exchanged', 'ann', { ...cash, wallet: 'GBP' }, late)).toBe(
      'RATE_STALE data.wallet',
    );
  });
});
