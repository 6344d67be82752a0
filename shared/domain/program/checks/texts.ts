import { isLanguageTag } from '../../language.ts';
import { isCurrency } from '../../money/currency.ts';
import type { Finding, Program } from '../schema.ts';
import { nearest } from '../suggest.ts';
import { findingAt, placesOf, placesOfAll } from './places.ts';

/** What members read, by language. */
const named = [
  'tiers/levels/*/names',
  'entitlements/*/names',
  'challenges/*/names',
  'checklists/*/names',
  'memberships/*/names',
  'earning/promotions/*/names',
  'donations/charities/*/names',
  'payouts/rails/*/names',
] as const;

/** Of the Unicode plural rules. */
const plurals = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/** Everything that members read has a name in every language of the program. */
export function textFindings(program: Program): Finding[] {
  const { languages } = program;
  const unknown = languages.flatMap((language, index) =>
    isLanguageTag(language)
      ? []
      : [findingAt(['languages', index], 'must be the tag of a language, such as en or pt-BR')],
  );
  const missing = placesOfAll(program, [...named, 'units/*/names']).flatMap(({ path, value }) =>
    languages
      .filter((language) => !Object.hasOwn(value as object, language))
      .map((language) => findingAt(path, missingName(language, Object.keys(value as object)))),
  );
  return [...unknown, ...missing, ...pluralFindings(program), ...unitFindings(program)];
}

function missingName(language: string, given: readonly string[]): string {
  const near = nearest(language, given);
  const hint = near === undefined ? '' : `; is \`${near}\` meant for it?`;
  return `has no name in \`${language}\`, a language of the program${hint}`;
}

function pluralFindings(program: Program): Finding[] {
  return placesOf(program, 'units/*/names/*').flatMap(({ path, value }) => {
    const forms = Object.keys(value as object);
    const unknown = forms
      .filter((form) => !plurals.some((plural) => plural === form))
      .map((form) => findingAt([...path, form], `must be one of ${plurals.join(', ')}`));
    if (forms.includes('other')) return unknown;
    const message = 'has no `other`, the form for numbers that have none of their own';
    return [...unknown, findingAt(path, message)];
  });
}

/** Every unit has one rule by which it expires; money does not expire unless it is said. */
function unitFindings({ units, expiry }: Program): Finding[] {
  const codes = Object.keys(units);
  if (codes.length === 0) {
    return [findingAt(['units'], 'must not be empty: its first unit is the primary one')];
  }
  const without = codes.filter(
    (code) => !isCurrency(code) && !expiry.some(({ unit }) => unit === code),
  );
  const twice = expiry.flatMap(({ unit }, index) => {
    const first = expiry.findIndex((other) => other.unit === unit);
    if (first === index) return [];
    return [findingAt(['expiry', index], `unit ${unit} has a rule already, /expiry/${first}`)];
  });
  const message = 'has no rule in `expiry`; add one, of kind `never` if its points do not expire';
  return [...without.map((code) => findingAt(['units', code], message)), ...twice];
}
