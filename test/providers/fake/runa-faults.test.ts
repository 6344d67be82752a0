import { expect, test } from 'vitest';
import { runaAdapter } from '../../../shared/adapters/providers/runa.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { OrderOutcome, RewardProvider } from '../../../shared/ports/provider.ts';
import { rewardOf } from '../certification/stage.ts';
import { adapterOn, callRuna, clock, placeRuna, startedRuna } from './runa-client.ts';

const value = { amountMinor: 1_250n, currency: 'GBP' };
const products = ['MARKET-GBP'];

function place(provider: RewardProvider, reference: string): Promise<OrderOutcome> {
  const where = { country: 'GB', language: 'en', recipientEmail: 'person@example.test' };
  return provider.placeOrder({ reference, products, kind: 'eGiftCard', value, ...where });
}

test('the same seed meets the same faults', async () => {
  const statuses = async () => {
    const fake = await startedRuna({ faults: { rateLimit: 0.5 } });
    const list: number[] = [];
    for (let number = 0; number < 20; number += 1) {
      list.push((await placeRuna(fake, `n${number}`)).status);
    }
    return list;
  };
  const first = await statuses();
  expect(new Set(first)).toEqual(new Set([200, 429]));
  expect(await statuses()).toEqual(first);
});

test('an order under way is told by 102, which breaks the call, or by 400', async () => {
  const fake = await startedRuna({ faults: { inProgress: 1 } });
  const details = new Set<unknown>();
  for (let number = 0; number < 12; number += 1) {
    const outcome = await place(adapterOn(fake), `order-${number}`);
    expect(outcome.kind).toBe('unknown');
    details.add(Reflect.get(outcome, 'detail'));
  }
  expect(details).toEqual(new Set(['CONNECTION_LOST', 'IN_PROGRESS']));
  fake.setFaults({});
  expect(await place(adapterOn(fake), 'order-0')).toMatchObject({ kind: 'accepted', final: true });
  expect(fake.rewardsIssued()).toBe(12);
});

test('while a call is being answered, its key is under way', async () => {
  const fake = await startedRuna({ faults: { slow: 1 } });
  const slow = place(adapterOn(fake, { timeoutMs: 400 }), 'order');
  await expect.poll(() => fake.orders().length).toBe(1);
  expect((await place(adapterOn(fake), 'order')).kind).toBe('unknown');
  expect(await slow).toEqual({ kind: 'unknown', detail: 'TIMEOUT' });
  expect(fake.rewardsIssued()).toBe(1);
});

test('an error is said again to its key, and only a new one helps', async () => {
  const fake = await startedRuna({ faults: { outOfFunds: 1 } });
  const provider = adapterOn(fake);
  const refused = { kind: 'rejected', reason: 'waitForFunds', detail: 'OUT_OF_FUNDS' };
  expect(await place(provider, 'attempt-1')).toEqual(refused);
  fake.setFaults({});
  expect(await place(provider, 'attempt-1')).toEqual(refused);
  expect(await place(provider, 'attempt-2')).toMatchObject({ kind: 'accepted', final: true });
});

test('an order that takes too long is unknown until it is done, then found', async () => {
  const fake = await startedRuna({ faults: { pending: 1 }, pendingMs: 'never' });
  const provider = adapterOn(fake);
  const asked = { value, products, since: clock.now() };
  expect(await place(provider, 'order')).toEqual({ kind: 'unknown', detail: 'SERVER_ERROR' });
  const undecided = { kind: 'unknown', detail: 'ORDERS_UNDECIDED' };
  expect(await provider.findOrder('order', asked)).toEqual(undecided);
  fake.decide('order', 'COMPLETED');
  expect(await place(provider, 'order')).toEqual({ kind: 'unknown', detail: 'SERVER_ERROR' });
  const found = await provider.findOrder('order', asked);
  expect(fake.orders()[0]?.links).toContain(rewardOf(found));
});

