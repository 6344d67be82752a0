import { expect, test } from 'vitest';
import { asked, problem, scripted } from './scripted.ts';

test.each([
  ['401.501', { kind: 'rejected', reason: 'configuration', detail: 'KEY_REFUSED' }],
  ['402.001', { kind: 'rejected', reason: 'waitForFunds', detail: 'OUT_OF_FUNDS' }],
  ['403.016', { kind: 'rejected', reason: 'waitForLimit', detail: 'FRAUD_VELOCITY' }],
  ['403.099', { kind: 'rejected', reason: 'configuration', detail: 'NOT_PERMITTED' }],
  ['404.004', { kind: 'rejected', reason: 'configuration', detail: 'ACCOUNT_UNKNOWN' }],
  ['409.002', { kind: 'unknown', detail: 'IN_PROGRESS' }],
  ['409.024', { kind: 'unknown', detail: 'REFERENCE_CONFLICT' }],
  ['422.024', { kind: 'rejected', reason: 'permanent', detail: 'PRODUCT_UNKNOWN' }],
  ['422.025', { kind: 'rejected', reason: 'permanent', detail: 'AMOUNT_OUT_OF_RANGE' }],
  ['422.030', { kind: 'rejected', reason: 'permanent', detail: 'PRODUCT_INACTIVE' }],
  ['422.999', { kind: 'rejected', reason: 'permanent', detail: 'INVALID_ORDER' }],
  ['429.001', { kind: 'rejected', reason: 'waitForLimit', detail: 'RATE_LIMITED' }],
  ['500.003', { kind: 'unknown', detail: 'SERVER_ERROR' }],
  ['503.002', { kind: 'rejected', reason: 'waitForLimit', detail: 'OUT_OF_STOCK' }],
  ['503.035', { kind: 'unknown', detail: 'SUPPLIER_ERROR' }],
  ['503.501', { kind: 'unknown', detail: 'SERVER_ERROR' }],
])('%s, told at the top or among the errors of fields', async (key, expected) => {
  for (const inErrors of [false, true]) {
    const { provider } = scripted(() => problem(key, inErrors));
    expect(await provider.placeOrder(asked)).toEqual(expected);
  }
});

const [, body] = problem('422.025');

test.each([
  ['a key of another status', 503, { ...problem('402.001')[1], httpCode: 503 }, 'SERVER_ERROR'],
  ['a body about another status', 400, body, 'UNEXPECTED_STATUS'],
  ['a body without an id of the request', 422, { httpCode: 422 }, 'UNEXPECTED_STATUS'],
  ['an empty object', 422, {}, 'UNEXPECTED_STATUS'],
  ['a page', 402, '<html></html>', 'UNEXPECTED_STATUS'],
  ['a page that knows nothing of stock', 503, '<html>503.002</html>', 'SERVER_ERROR'],
  ['something that was there before', 409, {}, 'UNEXPECTED_STATUS'],
])('%s says nothing of the order', async (_, status, told, detail) => {
  const { provider } = scripted(() => [status, told]);
  expect(await provider.placeOrder(asked)).toEqual({ kind: 'unknown', detail });
});

test('the short form of an error is Tango’s own word too', async () => {
  const { provider } = scripted(() => [422, { i18nKey: '422.026', message: 'canary' }]);
  expect(await provider.placeOrder(asked)).toMatchObject({ detail: 'WHOLE_AMOUNTS_ONLY' });
});
