import * as z from 'zod';
import { exchange } from '../../shared/domain/program/schema/money.ts';
import { policy, program } from './paying.ts';
import type { World } from './world.ts';

/** Three points for two cents, whatever the wallet is in. */
export const terms = { unit: 'PTS', points: 3, amountMinor: 2, currency: 'EUR' };

/** The rails of a world that pays out, and one that pays points. */
export const railsWithPoints = [
  ...policy.rails,
  {
    ...{ id: 'points', kind: 'points', names: { en: 'Points' }, exchange: 'top-up' },
    minimumMinor: { EUR: 100, GBP: 100, USD: 100 },
  },
];

/** Gives a world that pays out the exchange that its rail of points names. */
export function offerPoints({ table }: World, change: object = {}): void {
  const [first] = table.programs.get(program) ?? [];
  if (first === undefined) throw new Error('There is a program.');
  const way = { id: 'top-up', direction: 'walletToPoints', ...terms, ...change };
  const exchanges = [z.parse(exchange, way)];
  table.programs.set(program, [{ ...first, program: { ...first.program, exchanges } }]);
}
