import type { Field, Fields } from './attributes.ts';

/** A part of a condition expression with the values it names. */
export interface Condition {
  readonly expression: string;
  readonly values: Fields;
}

export const itemAbsent: Condition = { expression: 'attribute_not_exists(pk)', values: {} };
export const itemPresent: Condition = { expression: 'attribute_exists(pk)', values: {} };

/** None of the table's attributes that stand in conditions is a reserved word of DynamoDB. */
export function isExactly(attribute: string, value: Field): Condition {
  const name = `:is_${attribute}`;
  return { expression: `${attribute} = ${name}`, values: { [name]: value } };
}

/** Numbers that are absent count as zero. */
export function amountIs(attribute: string, amount: bigint): Condition {
  const { expression, values } = isExactly(attribute, amount);
  if (amount !== 0n) return { expression, values };
  return { expression: `(attribute_not_exists(${attribute}) OR ${expression})`, values };
}

export function amountIsAtLeast(attribute: string, amount: bigint): Condition {
  const name = `:min_${attribute}`;
  return { expression: `${attribute} >= ${name}`, values: { [name]: amount } };
}

export function absentOrBefore(attribute: string, value: string): Condition {
  const name = `:before_${attribute}`;
  return {
    expression: `(attribute_not_exists(${attribute}) OR ${attribute} < ${name})`,
    values: { [name]: value },
  };
}

export function allOf(conditions: readonly Condition[]): Condition {
  return {
    expression: conditions.map(({ expression }) => expression).join(' AND '),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  };
}
