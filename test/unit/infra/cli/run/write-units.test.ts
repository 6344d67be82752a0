import { expect, it } from 'vitest';
import { WriteUnits } from '../../../../../infra/cli/run/write-units.ts';

it('counts only redemptions whose hold it has seen', () => {
  const units = new WriteUnits();
  const add = (operation: string, subject: string, amount: number) =>
    units.add({ metric: 'writeUnits', operation, units: amount, count: 1, subject });
  add('redeem', 'whole', 4);
  add('dispatch', 'whole', 3);
  add('capture', 'whole', 4);
  add('dispatch', 'held-before', 3);
  add('capture', 'held-before', 4);
  add('release', 'let-go-before', 6);
  const figures = units.figures(
    new Map([
      ['whole', 'captured'],
      ['held-before', 'captured'],
      ['let-go-before', 'released'],
    ]),
  );
  expect(figures).toMatchObject({
    redeemCaptured: { mean: 11, max: 11 },
    redeemReleased: { mean: 0, max: 0 },
  });
});
