import { afterEach, expect, test, vi } from 'vitest';
import { runSuite } from '../../../../../infra/cli/certify/run-suite.ts';
import { certifyCommand } from '../../../../../infra/cli/commands/certify.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  [['nobody'], /There are tremendous, runa, tango, reloadly, voucher-pool, paypal-payouts/],
  [['tremendous', '--sandbox'], /set GUERDON_CERTIFY_SECRET/],
])('%j is refused before anything runs', async (args, sentence) => {
  vi.stubEnv('GUERDON_CERTIFY_SECRET', '');
  await expect(certifyCommand().parseAsync(args, { from: 'user' })).rejects.toThrow(sentence);
});

test('a provider without a test has no cases', async () => {
  expect(await runSuite('provider-of-nobody')).toEqual([]);
});
