import { isCurrency } from '../money/currency.ts';
import { plainAwards } from './checks/units-of.ts';
import type { Program } from './schema.ts';

const known = new WeakMap<Program, boolean>();

/** Whether anything of a program converts between currencies, so that rates must be read for it. */
export function needsRates(program: Program): boolean {
  const kept = known.get(program);
  if (kept !== undefined) return kept;
  const needed = asksForRates(program);
  known.set(program, needed);
  return needed;
}

function asksForRates({ money, exchanges, earning, metrics, currencies }: Program): boolean {
  if (money.walletCurrency !== 'purchase' || exchanges.length > 0) return true;
  if (metrics.some(({ amountIn }) => amountIn === 'programCurrency')) return true;
  return earning.rules
    .flatMap(({ award }) => plainAwards(award))
    .some((award) => {
      if (award.kind === 'perAmount') return award.amountIn === 'programCurrency';
      if (award.kind !== 'percentage' || !isCurrency(award.unit)) return false;
      return currencies.some((currency) => currency !== award.unit);
    });
}
