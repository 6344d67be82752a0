import { expect, test } from 'vitest';
import type { RewardProvider } from '../../../../../shared/ports/provider.ts';
import { adapterWith, asked, item, order, reference, whole } from './runa/adapter-with.ts';

const place = (...answer: readonly [number, unknown]): ReturnType<RewardProvider['placeOrder']> =>
  adapterWith(answer).provider.placeOrder(order);

test('an order says what is asked, keyed, and nothing of the person', async () => {
  const { provider, sent } = adapterWith([200, whole]);
  expect(await provider.placeOrder(order)).toMatchObject({
    ...{ kind: 'accepted', final: true, providerOrder: 'O-1' },
    charge: { amountMinor: 1_586n, currency: 'USD' },
    reward: { kind: 'link', expiresOn: '2027-01-31' },
  });
  expect(sent[0]?.body).toContain('"face_value":12.50,');
  expect(sent[0]?.body).not.toContain('@');
  const headers = sent[0]?.headers;
  expect(headers?.get('x-idempotency-key')).toBe(reference);
  expect(headers?.get('x-execution-mode')).toBe('sync');
  expect(headers?.get('x-api-version')).toBe('2024-02-05');
  await provider.placeOrder(order);
  expect(sent[1]?.body).toBe(sent[0]?.body);
});

test('several products are one link to choose with', async () => {
  const products = ['FINE-GB', 'OTHER-GB'];
  const choice = { ...item, products: { type: 'MULTIPLE', values: ['OTHER-GB', 'FINE-GB'] } };
  const { provider, sent } = adapterWith([200, { ...whole, items: [choice] }]);
  const outcome = await provider.placeOrder({ ...order, products });
  expect(outcome).toMatchObject({ kind: 'accepted', final: true });
  expect(sent[0]?.body).toContain('{"type":"MULTIPLE","values":["FINE-GB","OTHER-GB"]}');
});

const contradictions: Readonly<Record<string, object>> = {
  'another product': { items: [{ ...item, products: { type: 'SINGLE', value: 'X' } }] },
  'a choice': { items: [{ ...item, products: { type: 'MULTIPLE', values: ['FINE-GB', 'X'] } }] },
  'a mail': { items: [{ ...item, distribution_method: { type: 'EMAIL' } }] },
  'a fraction more': { items: [{ ...item, face_value: '12.501' }] },
  'no item': { items: [] },
  'no items': { items: null },
  'no reference': { metadata: null, description: null },
  'another reference': { metadata: { reference: 'another' } },
};

test.each(Object.entries(contradictions))('%s contradicts what was asked', async (_, change) => {
  const outcome = await place(200, { ...whole, ...change });
  expect(outcome).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
});

test('an order that is decided later is not final; one that failed is a no', async () => {
  const id = 'O-1';
  const later = { kind: 'accepted', providerOrder: id, final: false };
  expect(await place(202, { id, status: 'PROCESSING' })).toEqual(later);
  const failed = { kind: 'rejected', reason: 'permanent', detail: 'ORDER_FAILED' };
  expect(await place(200, { id, status: 'FAILED', message: 'no' })).toEqual(failed);
});

test.each([
  ['CLAIMED', { kind: 'accepted', final: true }],
  ['CANCELLED', { kind: 'rejected', reason: 'permanent', detail: 'REWARD_CANCELED' }],
  ['EXPIRED', { kind: 'rejected', reason: 'permanent', detail: 'REWARD_EXPIRED' }],
])('a payout that is %s', async (status, outcome) => {
  const payout = { ...item.payout, status };
  const body = { ...whole, items: [{ ...item, payout }] };
  expect(await place(200, body)).toMatchObject(outcome);
});

test('a link that no browser opens as a page is no link', async () => {
  for (const url of ['http://spend.example/1', 'javascript:alert(1)', 'https://', '']) {
    const payout = { ...item.payout, url };
    const body = { ...whole, items: [{ ...item, payout }] };
    expect(await place(200, body)).toEqual({ kind: 'unknown', detail: 'UNEXPECTED_FORM' });
  }
});

const rejected = (reason: string, detail: string) => ({ kind: 'rejected', reason, detail });
const unknown = (detail: string) => ({ kind: 'unknown', detail });

test.each([
  [400, 'bad_request', rejected('permanent', 'BAD_REQUEST')],
  [422, 'validation_error', rejected('permanent', 'INVALID_ORDER')],
  [400, 'product_validation_error', rejected('permanent', 'PRODUCT_REFUSED')],
  [400, 'currency_mismatch', rejected('permanent', 'CURRENCY_REFUSED')],
  [404, 'not-found', rejected('permanent', 'NAMES_UNKNOWN_THING')],
  [400, 'insufficient_funds', rejected('waitForFunds', 'OUT_OF_FUNDS')],
  [401, 'unauthorized', rejected('configuration', 'KEY_REFUSED')],
  [403, 'ordering_restricted', rejected('configuration', 'SPENDING_LIMIT_REACHED')],
  [410, 'version_removed', rejected('configuration', 'VERSION_REFUSED')],
  [400, 'idempotency_validation_error', unknown('REFERENCE_CONFLICT')],
  [400, 'idempotency_in_progress', unknown('IN_PROGRESS')],
  [400, 'never_heard_of', unknown('UNEXPECTED_ERROR')],
  [500, 'validation_error', unknown('SERVER_ERROR')],
  [504, 'timeout', unknown('SERVER_ERROR')],
  [302, 'validation_error', unknown('UNEXPECTED_STATUS')],
])('%i %s', async (status, type, outcome) => {
  expect(await place(status, { type, message: 'words' })).toEqual(outcome);
  const found = await adapterWith([status, { type, message: 'words' }]).provider.findOrder(
    ...([reference, asked] as const),
  );
  expect(found.kind).toBe('unknown');
});

test('what is not in the form of its errors is nobody’s no', async () => {
  const strange = unknown('UNEXPECTED_STATUS');
  for (const body of [{}, 'no', { type: 'validation_error' }, { type: 1, message: 'no' }]) {
    expect(await place(422, body)).toEqual(strange);
  }
});
