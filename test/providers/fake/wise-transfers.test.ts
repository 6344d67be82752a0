import { expect, test } from 'vitest';
import { temporaryFile } from './common/client.ts';
import {
  askedAt,
  call,
  fund,
  orderOf,
  providerOf,
  quoteBody,
  recipientBody,
  reference,
  started,
  transferred,
} from './wise-client.ts';

const dayMs = 86_400_000;

test('one reference is one transfer; recipients and quotes are new each time', async () => {
  const fake = await started();
  const first = await transferred(fake);
  const again = await transferred(fake);
  expect(again.answer.body).toEqual(first.answer.body);
  expect(fake.transfers()).toHaveLength(1);
  expect(fake.recipientsMade()).toBe(2);
});

test.each([
  ['POST /v1/accounts', { ...recipientBody, currency: 'EUR' }],
  ['POST /v1/accounts', { ...recipientBody, accountHolderName: 'Ann' }],
  ['POST /v1/accounts', { ...recipientBody, type: 'iban' }],
  ['POST /v3/profiles/30000001/quotes', { ...quoteBody, targetAmount: 0 }],
  ['POST /v3/profiles/30000001/quotes', { ...quoteBody, targetAmount: 1.001 }],
  ['POST /v1/transfers', { customerTransactionId: 'order-1' }],
])('%s with %j is refused by field', async (request, body) => {
  const { status, at } = await call(await started(), request, body);
  expect([400, 422]).toContain(status);
  expect(at('errors.0.code')).toBe('NOT_VALID');
});

test('a quote is good for one transfer, and for half an hour', async () => {
  let nowMs = Date.now();
  const fake = await started({ now: () => nowMs });
  const { answer } = await transferred(fake);
  const body = {
    ...{ targetAccount: answer.at('targetAccount'), details: {} },
    customerTransactionId: reference.replace('01', '02'),
  };
  const used = { ...body, quoteUuid: answer.at('quoteUuid') };
  expect((await call(fake, 'POST /v1/transfers', used)).status).toBe(422);
  const quote = await call(fake, 'POST /v3/profiles/30000001/quotes', quoteBody);
  nowMs += 1_800_001;
  const late = { ...body, quoteUuid: quote.at('id') };
  expect((await call(fake, 'POST /v1/transfers', late)).at('errors.0.path')).toBe('quoteUuid');
});

test('a payment without money is REJECTED in a good answer, and works after a top-up', async () => {
  const fake = await started({ openingBalanceCents: 1_000n });
  const { id } = await transferred(fake);
  const refused = await fund(fake, id);
  expect(refused).toMatchObject({ status: 201, body: { status: 'REJECTED' } });
  expect(refused.at('errorCode')).toBe('transfer.insufficient_funds');
  const topUp = { profileId: 30_000_001, balanceId: 200_001, currency: 'USD', amount: 20 };
  expect((await call(fake, 'POST /v1/simulation/balance/topup', topUp)).status).toBe(200);
  expect((await fund(fake, id)).at('status')).toBe('COMPLETED');
  // 12.50 pounds at 1.27 are 15.88 dollars; the fee is 0.35 and half a per cent.
  expect(fake.balanceCents()).toBe(1_000n + 2_000n - 1_588n - 42n);
  expect((await fund(fake, id)).at('status')).toBe('REJECTED');
  expect(fake.paidOut()).toBe(1);
});

test('the adapter waits for money, and pays the same transfer after it', async () => {
  let nowMs = Date.now();
  const fake = await started({ openingBalanceCents: 1_000n, now: () => nowMs });
  const provider = providerOf(fake, { now: () => nowMs });
  const asked = askedAt(nowMs);
  const outcome = await provider.placeOrder(orderOf());
  expect(outcome).toMatchObject({ reason: 'waitForFunds', detail: 'OUT_OF_FUNDS' });
  expect(await provider.findOrder(reference, asked)).toMatchObject({ detail: 'NOT_YET_PAID' });
  const topUp = { balanceId: 200_001, currency: 'USD', amount: 20 };
  await call(fake, 'POST /v1/simulation/balance/topup', topUp);
  nowMs += 3_600_000;
  expect(await provider.findOrder(reference, asked)).toEqual({ kind: 'notFound' });
  expect(fake.paidOut()).toBe(0);
  expect(await provider.placeOrder(orderOf())).toMatchObject({ kind: 'accepted', final: true });
  expect(fake.transfers()).toHaveLength(1);
  expect(fake.recipientsMade()).toBe(1);
});

