import { isCurrency } from '../../money/currency.ts';
import type { Award, EarningRule, PlainAward, Program } from '../schema.ts';

/** The award, or each of the options that members choose from. */
export function plainAwards(award: Award): readonly PlainAward[] {
  return award.kind === 'choice' ? Object.values(award.options) : [award];
}

/** Cashback: judged in the currency of the purchase, kept in another one if need be. */
export function isMoney({ kind, unit }: PlainAward): boolean {
  return kind === 'percentage' && (unit === 'purchaseCurrency' || isCurrency(unit));
}

/** What a rule may be judged in: for cashback that is each currency of the program. */
export function unitsOfRule({ currencies }: Program, { award }: EarningRule): ReadonlySet<string> {
  return new Set(
    plainAwards(award).flatMap((plain) => (isMoney(plain) ? currencies : [plain.unit])),
  );
}

/** The rules that something names; all of them where it names none. */
export function rulesNamed(
  { earning }: Program,
  { rules: names }: { readonly rules?: readonly string[] | undefined },
): readonly EarningRule[] {
  if (names === undefined) return earning.rules;
  return earning.rules.filter(({ id }) => names.includes(id));
}

/** What all of the rules together may be judged in. */
export function unitsOfRules(program: Program, rules: readonly EarningRule[]): Set<string> {
  return new Set(rules.flatMap((rule) => [...unitsOfRule(program, rule)]));
}
