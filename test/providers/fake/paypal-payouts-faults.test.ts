import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Fetch } from '../../../shared/adapters/providers/http.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { FindOutcome, RewardProvider } from '../../../shared/ports/provider.ts';
import { receiver } from './common/client.ts';
import type { PayPalRates } from './paypal-payouts/faults.ts';
import {
  adapterOf,
  batchBody,
  clientOf,
  payoutOrder,
  receivers,
  startedPayPal,
} from './paypal-payouts-client.ts';

test('the same seed meets the same faults', async () => {
  const statuses = async () => {
    const client = await clientOf(await startedPayPal({ faults: { rateLimit: 0.5 } }));
    const seen = [];
    for (let number = 0; number < 20; number += 1) {
      seen.push((await client('POST', '/payments/payouts', batchBody(`n${number}`))).status);
    }
    return seen;
  };
  const first = await statuses();
  expect(new Set(first)).toEqual(new Set([201, 429]));
  expect(await statuses()).toEqual(first);
});

/** Writes the note of the sandbox into what an adapter sends. */
const withNote =
  (note: string): Fetch =>
  (input, init) => {
    const body = String(init?.body ?? '');
    if (!body.startsWith('{')) return fetch(input, init);
    const noted = body.replace('"purpose":', `"note":"${note}","purpose":`);
    return fetch(input, { ...init, body: noted });
  };

test.each([
  ['ERRPYO001', { reason: 'configuration', detail: 'SENDER_RESTRICTED' }],
  ['ERRPYO002', { reason: 'configuration', detail: 'SENDER_UNCONFIRMED' }],
  ['ERRPYO003', { reason: 'configuration', detail: 'NOT_PERMITTED' }],
  ['ERRPYO005', { reason: 'waitForFunds', detail: 'OUT_OF_FUNDS' }],
  ['ERRPYO006', { kind: 'unknown', detail: 'SERVER_ERROR' }],
  ['ERRPYO010', { reason: 'permanent', detail: 'INVALID_ORDER' }],
  ['ERRPYO011', { reason: 'configuration', detail: 'NOT_PERMITTED' }],
  ['ERRPYO012', { reason: 'configuration', detail: 'SENDER_LOCKED' }],
  ['ERRPYO014', { reason: 'permanent', detail: 'BUSINESS_RULE' }],
  ['POSPYO001', { kind: 'accepted', final: false }],
])('the test value %s of the sandbox is understood', async (note, expected) => {
  const fake = await startedPayPal();
  const provider = adapterOf(fake, { fetch: withNote(note) });
  const outcome = await provider.placeOrder(payoutOrder('one'));
  expect(outcome).toMatchObject(expected);
  expect(fake.batches()).toHaveLength(note === 'POSPYO001' ? 1 : 0);
});

test('webhooks come signed, twice where they should; forged ones are refused', async () => {
  const fake = await startedPayPal({ stepMs: 20 });
  fake.setFaults({ duplicate: 1, badSignature: 1, unknownEvent: 1 });
  const provider = adapterOf(fake);
  const { url, readings } = await receiver(provider);
  fake.setWebhookUrl(url);
  await provider.placeOrder(payoutOrder('one'));
  await expect.poll(() => fake.isIdle()).toBe(true);
  const [batch] = fake.batches();
  const kinds = readings.map(({ kind }) => kind);
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  // Of the batch: PROCESSING and SUCCESS; of its item, which names it: SUCCEEDED.
  expect(['order', 'reward', 'ignored', 'refused'].map(count)).toEqual([6, 0, 3, 3]);
  for (const reading of readings.filter(({ kind }) => kind === 'order' || kind === 'reward')) {
    expect(await provider.referenceOf(reading)).toBe('one');
  }
  expect(batch?.changes).toHaveLength(3);
  expect(fake.forgedAccepted()).toBe(0);
});

test('an unclaimed payout is taken back by the adapter, a paid one is not', async () => {
  const fake = await startedPayPal({ stepMs: 1 });
  const provider = adapterOf(fake);
  for (const [reference, to, expected] of [
    ['one', receivers.stranger, { kind: 'done' }],
    ['two', receivers.member, { kind: 'refused', detail: 'NOT_ALLOWED_NOW' }],
  ] as const) {
    const placed = await provider.placeOrder(payoutOrder(reference, to));
    const providerOrder = placed.kind === 'accepted' ? placed.providerOrder : '';
    await expect.poll(() => fake.isIdle()).toBe(true);
    expect(await provider.cancel({ reference, providerOrder })).toEqual(expected);
    const other = await provider.cancel({ reference: 'three', providerOrder });
    expect(other).toEqual({ kind: 'refused', detail: 'CONTRADICTION' });
  }
  expect(fake.payoutsStanding()).toBe(1);
});

const faults: PayPalRates = {
  ...{ lostAnswer: 0.2, lostRequest: 0.1, slow: 0.05, serverError: 0.1, contradiction: 0.1 },
  ...{ rateLimit: 0.1, outOfFunds: 0.1, notJson: 0.1 },
};

test('fifty payouts through faults are paid once each', async () => {
  const fake = await startedPayPal({ seed: 'fifty', faults, stepMs: 1 });
  const provider = adapterOf(fake, { timeoutMs: 500 });
  const references = Array.from({ length: 50 }, (_, number) => `order-${number}`);
  await Promise.all(references.map((reference) => deliver(provider, reference)));
  expect(
    fake
      .batches()
      .map(({ senderBatchId }) => senderBatchId)
      .toSorted(),
  ).toEqual(references.toSorted());
  expect(fake.payoutsStanding()).toBe(50);
  expect(fake.balanceHundredths('GBP')).toBe(10n ** 14n - 50n * 1_275n);
  for (const name of Object.keys(faults) as (keyof typeof faults)[]) {
    expect(fake.counters()[name]).toBeGreaterThan(0);
  }
});

/** As dispatch does it: sent again under its reference until there is an id to look it up by. */
async function deliver(provider: RewardProvider, reference: string): Promise<void> {
  const { value, products } = payoutOrder(reference);
  let providerOrder: string | undefined;
  for (let turn = 0; turn < 2_000; turn += 1) {
    const asked = { value, products, since: instantOf(Date.now()) };
    const outcome: FindOutcome =
      providerOrder === undefined
        ? await provider.placeOrder(payoutOrder(reference))
        : await provider.findOrder(reference, { ...asked, providerOrder });
    expect(outcome).not.toMatchObject({ reason: 'permanent' });
    if (outcome.kind === 'accepted' && outcome.final) return;
    if (outcome.kind === 'accepted') ({ providerOrder } = outcome);
    // The stand-in moves on by its own clock.
    await wait(2);
  }
  expect.unreachable('The payout was given up.');
}
