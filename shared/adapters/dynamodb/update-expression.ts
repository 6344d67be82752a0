import type { AttributeValue, Update } from '@aws-sdk/client-dynamodb';
import { invariant } from '../../domain/result.ts';
import { type Fields, type Image, toImage } from './attributes.ts';
import { wordFor } from './condition.ts';

/** What an update does to attributes, each of which stands in one part only. */
export interface Changes {
  /** Added to what is there, so that independent additions commute; absent counts as zero. */
  readonly add: ReadonlyMap<string, bigint>;
  readonly set: ReadonlyMap<string, string | bigint>;
  readonly remove: readonly string[];
}

export function changesNothing({ add, set, remove }: Changes): boolean {
  return add.size + set.size + remove.length === 0;
}

interface Expression {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Fields;
}

export function updateExpression({ add, set, remove }: Changes): Expression {
  const all = [...add.keys(), ...set.keys(), ...remove];
  invariant(new Set(all).size === all.length, 'An update changes an attribute twice.');
  const word = (attribute: string): string => wordFor(attribute);
  const added = [...add.keys()].map((name) => `#${word(name)} :add_${word(name)}`);
  const replaced = [...set.keys()].map((name) => `#${word(name)} = :set_${word(name)}`);
  const clauses = [
    ...(added.length === 0 ? [] : [`ADD ${added.join(', ')}`]),
    ...(replaced.length === 0 ? [] : [`SET ${replaced.join(', ')}`]),
    ...(remove.length === 0 ? [] : [`REMOVE ${remove.map((name) => `#${word(name)}`).join(', ')}`]),
  ];
  return {
    expression: clauses.join(' '),
    names: Object.fromEntries(all.map((name) => [`#${word(name)}`, name])),
    values: Object.fromEntries([
      ...[...add].map(([name, amount]) => [`:add_${word(name)}`, amount] as const),
      ...[...set].map(([name, value]) => [`:set_${word(name)}`, value] as const),
    ]),
  };
}

/**
 * The item after an update that `updateExpression` wrote, on the item `before` as far as it is
 * known. Any other expression would be taken wrong, so it is refused.
 */
export function updated(before: Image | undefined, update: Update): Image {
  const after: Image = { ...update.Key, ...before };
  for (const { verb, attribute, value } of stepsOf(update)) {
    if (verb === 'REMOVE') delete after[attribute];
    else if (verb === 'SET') after[attribute] = value;
    else {
      const sum = BigInt(after[attribute]?.N ?? '0') + BigInt(value.N ?? '0');
      after[attribute] = { N: sum.toString() };
    }
  }
  return after;
}

type Step =
  | { readonly verb: 'REMOVE'; readonly attribute: string; readonly value?: never }
  | { readonly verb: 'ADD' | 'SET'; readonly attribute: string; readonly value: AttributeValue };

const clause = /(ADD|SET|REMOVE) ([^A-Z].*?)(?= (?:ADD|SET|REMOVE) |$)/g;
const term = /^#(\w+)(?: (?:= )?(:\w+))?$/;

function stepsOf(update: Update): Step[] {
  const { UpdateExpression = '', ExpressionAttributeNames: names = {} } = update;
  const values = update.ExpressionAttributeValues ?? toImage({});
  const clauses = [...UpdateExpression.matchAll(clause)];
  const isWhole = clauses.map(([whole]) => whole).join(' ') === UpdateExpression;
  invariant(isWhole && clauses.length > 0, 'An update is of the form that this table writes.');
  return clauses.flatMap(([, verb, terms = '']) =>
    terms.split(', ').map((text): Step => {
      const [, word, placeholder = ''] = term.exec(text) ?? [];
      const attribute = names[`#${word}`];
      invariant(attribute !== undefined, 'An update names its attributes.');
      if (verb === 'REMOVE') return { verb, attribute };
      const value = values[placeholder];
      invariant(value !== undefined, 'An update has a value for each attribute.');
      return { verb: verb === 'ADD' ? 'ADD' : 'SET', attribute, value };
    }),
  );
}
