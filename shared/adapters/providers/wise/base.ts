import { providerBase } from '../provider-base.ts';

const places = {
  vendor: 'Wise',
  production: 'https://api.wise.com',
  sandbox: 'https://api.wise-sandbox.com',
};

/**
 * Without a slash at its end. Throws `InvariantError` for a base that is neither Wise's production
 * nor its sandbox nor a loopback stand-in. Tokens of the two look alike: one of the wrong place is
 * refused by Wise itself.
 */
export function checkedBase(baseUrl: string): string {
  return providerBase(baseUrl, places).base;
}
