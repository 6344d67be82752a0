import { type Mapping, parseMapping } from '../../../../../shared/domain/import/mapping.ts';

/** The least that a mapping must say; tests spread it and add what they are about. */
export const minimalMapping = {
  source: 'shop',
  order: { column: 'Order' },
  member: { column: 'Member' },
  time: { column: 'At', format: 'yyyy-MM-dd HH:mm', zone: 'UTC' },
  amount: { factors: [{ column: 'Value' }] },
  currency: { constant: 'EUR' },
};

export function mappingWith(change: object): Mapping {
  const parsed = parseMapping({ ...minimalMapping, ...change });
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}
