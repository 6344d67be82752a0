import { invariant } from '../../domain/result.ts';
import type { Field, Fields } from './attributes.ts';

/** A part of a condition expression with the attributes and values it names. */
export interface Condition {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Fields;
}

export const itemAbsent: Condition = {
  ...{ expression: 'attribute_not_exists(pk)', names: {}, values: {} },
};
export const itemPresent: Condition = {
  ...{ expression: 'attribute_exists(pk)', names: {}, values: {} },
};

/**
 * A word for an attribute that an expression can hold: keys of figures have dots, which would be
 * paths there, and may happen to be reserved words.
 */
export function wordFor(attribute: string): string {
  invariant(/^[A-Za-z0-9.]+$/.test(attribute), 'An attribute is letters, digits and dots.');
  return attribute.replaceAll('.', '_');
}

function named(attribute: string): { readonly name: string; readonly names: Condition['names'] } {
  const name = `#${wordFor(attribute)}`;
  return { name, names: { [name]: attribute } };
}

function compared(
  attribute: string,
  comparison: ['is' | 'min' | 'max' | 'before', string],
  value: Field,
): Condition {
  const [prefix, sign] = comparison;
  const { name, names } = named(attribute);
  const placeholder = `:${prefix}_${wordFor(attribute)}`;
  return { expression: `${name} ${sign} ${placeholder}`, names, values: { [placeholder]: value } };
}

export function attributeAbsent(attribute: string): Condition {
  const { name, names } = named(attribute);
  return { expression: `attribute_not_exists(${name})`, names, values: {} };
}

export function isExactly(attribute: string, value: Field): Condition {
  return compared(attribute, ['is', '='], value);
}

/** Numbers that are absent count as zero. */
export function amountIs(attribute: string, amount: bigint): Condition {
  const exact = isExactly(attribute, amount);
  return amount === 0n ? absentOr(attribute, exact) : exact;
}

export function amountIsAtLeast(attribute: string, amount: bigint): Condition {
  return compared(attribute, ['min', '>='], amount);
}

/** Amounts are never below zero, so that nothing is below a limit that is. */
export function amountIsAtMost(attribute: string, amount: bigint): Condition {
  const most = compared(attribute, ['max', '<='], amount);
  return amount < 0n ? most : absentOr(attribute, most);
}

export function absentOrBefore(attribute: string, value: Field): Condition {
  return absentOr(attribute, compared(attribute, ['before', '<'], value));
}

export function absentOrAtMost(attribute: string, value: string): Condition {
  return absentOr(attribute, compared(attribute, ['max', '<='], value));
}

/** `null`: there must be none. */
export function textIs(attribute: string, value: string | null): Condition {
  return value === null ? attributeAbsent(attribute) : isExactly(attribute, value);
}

function absentOr(attribute: string, other: Condition): Condition {
  const { expression } = attributeAbsent(attribute);
  return { ...other, expression: `(${expression} OR ${other.expression})` };
}

export function allOf(conditions: readonly Condition[]): Condition {
  return {
    expression: conditions.map(({ expression }) => expression).join(' AND '),
    names: Object.assign({}, ...conditions.map(({ names }) => names)),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  };
}
