import { expect, test } from 'vitest';
import {
  asked,
  calls,
  order,
  payment,
  type Reply,
  recipient,
  reference,
  rejectedFunding,
  scene,
  sent,
  transfer,
  wrong,
} from './scripted.ts';

const outcomeOf = (replies: Readonly<Record<string, Reply | readonly Reply[]>>) =>
  scene(replies).provider.placeOrder(order);

const no = (reason: string, detail: string) => ({ kind: 'rejected', reason, detail });
const unknown = (detail: string) => ({ kind: 'unknown', detail });
const taken = { kind: 'accepted', providerOrder: '50', final: false };
const paid = { kind: 'accepted', providerOrder: '50', final: true };

test.each([
  [calls.recipient, [400, wrong('sortCode')], no('permanent', 'PAYEE_REFUSED')],
  [calls.recipient, [401, { error: 'invalid_token' }], no('configuration', 'TOKEN_REFUSED')],
  [calls.recipient, [400, { error: 'Bad Request' }], unknown('UNEXPECTED_STATUS')],
  [calls.recipient, [503, wrong('x')], unknown('SERVER_ERROR')],
  [calls.recipient, [200, { ...recipient, accountSummary: '1' }], unknown('CONTRADICTION')],
  [calls.quote, [422, wrong('targetCurrency')], no('permanent', 'QUOTE_REFUSED')],
  [calls.quote, [404, wrong('')], no('configuration', 'PROFILE_UNKNOWN')],
  [calls.quote, [404, 'a page'], unknown('UNEXPECTED_STATUS')],
  [calls.quote, [429, 'a page'], no('waitForLimit', 'RATE_LIMITED')],
  [calls.transfer, [422, wrong('details.reference')], no('permanent', 'TRANSFER_REFUSED')],
  [calls.transfer, [422, wrong('customerTransactionId')], unknown('REFERENCE_CONFLICT')],
  [calls.transfer, [422, wrong('quoteUuid')], no('retrySameKey', 'QUOTE_STALE')],
  [calls.transfer, [409, wrong('')], unknown('REFERENCE_CONFLICT')],
  [calls.transfer, [200, transfer({ targetValue: 12.51 })], unknown('CONTRADICTION')],
  [calls.transfer, [200, transfer({ sourceCurrency: 'USD' })], unknown('CONTRADICTION')],
] as const)('%s answered with %j is %j, and nothing is paid', async (call, reply, expected) => {
  const { provider, names } = scene({ [call]: reply });
  expect(await provider.placeOrder(order)).toEqual(expected);
  expect(names()).not.toContain(calls.fund);
});

test.each([
  [rejectedFunding('transfer.insufficient_funds'), no('waitForFunds', 'OUT_OF_FUNDS')],
  [[403, wrong('')], no('configuration', 'NOT_PERMITTED')],
  [[422, wrong('type')], unknown('UNEXPECTED_STATUS')],
  [[404, wrong('')], unknown('UNEXPECTED_STATUS')],
  [[500, 'a page'], unknown('SERVER_ERROR')],
  [[200, { status: 'BREWING' }], unknown('FUNDING_UNCLEAR')],
] as const)('a payment answered with %j is %j', async (reply, expected) => {
  expect(await outcomeOf({ [calls.fund]: reply })).toEqual(expected);
});

test('a payment that is refused because another call has made it is no no', async () => {
  const refusal = rejectedFunding('some.other_code');
  expect(await outcomeOf({ [calls.fund]: refusal })).toMatchObject(paid);
  const still = { [calls.fund]: refusal, [calls.read]: [200, transfer()] } as const;
  expect(await outcomeOf({ ...still, [calls.payments]: [200, [payment]] })).toEqual(taken);
  expect(await outcomeOf(still)).toEqual(no('configuration', 'FUNDING_REFUSED'));
});

test('what is paid is taken, though it cannot be read or seems to wait', async () => {
  expect(await outcomeOf({ [calls.read]: [503, 'a page'] })).toEqual(taken);
  expect(await outcomeOf({ [calls.read]: [200, transfer()] })).toEqual(taken);
});

const older = { targetAccount: 39 };
const readOlder = 'GET /v2/accounts/39';

test('the transfer of an earlier call is compared with the payee, and paid once', async () => {
  const replies = {
    [calls.transfer]: [200, transfer(older)],
    [readOlder]: [200, { ...recipient, id: 39 }],
  } as const;
  const unpaid = scene(replies);
  expect(await unpaid.provider.placeOrder(order)).toMatchObject(paid);
  expect(unpaid.names()).toContain(calls.fund);
  const before = scene({ ...replies, [calls.payments]: [200, [payment]] });
  expect(await before.provider.placeOrder(order)).toEqual(taken);
  expect(before.names()).not.toContain(calls.fund);
  const over = scene({ ...replies, [calls.transfer]: [200, { ...sent, ...older }] });
  expect(await over.provider.placeOrder(order)).toMatchObject(paid);
  expect(over.names()).not.toContain(calls.fund);
});

test.each([
  [{ id: 39, accountSummary: '(04-00-75) 11112222' }, unknown('REFERENCE_CONFLICT')],
  [{ id: 39, accountSummary: null, longAccountSummary: null }, unknown('PAYEE_UNREAD')],
  [{ id: 38 }, unknown('CONTRADICTION')],
])('an earlier transfer to %j is not paid', async (change, expected) => {
  const { provider, names } = scene({
    [calls.transfer]: [200, transfer(older)],
    [readOlder]: [200, { ...recipient, ...change }],
  });
  expect(await provider.placeOrder(order)).toEqual(expected);
  expect(names()).not.toContain(calls.fund);
});

test('an earlier transfer of another amount is not ours', async () => {
  const replies = { [calls.transfer]: [200, transfer({ ...older, targetValue: 1 })] } as const;
  expect(await outcomeOf(replies)).toEqual(unknown('REFERENCE_CONFLICT'));
});

test('a transfer that a look-up found unpaid is paid without another recipient', async () => {
  const { provider, made, names } = scene({
    [calls.list]: [200, [transfer()]],
    [calls.read]: [
      [200, transfer()],
      [200, transfer()],
      [200, sent],
    ],
  });
  expect(await provider.findOrder(reference, asked)).toEqual({ kind: 'notFound' });
  expect(names()).not.toContain(calls.fund);
  made.length = 0;
  expect(await provider.placeOrder(order)).toMatchObject(paid);
  expect(names()).toEqual([
    ...[calls.read, calls.readRecipient, calls.payments, calls.fund, calls.read, calls.readQuote],
  ]);
});

test('whoever was held up on the way pays nothing', async () => {
  const slow = scene({}, 20_001);
  expect(await slow.provider.placeOrder(order)).toEqual(no('retrySameKey', 'TOO_SLOW'));
  expect(slow.names()).not.toContain(calls.fund);
  expect(await scene({}, 20_000).provider.placeOrder(order)).toMatchObject(paid);
});
