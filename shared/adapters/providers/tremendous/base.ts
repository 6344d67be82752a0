import { invariant } from '../../../domain/result.ts';

const productionBase = 'https://api.tremendous.com/api/v2';
const sandboxBase = 'https://testflight.tremendous.com/api/v2';
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const keyPattern = /^[\x21-\x7e]{8,200}$/;

/**
 * The base without a slash at its end. Throws `InvariantError`, which never quotes the key, for a
 * base that is not Tremendous' or a loopback stand-in, and for a key of the other environment. Keys
 * made before the prefixes came are let through to the real bases.
 */
export function checkedBase(baseUrl: string, apiKey: string): string {
  invariant(keyPattern.test(apiKey), 'The Tremendous key is not 8 to 200 printable characters.');
  invariant(URL.canParse(baseUrl), 'The Tremendous base is not an address.');
  const url = new URL(baseUrl);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const isPlain = url.username === '' && url.password === '' && url.search + url.hash === '';
  invariant(isPlain, 'The Tremendous base holds more than origin and path.');
  if (loopbackHost.test(url.hostname)) {
    invariant(apiKey.startsWith('TEST_'), 'A stand-in for Tremendous only takes a TEST_ key.');
    return base;
  }
  const isProduction = base === productionBase;
  const isSandbox = base === sandboxBase;
  invariant(isProduction || isSandbox, 'The Tremendous base is neither production nor sandbox.');
  invariant(!isProduction || !apiKey.startsWith('TEST_'), 'A TEST_ key is for the sandbox only.');
  invariant(!isSandbox || !apiKey.startsWith('PROD_'), 'A PROD_ key is for production only.');
  return base;
}
