import { invariant } from '../../../domain/result.ts';

const productionBase = 'https://api.tangocard.com/raas/v2';
const sandboxBase = 'https://integration-api.tangocard.com/raas/v2';
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Tango gives tokens out from hosts of their own; a stand-in does so beside everything else. */
const tokenUrls: ReadonlyMap<string, string> = new Map([
  [productionBase, 'https://auth.tangocard.com/oauth/token'],
  [sandboxBase, 'https://sandbox-auth.tangocard.com/oauth/token'],
]);

/** One transaction a second is what the vendor allows. */
const tangoSpacingMs = 1_000;

export interface TangoBase {
  /** Without a slash at its end. */
  readonly base: string;
  readonly tokenUrl: string;
  /** Between two calls; a stand-in may be called at any speed that it allows. */
  readonly spacingMs: number;
}

/**
 * Throws `InvariantError` for a base that is not Tango's or a loopback stand-in. The credentials of
 * the sandbox look like those of production: nothing here can tell them apart.
 */
export function checkedBase(baseUrl: string): TangoBase {
  invariant(URL.canParse(baseUrl), 'The Tango base is not an address.');
  const url = new URL(baseUrl);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const isPlain = url.username === '' && url.password === '' && url.search + url.hash === '';
  invariant(isPlain, 'The Tango base holds more than origin and path.');
  const tokenUrl = tokenUrls.get(base) ?? `${base}/oauth/token`;
  const isKnown = tokenUrls.has(base) || loopbackHost.test(url.hostname);
  invariant(isKnown, 'The Tango base is neither production nor sandbox.');
  return { base, tokenUrl, spacingMs: tokenUrls.has(base) ? tangoSpacingMs : 0 };
}
