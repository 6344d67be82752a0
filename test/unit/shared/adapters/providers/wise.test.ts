import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createWise, wiseAdapter } from '../../../../../shared/adapters/providers/wise.ts';
import { type BankAccount, toSealable } from '../../../../../shared/domain/payout/payee.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { calls, order, payee, privateKey, sandbox, scene, secret } from './wise/scripted.ts';

const shortKey = generateKeyPairSync('rsa', { modulusLength: 1_024 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const context = { clock: { now: () => instantOf(0) }, timeoutMs: 1_000 };

test.each([
  ...['https://api.wise.com', sandbox, `${sandbox}/`, 'http://127.0.0.1:4011'],
  ...['http://localhost:4011', 'http://[::1]:4011'],
])('%s is a base', (baseUrl) => {
  expect(createWise({ ...secret, ...context, baseUrl }).name).toBe('wise');
});

test.each([
  { baseUrl: 'http://api.wise.com' },
  { baseUrl: 'https://api.wise.com.evil.example' },
  { baseUrl: `${sandbox}/canary` },
  { baseUrl: 'https://canary:pass@api.wise.com' },
  { baseUrl: 'no address' },
  { token: '' },
  { token: 'canary\ntoken' },
  { profileId: 'canary' },
  { profileId: '0' },
  { sourceCurrency: 'canary' },
  { webhookPublicKey: 'canary' },
  { webhookPublicKey: '-----BEGIN PUBLIC KEY-----\ncanary\n-----END PUBLIC KEY-----' },
  { webhookPublicKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
  { signingKey: 'canary' },
  { signingKey: secret.webhookPublicKey },
  { signingKey: shortKey },
  { statementText: '' },
  { statementText: 'canary words' },
  { timeoutMs: 0 },
])('%j is refused, and no value is quoted', (change) => {
  let thrown: unknown;
  try {
    createWise({ ...secret, ...context, ...change });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(inspect(thrown)).not.toMatch(/Error:.*canary/);
});

test('an account is opened with its secret', () => {
  expect(wiseAdapter.open(secret, context).name).toBe(wiseAdapter.name);
  expect(wiseAdapter.open({ ...secret, statementText: 'Bonus' }, context).name).toBe('wise');
});

test.each([null, 'canary', {}, { ...secret, token: undefined }, { ...secret, profileId: 7 }])(
  'a secret that cannot be right is refused: %j',
  (broken) => {
    expect(() => wiseAdapter.open(broken, context)).toThrow(/secret of the Wise account/);
    expect(() => wiseAdapter.open(broken, context)).not.toThrow(/canary/);
  },
);

test('a payout is a recipient, a quote, a transfer and its payment; then it is read', async () => {
  const { provider, made, names } = scene();
  expect(await provider.placeOrder(order)).toEqual({
    ...{ kind: 'accepted', providerOrder: '50', final: true },
    charge: { amountMinor: 1_548n, currency: 'EUR' },
    fee: { amountMinor: 77n, currency: 'EUR' },
  });
  expect(names()).toEqual([
    ...[calls.recipient, calls.quote, calls.transfer, calls.fund, calls.read, calls.readQuote],
  ]);
  const bodies = made.map(({ body }) => body);
  expect(bodies[1]).toEqual({
    ...{ sourceCurrency: 'EUR', targetCurrency: 'GBP', targetAmount: 12.5 },
    ...{ targetAccount: 40, preferredPayIn: 'BALANCE' },
  });
  expect(bodies[2]).toEqual({
    ...{ targetAccount: 40, quoteUuid: '77777777-2222-4333-8444-555555555501' },
    customerTransactionId: order.reference,
    details: { reference: 'Payout' },
  });
  expect(bodies[3]).toEqual({ type: 'BALANCE' });
  for (const { headers } of made) {
    expect(headers.get('authorization')).toBe('Bearer canary-token');
  }
});

const recipients: readonly (readonly [string, Partial<BankAccount>, string, object])[] = [
  [
    ...(['a sort code', {}, 'GBP'] as const),
    { type: 'sort_code', details: { sortCode: '040075', accountNumber: '37778842' } },
  ],
  [
    'an IBAN',
    { account: { kind: 'iban', iban: 'DE89370400440532013000' } },
    'EUR',
    { type: 'iban', details: { IBAN: 'DE89370400440532013000' } },
  ],
  [
    'a routing number',
    {
      ...{ country: 'US', town: 'Boston' },
      address: { street: '1 Main St', postcode: '02110', state: 'MA' },
      account: {
        ...{ kind: 'routingNumber', routingNumber: '111000025', accountNumber: '12345678' },
        accountType: 'checking',
      },
    },
    'USD',
    {
      type: 'aba',
      details: {
        ...{ abartn: '111000025', accountNumber: '12345678', accountType: 'CHECKING' },
        address: {
          ...{ country: 'US', city: 'Boston', firstLine: '1 Main St', postCode: '02110' },
          state: 'MA',
        },
      },
    },
  ],
];

test.each(recipients)('%s is told in the words of Wise', async (_, change, currency, expected) => {
  const { provider, made } = scene();
  const value = { amountMinor: 1_250n, currency };
  await provider.placeOrder({ ...order, value, payee: toSealable({ ...payee, ...change }) });
  expect(made[0]?.body).toMatchObject({
    ...{ profile: 30_000_001, currency, accountHolderName: 'Canary Person', ...expected },
  });
  expect(made[0]?.body).toHaveProperty('details.legalType', 'PRIVATE');
});

const paypal = { rail: 'payPal', receiverKind: 'email', receiver: 'canary@example.test' } as const;
const { payee: _, ...withoutPayee } = order;

test.each([
  withoutPayee,
  { ...order, payee: toSealable(paypal) },
  { ...order, kind: 'donation' as const },
  { ...order, reference: 'order-1' },
  { ...order, reference: order.reference.toUpperCase().replace('1', 'A') },
  { ...order, value: { amountMinor: 0n, currency: 'GBP' } },
])('what Wise cannot pay is thrown before anything is sent (%#)', async (broken) => {
  const { provider, made } = scene();
  await expect(provider.placeOrder(broken)).rejects.toThrow(/^(?!.*canary)/);
  expect(made).toEqual([]);
});
