import { providerBase } from '../provider-base.ts';

const places = {
  vendor: 'Tango',
  production: 'https://api.tangocard.com/raas/v2',
  sandbox: 'https://integration-api.tangocard.com/raas/v2',
};

/** Tango gives tokens out from hosts of their own; a stand-in does so beside everything else. */
const tokenUrls = {
  production: () => 'https://auth.tangocard.com/oauth/token',
  sandbox: () => 'https://sandbox-auth.tangocard.com/oauth/token',
  loopback: (base: string) => `${base}/oauth/token`,
};

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
  const { base, place } = providerBase(baseUrl, places);
  const spacingMs = place === 'loopback' ? 0 : tangoSpacingMs;
  return { base, tokenUrl: tokenUrls[place](base), spacingMs };
}