test('another process pays it too: Wise gives the same transfer for the reference', async () => {
  const fake = await started({ faults: { outOfFunds: 1 } });
  await providerOf(fake).placeOrder(orderOf());
  fake.setFaults({});
  const outcome = await providerOf(fake).placeOrder(orderOf());
  expect(outcome).toMatchObject({ kind: 'accepted', final: true });
  expect(fake.transfers()).toMatchObject([{ isPaid: true }]);
  expect(fake.recipientsMade()).toBe(2);
});

test('what nobody pays for lapses after two weeks, and goes on under a new reference', async () => {
  let nowMs = Date.now();
  const fake = await started({ faults: { outOfFunds: 1 }, now: () => nowMs });
  const provider = providerOf(fake, { now: () => nowMs });
  const asked = askedAt(nowMs);
  await provider.placeOrder(orderOf());
  nowMs += 14 * dayMs;
  const found = await provider.findOrder(reference, asked);
  expect(found).toMatchObject({ reason: 'retryNewKey', detail: 'TRANSFER_LAPSED' });
});

test('an unpaid transfer is cancelled for good, and never paid after that', async () => {
  let nowMs = Date.now();
  const fake = await started({ faults: { outOfFunds: 1 }, now: () => nowMs });
  const provider = providerOf(fake, { now: () => nowMs });
  const asked = askedAt(nowMs);
  await provider.placeOrder(orderOf());
  fake.setFaults({});
  nowMs += 3_600_000;
  expect(await provider.findOrder(reference, asked)).toEqual({ kind: 'notFound' });
  const providerOrder = fake.transfers()[0]?.id ?? '';
  expect(await provider.cancel({ reference, providerOrder })).toEqual({ kind: 'done' });
  const outcome = { kind: 'rejected', reason: 'permanent', detail: 'TRANSFER_CANCELLED' };
  expect(await provider.placeOrder(orderOf())).toEqual(outcome);
  expect(await provider.findOrder(reference, asked)).toEqual(outcome);
  expect(fake.paidOut()).toBe(0);
});

test('what is sent may come back days later, and its money days after that', async () => {
  let nowMs = Date.now();
  const fake = await started({ faults: { bounces: 1 }, now: () => nowMs });
  const provider = providerOf(fake, { now: () => nowMs });
  const [before, asked] = [fake.balanceCents(), askedAt(nowMs)];
  const placed = await provider.placeOrder(orderOf());
  expect(placed).toMatchObject({ final: true });
  const seen: string[] = [];
  for (let day = 1; day <= 6; day += 1) {
    nowMs += dayMs;
    const found = await provider.findOrder(reference, asked);
    if (found.kind === 'accepted') seen.push(found.final ? 'sent' : 'under way');
    else seen.push(found.kind === 'rejected' ? found.detail : found.kind);
  }
  expect(seen).toEqual([
    ...['sent', 'sent', 'under way', 'under way', 'TRANSFER_CANCELLED', 'FUNDS_REFUNDED'],
  ]);
  expect(fake.balanceCents()).toBe(before);
});

test('in the sandbox a paid transfer is moved step by step', async () => {
  const fake = await started({ faults: { pending: 1 }, pendingMs: 'never' });
  const { id } = await transferred(fake);
  await fund(fake, id);
  const simulate = (status: string) => call(fake, `GET /v1/simulation/transfers/${id}/${status}`);
  expect((await simulate('bounced_back')).status).toBe(409);
  for (const status of ['funds_converted', 'outgoing_payment_sent', 'bounced_back']) {
    expect((await simulate(status)).at('status')).toBe(status);
  }
  expect((await call(fake, `PUT /v1/transfers/${id}/cancel`)).status).toBe(409);
  expect((await simulate('funds_refunded')).at('status')).toBe('funds_refunded');
  expect(fake.paidOut()).toBe(0);
});

test('the books outlive the process', async () => {
  const stateFile = temporaryFile();
  const first = await started({ stateFile });
  const { id } = await transferred(first);
  await fund(first, id);
  const second = await started({ stateFile });
  expect(second.transfers()).toEqual(first.transfers());
  expect(second.balanceCents()).toBe(first.balanceCents());
  const again = await transferred(second);
  expect(again.id).toBe(id);
});
