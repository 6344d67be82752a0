import { expect, test } from 'vitest';
import {
  providerAdapter,
  providerNames,
} from '../../../../../shared/adapters/providers/registry.ts';

test.each(providerNames)('%s is made under its own name', (name) => {
  const provider = providerAdapter(name).create({
    baseUrl: 'http://127.0.0.1:1/api/v2',
    apiKey: 'TEST_key_of_nobody',
    webhookKey: 'webhook-key',
    timeoutMs: 1_000,
  });
  expect(provider.name).toBe(name);
});

test.each(['', 'Tremendous', 'toString'])('there is no provider named "%s"', (name) => {
  expect(() => providerAdapter(name)).toThrow();
});
