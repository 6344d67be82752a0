import { invariant } from '../../../domain/result.ts';
import { providerBase, requireKeyOfPlace } from '../provider-base.ts';

const places = {
  vendor: 'Runa',
  production: 'https://api.runa.io/v2',
  /** Runa calls it the playground. */
  sandbox: 'https://playground.runa.io/v2',
};
const prefixes = { production: 'wg', sandbox: 'XX' };
/** A prefix that names the environment, a dot, and the secret part. */
const keyPattern = /^[A-Za-z0-9_-]{2,60}\.[\x21-\x7e]{8,200}$/;

/**
 * The base without a slash at its end. Throws `InvariantError`, which never quotes the key, for a
 * base that is not Runa's or a loopback stand-in, and for a key of the other environment.
 */
export function checkedBase(baseUrl: string, apiKey: string): string {
  invariant(keyPattern.test(apiKey), 'The Runa key is not of the form prefix.secret.');
  const { base, place } = providerBase(baseUrl, places);
  requireKeyOfPlace(apiKey, place, prefixes);
  return base;
}
