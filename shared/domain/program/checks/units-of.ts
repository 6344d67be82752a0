import type { Award, EarningRule, PlainAward, Program } from '../schema.ts';

/** The award, or each of the options that members choose from. */
export function plainAwards(award: Award): readonly PlainAward[] {
  return award.kind === 'choice' ? Object.values(award.options) : [award];
}

/** What a rule may pay in; `purchaseCurrency` stands for each currency of the program. */
export function unitsOfRule({ currencies }: Program, { award }: EarningRule): ReadonlySet<string> {
  return new Set(
    plainAwards(award).flatMap(({ unit }) => (unit === 'purchaseCurrency' ? currencies : [unit])),
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

/** What all of the rules together may pay in. */
export function unitsOfRules(program: Program, rules: readonly EarningRule[]): Set<string> {
  return new Set(rules.flatMap((rule) => [...unitsOfRule(program, rule)]));
}