test('an order that takes too long and fails has given nothing', async () => {
  const fake = await startedRuna({ faults: { pending: 1 }, pendingMs: 'never' });
  const provider = adapterOn(fake);
  await place(provider, 'order');
  fake.decide('order', 'FAILED');
  const asked = { value, products, since: clock.now() };
  expect(await provider.findOrder('order', asked)).toEqual({ kind: 'notFound' });
});

test('an order is not said to be absent while the list may lag', async () => {
  let passedMs = 0;
  const now = () => instantOf(Date.now() + passedMs);
  const fake = await startedRuna({ listLagMs: 30_000, now: () => new Date(now()) });
  const provider = adapterOn(fake, { clock: { now }, listLagMs: 60_000 });
  const asked = { value, products, since: now() };
  await place(provider, 'order');
  const lagging = { kind: 'unknown', detail: 'NOT_LISTED_YET' };
  expect(await provider.findOrder('order', asked)).toEqual(lagging);
  expect(await provider.findOrder('never', asked)).toEqual(lagging);
  passedMs = 60_000;
  expect(await provider.findOrder('order', asked)).toMatchObject({ kind: 'accepted', final: true });
  expect(await provider.findOrder('never', asked)).toEqual({ kind: 'notFound' });
});

/** As a dispatcher does: a new reference only where nothing can come of the old one any more. */
async function deliver(provider: RewardProvider, name: string): Promise<string> {
  const since = clock.now();
  let attempt = 1;
  let errors = 0;
  for (let turn = 0; turn < 200; turn += 1) {
    const reference = `${name}-${attempt}`;
    const found = await provider.findOrder(reference, { value, products, since });
    if (found.kind === 'accepted' && found.final) return rewardOf(found);
    if (found.kind !== 'notFound') continue;
    const outcome = errors > 1 ? undefined : await place(provider, reference);
    if (outcome?.kind === 'accepted' && outcome.final) return rewardOf(outcome);
    expect(outcome).not.toMatchObject({ reason: 'permanent' });
    if (Reflect.get(outcome ?? {}, 'detail') === 'SERVER_ERROR') errors += 1;
    const isSpent = outcome?.kind === 'rejected' && outcome.reason === 'waitForFunds';
    if (!isSpent && outcome !== undefined) continue;
    attempt += 1;
    errors = 0;
  }
  return '(given up)';
}

test('fifty orders through faults of every kind are fifty rewards', async () => {
  const faults = {
    ...{ lostAnswer: 0.15, lostRequest: 0.1, slow: 0.1, notJson: 0.1, contradiction: 0.1 },
    ...{ rateLimit: 0.1, pending: 0.1, serverError: 0.15, outOfFunds: 0.1, inProgress: 0.1 },
  };
  const fake = await startedRuna({ seed: 'fifty', faults, pendingMs: 5 });
  const provider = runaAdapter.open(fake.secret, { clock, timeoutMs: 250 });
  const names = Array.from({ length: 50 }, (_, number) => `order-${number}`);
  const links = await Promise.all(names.map((name) => deliver(provider, name)));
  expect(new Set(links).size).toBe(50);
  expect(fake.rewardsIssued()).toBe(50);
  for (const [index, name] of names.entries()) {
    const order = fake.orders().find(({ reference }) => reference.startsWith(`${name}-`));
    expect(order?.links).toEqual([links[index]]);
  }
  for (const name of Object.keys(faults) as (keyof typeof faults)[]) {
    expect(fake.counters()[name]).toBeGreaterThan(0);
  }
});

test('a product that is not sold now is listed, and refused', async () => {
  const fake = await startedRuna();
  fake.setOrderable('MARKET-GBP', false);
  const provider = adapterOn(fake);
  expect(await provider.product('MARKET-GBP')).toMatchObject({ orderable: false });
  const refused = { kind: 'rejected', reason: 'permanent', detail: 'PRODUCT_REFUSED' };
  expect(await place(provider, 'order')).toEqual(refused);
  const { body } = await callRuna(fake, { path: '/product?is_orderable=true' });
  expect(JSON.stringify(body)).not.toContain('"MARKET-GBP"');
});
