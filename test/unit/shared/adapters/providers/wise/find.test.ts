import { expect, test } from 'vitest';
import { addMs } from '../../../../../../shared/domain/time.ts';
import {
  asked,
  calls,
  now,
  payment,
  quote,
  type Reply,
  reference,
  scene,
  sent,
  transfer,
  wrong,
} from './scripted.ts';

const listed = (change: object = {}): Reply => [200, [transfer(change)]];
const taken = { kind: 'accepted', providerOrder: '50', final: false };
const unknown = (detail: string) => ({ kind: 'unknown', detail });
const no = (reason: string, detail: string) => ({ kind: 'rejected', reason, detail });

function find(replies: Readonly<Record<string, Reply | readonly Reply[]>>, change: object = {}) {
  return scene(replies).provider.findOrder(reference, { ...asked, ...change });
}

test.each([
  ['incoming_payment_initiated', taken],
  ['processing', taken],
  ['funds_converted', taken],
  ['bounced_back', taken],
  ['some_new_status', taken],
  ['cancelled', no('permanent', 'TRANSFER_CANCELLED')],
  ['funds_refunded', no('permanent', 'FUNDS_REFUNDED')],
  ['charged_back', unknown('CHARGED_BACK')],
])('a transfer that is %s', async (status, expected) => {
  const read: Reply = [200, transfer({ status })];
  expect(await find({ [calls.read]: read }, { providerOrder: '50' })).toEqual(expected);
  expect(await find({ [calls.list]: listed(), [calls.read]: read })).toEqual(expected);
});

test('what was sent costs what left, and the fee of paying from a balance', async () => {
  const charged = { charge: { amountMinor: 1_548n, currency: 'EUR' } };
  const done = { kind: 'accepted', providerOrder: '50', final: true };
  expect(await find({}, { providerOrder: '50' })).toMatchObject({ ...done, ...charged });
  expect(await find({ [calls.readQuote]: [404, wrong('')] }, { providerOrder: '50' })).toEqual(
    done,
  );
  const bare: Reply = [200, { ...quote, paymentOptions: null }];
  expect(await find({ [calls.readQuote]: bare }, { providerOrder: '50' })).toEqual(done);
  const brief = scene();
  const short = { ...asked, providerOrder: '50', withoutReward: true } as const;
  expect(await brief.provider.findOrder(reference, short)).toEqual(done);
  expect(brief.names()).toEqual([calls.read]);
});

test('a fee that cannot be read now is asked for again', async () => {
  const found = await find({ [calls.readQuote]: [502, 'a page'] }, { providerOrder: '50' });
  expect(found).toEqual(unknown('SERVER_ERROR'));
});

test.each([
  { targetValue: 12.51 },
  { targetCurrency: 'EUR' },
  { sourceCurrency: 'USD' },
  { id: 51 },
  { customerTransactionId: reference.replace('01', '02') },
  { customerTransactionId: null },
])('a transfer with %j is not ours', async (change) => {
  const read: Reply = [200, { ...sent, ...change }];
  const found = await find({ [calls.read]: read }, { providerOrder: '50' });
  expect(found).toEqual(unknown('CONTRADICTION'));
});

test('a reference is ours in capitals too', async () => {
  const shouted = { customerTransactionId: reference.toUpperCase() };
  const replies = { [calls.list]: listed(shouted), [calls.read]: [200, { ...sent, ...shouted }] };
  expect(await find(replies as never)).toMatchObject({ kind: 'accepted', final: true });
});

test('every page is read until an empty one, of the time when it was asked for', async () => {
  const others = (first: number) =>
    [1, 2, 3].map((number) => ({ id: first + number, customerTransactionId: null }));
  const { provider, made } = scene({
    [calls.list]: [
      [200, others(100)],
      [200, others(200)],
      [200, []],
    ],
  });
  expect(await provider.findOrder(reference, asked)).toEqual({ kind: 'notFound' });
  expect(made.map(({ query }) => query.get('offset'))).toEqual(['0', '3', '6']);
  expect(Object.fromEntries(made[0]?.query ?? [])).toEqual({
    ...{ profile: '30000001', limit: '100', offset: '0' },
    ...{ createdDateStart: '2026-05-01T10:00:00.000Z', createdDateEnd: '2026-05-01T12:00:00.000Z' },
  });
});

test('the list ends when the order was sent last', async () => {
  const { provider, made } = scene();
  await provider.findOrder(reference, { ...asked, lastSentAt: addMs(now, -1_800_000) });
  expect(made[0]?.query.get('createdDateEnd')).toBe('2026-05-01T12:30:00.000Z');
});

