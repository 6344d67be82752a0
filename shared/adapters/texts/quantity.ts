import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import { isCurrency } from '../../domain/money/currency.ts';
import { formatMoney } from '../../domain/money/format.ts';
import { formatCount, formatNumber, type PluralNames } from '../pages/language.ts';
import { say } from './say.ts';

/**
 * An amount of a unit: money, or points as the program calls them. Where it has no name in the
 * language, a program with one unit has points (`fallback` says it), another its own word.
 */
export function formatQuantity(
  language: Language,
  quantity: { readonly unit: string; readonly amount: bigint },
  words: { readonly units: Face['units']; readonly fallback: string },
): string {
  const { unit, amount } = quantity;
  const own = words.units[unit];
  const names = own?.names[language] ?? foreignNames(words.units, unit);
  if (names !== undefined) return formatCount(language, amount, names);
  if (own === undefined && isCurrency(unit)) {
    return formatMoney(language, { amountMinor: amount, currency: unit });
  }
  const digits = formatNumber(language, amount);
  // For the plural category alone.
  return say(language, words.fallback, { digits, count: Number(amount < 0n ? -amount : amount) });
}

function foreignNames(units: Face['units'], unit: string): PluralNames | undefined {
  if (Object.keys(units).length === 1) return undefined;
  return Object.values(units[unit]?.names ?? {})[0];
}
