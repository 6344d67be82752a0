import { expect, onTestFinished, test } from 'vitest';
import { openSandbox } from '../../../../../infra/cli/certify/sandbox-account.ts';
import { startFakePayPal } from '../../../../providers/fake/paypal-payouts.ts';
import { startFakeWise } from '../../../../providers/fake/wise.ts';

const secret = (baseUrl: string) =>
  JSON.stringify({ baseUrl, apiKey: 'TEST_canary_key', webhookKey: 'canary-webhook-key' });

test.each([['https://testflight.tremendous.com/api/v2'], ['http://127.0.0.1:4011/api/v2']])(
  '%s is opened',
  (baseUrl) => {
    expect(openSandbox('tremendous', secret(baseUrl)).name).toBe('tremendous');
  },
);

test.each(['paypal-payouts', 'wise'])('%s is opened at a stand-in', async (name) => {
  const fake = await (name === 'wise' ? startFakeWise({ seed: 1 }) : startFakePayPal({ seed: 1 }));
  onTestFinished(fake.close);
  expect(openSandbox(name, JSON.stringify(fake.secret)).name).toBe(name);
  for (const baseUrl of ['https://api-m.paypal.com', 'https://api.wise.com']) {
    const real = JSON.stringify({ ...fake.secret, baseUrl });
    expect(() => openSandbox(name, real)).toThrow('nothing was sent');
  }
});

test.each([
  ['tremendous', undefined, /set GUERDON_CERTIFY_SECRET/],
  ['tremendous', '', /set GUERDON_CERTIFY_SECRET/],
  ['voucher-pool', secret('http://127.0.0.1:1/'), /has no sandbox/],
  ['tremendous', 'canary', /not the JSON of a secret with a baseUrl/],
  ['tremendous', '{"apiKey":"canary"}', /not the JSON of a secret with a baseUrl/],
  ['tremendous', secret('https://api.tremendous.com/api/v2'), /nothing was sent/],
  ['tremendous', secret('https://testflight.tremendous.com.canary.example/'), /nothing was sent/],
  ['tremendous', secret('https://testflight.tremendous.com/other'), /neither production nor/],
  ['tremendous', '{"baseUrl":"http://127.0.0.1:1/canary"}', /not of the right form/],
] as const)('%s with the secret %j is refused in words', (name, json, sentence) => {
  let thrown: unknown;
  try {
    openSandbox(name, json);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toHaveProperty('name', 'UsageError');
  expect(thrown).toHaveProperty('message', expect.stringMatching(sentence));
  expect(String(thrown)).not.toContain('canary');
});
