import { invariant } from '../../../domain/result.ts';
import { providerBase, requireKeyOfPlace } from '../provider-base.ts';

const places = {
  vendor: 'Tremendous',
  production: 'https://api.tremendous.com/api/v2',
  sandbox: 'https://testflight.tremendous.com/api/v2',
};
/** Keys made before the prefixes came have neither. */
const prefixes = { production: 'PROD_', sandbox: 'TEST_' };
const keyPattern = /^[\x21-\x7e]{8,200}$/;

/**
 * The base without a slash at its end. Throws `InvariantError`, which never quotes the key, for a
 * base that is not Tremendous' or a loopback stand-in, and for a key of the other environment.
 */
export function checkedBase(baseUrl: string, apiKey: string): string {
  invariant(keyPattern.test(apiKey), 'The Tremendous key is not 8 to 200 printable characters.');
  const { base, place } = providerBase(baseUrl, places);
  requireKeyOfPlace(apiKey, place, prefixes);
  return base;
}
