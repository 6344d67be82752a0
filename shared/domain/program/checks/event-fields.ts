/** Fields of an event that hold one value. */
export const plainFields: readonly string[] = [
  'id',
  'source',
  'type',
  'member',
  'participant',
  'occurredAt',
  'amountMinor',
  'currency',
  'country',
];

/** What stands in the parts of an event that are no values, where it is known. */
export const fieldsBelow: ReadonlyMap<string, readonly string[]> = new Map([
  ['lines', ['sku', 'quantity', 'amountMinor', 'category']],
  ['refersTo', ['source', 'id']],
]);

/** The part of free form. */
export const freeField = 'data';

export const topFields: readonly string[] = [...plainFields, ...fieldsBelow.keys(), freeField];
