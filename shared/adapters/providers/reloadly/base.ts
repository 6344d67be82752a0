import { invariant } from '../../../domain/result.ts';

const realBases = ['https://giftcards.reloadly.com', 'https://giftcards-sandbox.reloadly.com'];
const realTokens = 'https://auth.reloadly.com/oauth/token';
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export interface ReloadlyBase {
  /** Without a slash at its end; also the audience that a token is asked for. */
  readonly base: string;
  readonly tokenUrl: string;
}

/**
 * Throws `InvariantError` for a base that is neither Reloadly's production nor its sandbox nor a
 * loopback stand-in. Credentials of the two cannot be told apart: a token of the wrong one is
 * refused by Reloadly itself.
 */
export function checkedBase(baseUrl: string): ReloadlyBase {
  invariant(URL.canParse(baseUrl), 'The Reloadly base is not an address.');
  const url = new URL(baseUrl);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const isPlain = url.username === '' && url.password === '' && url.search + url.hash === '';
  invariant(isPlain, 'The Reloadly base holds more than origin and path.');
  const isLoopback = loopbackHost.test(url.hostname) && /^https?:$/.test(url.protocol);
  if (isLoopback) return { base, tokenUrl: `${url.origin}/oauth/token` };
  invariant(realBases.includes(base), 'The Reloadly base is neither production nor sandbox.');
  return { base, tokenUrl: realTokens };
}
