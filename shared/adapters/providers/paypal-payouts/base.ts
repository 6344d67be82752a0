import { type ProviderBase, providerBase } from '../provider-base.ts';

const places = {
  vendor: 'PayPal',
  production: 'https://api-m.paypal.com',
  sandbox: 'https://api-m.sandbox.paypal.com',
};

/**
 * Throws `InvariantError` for a base that is neither PayPal's production nor its sandbox nor a
 * loopback stand-in. Credentials of the two cannot be told apart: PayPal itself refuses those of
 * the other one.
 */
export function checkedBase(baseUrl: string): ProviderBase {
  return providerBase(baseUrl, places);
}
