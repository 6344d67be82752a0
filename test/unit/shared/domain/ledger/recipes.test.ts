import { describe, expect, it } from 'vitest';
import { assertBalanced, sumByUnit } from '../../../../../shared/domain/ledger/entry.ts';
import {
  captureLegs,
  holdLegs,
  releaseLegs,
  reversedLegs,
} from '../../../../../shared/domain/ledger/recipes.ts';
import { applyLegs, available } from '../../../../../shared/domain/points/balance.ts';
import { balanceOf, day, filledLots, lot, owner } from '../../../../support/points.ts';
import { told } from '../points/movements.ts';

const today = day('2026-06-15');

describe('an entry', () => {
  const legs = [
    { account: { kind: 'issued' }, unit: 'PTS', amount: -5n },
    { account: { kind: 'held' }, unit: 'PTS', amount: 5n },
    { account: { kind: 'rewardCost' }, unit: 'EUR', amount: 1n },
  ] as const;

  it('is summed by unit and must balance in each', () => {
    expect([...sumByUnit(legs)]).toEqual([
      ['PTS', 0n],
      ['EUR', 1n],
    ]);
    expect(() => assertBalanced(legs)).toThrow('Legs leave 1 EUR over');
    expect(() => assertBalanced(legs.slice(0, 2))).not.toThrow();
  });
});

describe('a redemption', () => {
  const balance = balanceOf({ '2026-07-01': 400n, '2027-01-01': 300n });
  const hold = holdLegs(balance, { ...owner, points: 500n }, today) ?? [];
  const held = applyLegs(balance, hold, owner);

  it('holds what is there, to the last point', () => {
    expect(told(hold)).toEqual(['lot 260701 -400 PTS', 'lot 270101 -100 PTS', 'held 500 PTS']);
    expect(holdLegs(balance, { ...owner, points: 700n }, today)).toBeDefined();
    expect(holdLegs(balance, { ...owner, points: 701n }, today)).toBeUndefined();
    expect(holdLegs({ ...balance, debt: 201n }, { ...owner, points: 500n }, today)).toBeUndefined();
    expect(holdLegs(balance, { ...owner, points: 500n }, day('2026-07-01'))).toBeUndefined();
  });

  it('needs what has vested to be posted first', () => {
    const unswept = { ...balance, vesting: new Map([[lot('2026-06-10'), 50n]]) };
    expect(available(unswept, today)).toBe(750n);
    expect(() => holdLegs(unswept, { ...owner, points: 750n }, today)).toThrow('posted before');
    expect(holdLegs(unswept, { ...owner, points: 700n }, today)).toBeDefined();
  });

  it('captured: spends the points and owes the provider', () => {
    const reward = { provider: 'tremendous', currency: 'EUR', amountMinor: 500n };
    const legs = captureLegs(hold, reward);
    expect(told(legs)).toEqual([
      'held -500 PTS',
      'redeemed 500 PTS',
      'rewardCost 500 EUR',
      'providerPayable -500 EUR',
    ]);
    expect(() => assertBalanced(legs)).not.toThrow();
    expect(filledLots(applyLegs(held, legs, owner))).toEqual(filledLots(held));
  });

  it('released: puts every point back where it was', () => {
    const release = { balance: held, member: 'ann', today, graceLot: lot('2026-07-16') };
    expect(filledLots(applyLegs(held, releaseLegs(hold, release), owner))).toEqual(
      filledLots(balance),
    );
  });

  it('released after a lot has gone: gives its points another month', () => {
    const muchLater = day('2026-07-01');
    const release = { balance: held, member: 'ann', today: muchLater, graceLot: lot('2026-08-01') };
    const after = applyLegs(held, releaseLegs(hold, release), owner);
    expect(filledLots(after)).toEqual([
      ['260801', 400n],
      ['270101', 300n],
    ]);
    expect(available(after, muchLater)).toBe(700n);
  });

  it('released to a member who owes: pays the debt first', () => {
    const indebted = { ...held, debt: 420n };
    const release = { balance: indebted, member: 'ann', today, graceLot: lot('2026-07-16') };
    const legs = releaseLegs(hold, release);
    expect(told(legs)).toEqual([
      'held -500 PTS',
      'debt 400 PTS',
      'debt 20 PTS',
      'lot 270101 80 PTS',
    ]);
  });

  it('has a held leg, unless somebody else pays for it', () => {
    const reward = { provider: 'tremendous', currency: 'EUR', amountMinor: 1n };
    const owed = ['rewardCost 1 EUR', 'providerPayable -1 EUR'];
    expect(told(captureLegs([], reward))).toEqual(owed);
    const none = { balance, member: owner.member, today, graceLot: lot('2026-08-01') };
    expect(releaseLegs([], none)).toEqual([]);
    const headless = hold.filter(({ account }) => account.kind === 'lot');
    expect(() => captureLegs(headless, reward)).toThrow('held account');
  });

  it('captured at no cost owes nobody, and undone is as it was before', () => {
    const free = { provider: 'tremendous', currency: 'EUR', amountMinor: 0n };
    expect(told(captureLegs(hold, free))).toEqual(['held -500 PTS', 'redeemed 500 PTS']);
    const legs = captureLegs(hold, { ...free, amountMinor: 475n });
    expect(told(reversedLegs(legs))).toEqual([
      'held 500 PTS',
      'redeemed -500 PTS',
      'rewardCost -475 EUR',
      'providerPayable 475 EUR',
    ]);
    expect(() => assertBalanced(reversedLegs(legs))).not.toThrow();
  });
});
