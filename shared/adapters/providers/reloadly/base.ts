import { providerBase } from '../provider-base.ts';

const places = {
  vendor: 'Reloadly',
  production: 'https://giftcards.reloadly.com',
  sandbox: 'https://giftcards-sandbox.reloadly.com',
};
const realTokens = 'https://auth.reloadly.com/oauth/token';

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
  const { base, place } = providerBase(baseUrl, places);
  const tokenUrl = place === 'loopback' ? new URL('/oauth/token', base).href : realTokens;
  return { base, tokenUrl };
}
