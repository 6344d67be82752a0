import { expect, test } from 'vitest';
import {
  providerBase,
  requireKeyOfPlace,
} from '../../../../../shared/adapters/providers/provider-base.ts';

const places = {
  vendor: 'Vendor',
  production: 'https://api.vendor.example/v1',
  sandbox: 'https://sandbox.vendor.example/v1',
};

test.each([
  ['https://api.vendor.example/v1', 'production'],
  ['https://sandbox.vendor.example/v1//', 'sandbox'],
  ['http://127.0.0.1:4010/v1/', 'loopback'],
  ['https://localhost/v1', 'loopback'],
  ['http://[::1]:1', 'loopback'],
])('%s is %s', (baseUrl, place) => {
  const base = baseUrl.replace(/\/+$/, '');
  expect(providerBase(baseUrl, places)).toEqual({ base, place });
});

test.each([
  ['http://api.vendor.example/v1', 'neither production nor sandbox'],
  ['https://api.vendor.example/v2', 'neither production nor sandbox'],
  ['https://api.vendor.example.evil.example/v1', 'neither production nor sandbox'],
  ['http://127.0.0.1.evil.example/v1', 'neither production nor sandbox'],
  ['ftp://127.0.0.1/v1', 'neither production nor sandbox'],
  ['https://canary@api.vendor.example/v1', 'more than origin and path'],
  ['https://api.vendor.example/v1?canary', 'more than origin and path'],
  ['https://api.vendor.example/v1#canary', 'more than origin and path'],
  ['canary', 'not an address'],
])('%s is refused, and not quoted', (baseUrl, sentence) => {
  const check = () => providerBase(baseUrl, places);
  expect(check).toThrow(`The Vendor base`);
  expect(check).toThrow(sentence);
  expect(check).not.toThrow('canary');
});

const prefixes = { production: 'PROD_', sandbox: 'TEST_' };

test.each([
  ['production', 'PROD_canary', undefined],
  ['production', 'canary', undefined],
  ['production', 'TEST_canary', 'for the sandbox only'],
  ['sandbox', 'TEST_canary', undefined],
  ['sandbox', 'canary', undefined],
  ['sandbox', 'PROD_canary', 'for production only'],
  ['loopback', 'TEST_canary', undefined],
  ['loopback', 'canary', 'only takes a TEST_ key'],
  ['loopback', 'PROD_canary', 'only takes a TEST_ key'],
] as const)('at %s, %s: %s', (place, apiKey, sentence) => {
  const check = () => requireKeyOfPlace(apiKey, place, prefixes);
  expect(check).not.toThrow('canary');
  if (sentence === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(sentence);
});
