import { invariant } from '../../../domain/result.ts';

const productionBase = 'https://api.runa.io/v2';
const playgroundBase = 'https://playground.runa.io/v2';
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** A prefix that names the environment, a dot, and the secret part. */
const keyPattern = /^[A-Za-z0-9_-]{2,60}\.[\x21-\x7e]{8,200}$/;

/**
 * The base without a slash at its end. Throws `InvariantError`, which never quotes the key, for a
 * base that is not Runa's or a loopback stand-in, and for a key of the other environment.
 */
export function checkedBase(baseUrl: string, apiKey: string): string {
  invariant(keyPattern.test(apiKey), 'The Runa key is not of the form prefix.secret.');
  invariant(URL.canParse(baseUrl), 'The Runa base is not an address.');
  const url = new URL(baseUrl);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const isPlain = url.username === '' && url.password === '' && url.search + url.hash === '';
  invariant(isPlain, 'The Runa base holds more than origin and path.');
  const isPlaygroundKey = apiKey.startsWith('XX');
  if (loopbackHost.test(url.hostname)) {
    invariant(isPlaygroundKey, 'A stand-in for Runa only takes a playground key.');
    return base;
  }
  const isProduction = base === productionBase;
  const isPlayground = base === playgroundBase;
  invariant(isProduction || isPlayground, 'The Runa base is neither production nor playground.');
  invariant(!isProduction || !isPlaygroundKey, 'An XX key is for the playground only.');
  invariant(!isPlayground || !apiKey.startsWith('wg'), 'A wg key is for production only.');
  return base;
}
