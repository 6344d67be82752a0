import type { Language } from '../../domain/message/language.ts';
import { formatMoney } from '../../domain/money/format.ts';
import type { Money } from '../../domain/money/money.ts';

/** A reward by name, with its face value where it has one. */
export function describeReward(
  language: Language,
  { name, value }: { readonly name: string; readonly value: Money },
): string {
  return value.amountMinor === 0n ? name : `${name}, ${formatMoney(language, value)}`;
}
