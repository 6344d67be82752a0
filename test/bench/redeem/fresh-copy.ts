import { Secret } from '../../../shared/domain/secret.ts';

/**
 * A deep copy whose texts are new too: an engine remembers the hash of a text that it has seen, so
 * that marshalling the same object again would cost less than marshalling one that was just made.
 */
export function freshCopy(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value).toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Secret) return new Secret(Buffer.from(value.reveal()).toString());
  if (Array.isArray(value)) return value.map(freshCopy);
  if (value instanceof Set) return new Set([...value].map(freshCopy));
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [freshCopy(key), freshCopy(item)]));
  }
  const entries = Object.entries(value).map(([key, item]) => [key, freshCopy(item)] as const);
  return Object.fromEntries(entries);
}
