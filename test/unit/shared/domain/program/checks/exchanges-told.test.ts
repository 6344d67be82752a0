import { describe, expect, it } from 'vitest';
import { type Bends, toldOf } from './whole-program.ts';

const terms = { unit: 'PTS', points: 100, amountMinor: 50, currency: 'EUR' };
const back = { id: 'back', direction: 'walletToPoints', ...terms };
const bonus = { id: 'bonus', direction: 'pointsToWallet', ...terms, amountMinor: 51 };

const unfit: readonly (readonly [finding: string, bends: Bends])[] = [
  [
    '/exchanges/1: gives 101 PTS for 50, and `cash-out` gives 50 for 100: there and back would',
    { '/exchanges/-': { ...back, points: 101 } },
  ],
  [
    '/exchanges/1: gives 2 PTS for 1, and `bonus` gives 51 for 100: there and back would gain',
    { '/exchanges/1': { ...back, points: 2, amountMinor: 1 }, '/exchanges/2': bonus },
  ],
  [
    '/exchanges/1/currency: is USD, but `cash-out` turns PTS into EUR: there and back would gain',
    { '/exchanges/-': { ...back, currency: 'USD' }, '/currencies/-': 'USD' },
  ],
  [
    '/exchanges/1/rounding: is up, and PTS are exchanged both ways',
    { '/exchanges/-': { ...back, rounding: 'up' } },
  ],
  [
    '/exchanges/0/rounding: is halfUp, and PTS are exchanged both ways',
    { '/exchanges/-': back, '/exchanges/0/rounding': 'halfUp' },
  ],
];

describe('exchanges both ways', () => {
  it.each(unfit)('%s', (finding, bends) => {
    expect(toldOf(bends)).toContainEqual(expect.stringContaining(finding));
  });

  it('lets points be bought and sold at par, and sold alone by any rounding', () => {
    expect(toldOf({ '/exchanges/-': back })).toEqual([]);
    expect(toldOf({ '/exchanges/-': { ...back, points: 10, amountMinor: 9 } })).toEqual([]);
    expect(toldOf({ '/exchanges/0/rounding': 'up', '/exchanges/1': bonus })).toEqual([]);
  });
});

it('wants a wallet for what points become, whatever else is paid', () => {
  const bare = {
    '/earning/rules/2/award': { kind: 'fixed', unit: 'PTS', points: 5 },
    '/donations': undefined,
    '/units/EUR': undefined,
  };
  const inDollars = { '/money/wallets': ['USD'], '/money/otherwise': undefined };
  const told = (bends: Bends) =>
    toldOf({ ...bare, ...inDollars, ...bends }).filter((one) => /money: |exchanges/.test(one));
  const none = 'EUR, in which members have no balance';
  expect(told({})).toContainEqual(expect.stringContaining(`/exchanges/0/currency: is ${none}`));
  const kept = expect.stringContaining("/money: keeps money in EUR, the program's currency");
  expect(told({ '/money/walletCurrency': 'member' })).toContainEqual(kept);
  expect(told({ '/money/otherwise': 'USD' })).toEqual([]);
});
