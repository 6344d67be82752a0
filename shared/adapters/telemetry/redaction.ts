export const mask = '[redacted]';

/** Longer texts are cut: no field of ours needs more. */
const maximumLength = 256;

/** An address has an @ between characters; so has nothing that we log. */
const addressPattern = /[^\s@]@[^\s@]/;

/** Links can be rewards or claim links. */
const linkPattern = /[a-z][a-z0-9+.-]*:\/\//i;

/** A run that is too long for a UUID and mixes cases: a token, a key, a signature. */
const longRunPattern = /[A-Za-z0-9_+/=-]{40,}/g;

/**
 * Whether a value may stand in a log line: a boolean, a number, or a text that holds no address,
 * link or token. A gift-card code has no form to know it by: it is kept out by its type (Secret)
 * and by the list of fields.
 */
export function isLoggable(value: unknown): value is string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  if (typeof value !== 'string') return false;
  if (addressPattern.test(value) || linkPattern.test(value)) return false;
  return !(value.match(longRunPattern) ?? []).some((run) => /[a-z]/.test(run) && /[A-Z]/.test(run));
}

export function cut(value: string | number | boolean): string | number | boolean {
  return typeof value === 'string' ? value.slice(0, maximumLength) : value;
}
