import { isCurrency } from '../money/currency.ts';
import type { Rail } from '../payout/policy.ts';
import { isMoney, plainAwards } from './checks/units-of.ts';
import { type Program, unitsOf } from './schema.ts';

const known = new WeakMap<Program, boolean>();

/** Whether anything of a program converts between currencies, so that there must be rates. */
export function needsRates(program: Program): boolean {
  return booksByRates(program) || convertsPayouts(program);
}

/** Whether what is booked of events and commands may convert: a payout reads rates of its own. */
export function booksByRates(program: Program): boolean {
  const kept = known.get(program);
  if (kept !== undefined) return kept;
  const needed = asksForRates(program);
  known.set(program, needed);
  return needed;
}

function asksForRates(program: Program): boolean {
  const { exchanges, earning, metrics } = program;
  if (exchanges.length > 0 || convertsCashback(program)) return true;
  if (metrics.some(({ amountIn }) => amountIn === 'programCurrency')) return true;
  return earning.rules
    .flatMap(({ award }) => plainAwards(award))
    .some((award) => award.kind === 'perAmount' && award.amountIn === 'programCurrency');
}

/** Whether a wallet may be paid out in another one; gifts stay, and exchanges need rates anyway. */
function convertsPayouts(program: Program): boolean {
  const wallets = unitsOf(program).filter(isCurrency);
  const converts = ({ kind }: Rail) => kind !== 'donation' && kind !== 'points';
  const rails = program.payouts?.rails.filter(converts) ?? [];
  const paid = rails.flatMap(({ minimumMinor }) => Object.keys(minimumMinor));
  return paid.some((currency) => wallets.some((wallet) => wallet !== currency));
}

/** Whether cashback of some purchase may be kept in another currency than that of the purchase. */
export function convertsCashback(program: Program): boolean {
  const { money, earning, currencies } = program;
  const units = unitsOf(program);
  const isKept = (currency: string, unit: string) =>
    unit === 'purchaseCurrency'
      ? money.walletCurrency === 'purchase' && units.includes(currency)
      : currency === unit;
  return earning.rules
    .flatMap(({ award }) => plainAwards(award))
    .some((award) => isMoney(award) && !currencies.every((one) => isKept(one, award.unit)));
}
