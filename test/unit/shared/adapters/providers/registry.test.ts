import { expect, test } from 'vitest';
import { payoutAdapters } from '../../../../../shared/adapters/providers/payout-registry.ts';
import {
  providerAdapter,
  providerCapabilities,
  providerNames,
} from '../../../../../shared/adapters/providers/registry.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const context = { clock: { now: () => instantOf(0) }, timeoutMs: 1_000 };

test.each(providerNames)('%s stands under its own name', (name) => {
  expect(providerAdapter(name).name).toBe(name);
});

test.each(providerNames)('%s opens no account whose secret lacks a field', (name) => {
  const secret = { baseUrl: 'http://127.0.0.1:1', webhookKey: 7, canary: 'canary' };
  const open = () => providerAdapter(name).open(secret, context);
  expect(open).toThrow(/^The secret of the \w+ account is not of the right form: .+\.$/);
  expect(open).not.toThrow('canary');
});

test.each([...payoutAdapters])('%s pays out, and is chosen by what it can do', (name, adapter) => {
  expect([adapter.name, adapter.capabilities.kinds]).toEqual([name, ['payout']]);
  expect(providerCapabilities.get(name)).toBe(adapter.capabilities);
  expect(providerNames).not.toContain(name);
});

test.each(['', 'Tremendous', 'toString'])('there is no provider named "%s"', (name) => {
  expect(() => providerAdapter(name)).toThrow();
});