test('a list without end, or one that breaks off, says nothing', async () => {
  expect(await find({ [calls.list]: [200, [{ id: 1 }]] })).toEqual(unknown('LIST_TOO_LONG'));
  const broken: readonly Reply[] = [
    [200, [{ id: 1 }]],
    [500, 'a page'],
  ];
  expect(await find({ [calls.list]: broken })).toEqual(unknown('SERVER_ERROR'));
});

test('what is not listed is not said to be absent before the list has caught up', async () => {
  expect(await find({}, { since: addMs(now, -600_000) })).toEqual(unknown('NOT_YET_LISTED'));
  expect(await find({}, { lastSentAt: now })).toEqual(unknown('NOT_YET_LISTED'));
  expect(await find({}, { since: addMs(now, -600_001) })).toEqual({ kind: 'notFound' });
});

test('a transfer that waits is absent once it is certain that nobody has paid it', async () => {
  const waits = { [calls.list]: listed(), [calls.read]: [200, transfer()] } as const;
  expect(await find(waits)).toEqual({ kind: 'notFound' });
  expect(await find(waits, { lastSentAt: now })).toEqual(unknown('NOT_YET_PAID'));
  expect(await find({ ...waits, [calls.payments]: [200, [payment]] })).toEqual(taken);
  expect(await find({ ...waits, [calls.payments]: [500, ''] })).toEqual(unknown('SERVER_ERROR'));
});

test.each([
  ['2026-04-18T12:00:00Z', [], no('retryNewKey', 'TRANSFER_LAPSED')],
  ['2026-04-18 12:00:00', [], no('retryNewKey', 'TRANSFER_LAPSED')],
  ['2026-04-18T12:00:00Z', [payment], no('permanent', 'TRANSFER_CANCELLED')],
  ['2026-04-18T12:00:01Z', [], no('permanent', 'TRANSFER_CANCELLED')],
  ['some day', [], no('permanent', 'TRANSFER_CANCELLED')],
])('one made %s, paid with %j and cancelled is %j', async (created, payments, expected) => {
  const read: Reply = [200, transfer({ status: 'cancelled', created, sourceValue: 0 })];
  const replies = { [calls.read]: read, [calls.payments]: [200, payments] as const };
  expect(await find(replies, { providerOrder: '50' })).toEqual(expected);
});

test.each(['UNKNOWN', '../50', '050', ''])('%j is no id of a transfer', async (providerOrder) => {
  const { provider, made } = scene();
  const found = await provider.findOrder(reference, { ...asked, providerOrder });
  expect(found).toEqual(unknown('ID_UNKNOWN'));
  const reading = { kind: 'order', webhookId: '1', providerOrder } as const;
  expect(await provider.referenceOf(reading)).toBeUndefined();
  const refused = { kind: 'refused', detail: 'ORDER_UNKNOWN' };
  expect(await provider.cancel({ reference, providerOrder })).toEqual(refused);
  expect(made).toEqual([]);
});

test('a transfer leads to our reference, one of nobody to none', async () => {
  const reading = { kind: 'order', webhookId: '1', providerOrder: '50' } as const;
  const referenceIn = (reply: Reply) =>
    scene({ [calls.read]: reply }).provider.referenceOf(reading);
  const shouted = transfer({ customerTransactionId: reference.toUpperCase() });
  expect(await referenceIn([200, shouted])).toBe(reference);
  expect(await referenceIn([200, transfer({ customerTransactionId: null })])).toBeUndefined();
  expect(await referenceIn([404, wrong('')])).toBeUndefined();
  await expect(referenceIn([404, 'a page'])).rejects.toThrow('could not be read');
  await expect(referenceIn([403, wrong('')])).rejects.toThrow('could not be read');
});

const cancelled: Reply = [200, transfer({ status: 'cancelled' })];

test.each([
  [cancelled, { kind: 'done' }],
  [[409, wrong('')], { kind: 'refused', detail: 'NOT_ALLOWED_NOW' }],
  [[409, 'a page'], { kind: 'unknown', detail: 'UNEXPECTED_STATUS' }],
  [[200, transfer()], { kind: 'unknown', detail: 'NOT_CANCELLED' }],
  [[500, ''], { kind: 'unknown', detail: 'SERVER_ERROR' }],
] as const)('a cancellation answered with %j', async (reply, expected) => {
  const { provider } = scene({ [calls.cancel]: reply, [calls.read]: [200, transfer()] });
  expect(await provider.cancel({ reference, providerOrder: '50' })).toEqual(expected);
});

test('the transfer of another reference is not cancelled', async () => {
  const { provider, names } = scene();
  const other = reference.replace('01', '02');
  const outcome = await provider.cancel({ reference: other, providerOrder: '50' });
  expect(outcome).toEqual({ kind: 'refused', detail: 'CONTRADICTION' });
  expect(names()).toEqual([calls.read]);
});
