import { invariant } from '../../domain/result.ts';

/** Where a provider is, and by what its keys for the two places are told apart. */
export interface ProviderPlaces {
  /** The provider's name in sentences. */
  readonly vendor: string;
  readonly production: string;
  readonly sandbox: string;
}

export interface ProviderBase {
  /** Without a slash at its end. */
  readonly base: string;
  readonly place: 'production' | 'sandbox' | 'loopback';
}

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Throws `InvariantError` for a base that is neither the provider's nor a loopback stand-in. */
export function providerBase(
  baseUrl: string,
  { vendor, production, sandbox }: ProviderPlaces,
): ProviderBase {
  invariant(URL.canParse(baseUrl), `The ${vendor} base is not an address.`);
  const url = new URL(baseUrl);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const isPlain = url.username === '' && url.password === '' && url.search + url.hash === '';
  invariant(isPlain, `The ${vendor} base holds more than origin and path.`);
  if (base === production) return { base, place: 'production' };
  if (base === sandbox) return { base, place: 'sandbox' };
  const isLoopback = loopbackHost.test(url.hostname) && /^https?:$/.test(url.protocol);
  invariant(isLoopback, `The ${vendor} base is neither production nor sandbox.`);
  return { base, place: 'loopback' };
}

/** By what keys for production and those for the sandbox begin. */
export interface KeyPrefixes {
  readonly production: string;
  readonly sandbox: string;
}

/**
 * Throws `InvariantError`, which never quotes the key, for a key of the other environment: a
 * stand-in only takes one that is good for nothing real. A key without either prefix is let through
 * to the provider itself.
 */
export function requireKeyOfPlace(
  apiKey: string,
  place: ProviderBase['place'],
  prefixes: KeyPrefixes,
): void {
  const isOfSandbox = apiKey.startsWith(prefixes.sandbox);
  const isOfProduction = apiKey.startsWith(prefixes.production);
  const sandboxOnly = `${prefixes.sandbox} key`;
  invariant(place !== 'loopback' || isOfSandbox, `A stand-in only takes a ${sandboxOnly}.`);
  invariant(place !== 'production' || !isOfSandbox, `A ${sandboxOnly} is for the sandbox only.`);
  const isRight = place !== 'sandbox' || !isOfProduction;
  invariant(isRight, `A ${prefixes.production} key is for production only.`);
}
