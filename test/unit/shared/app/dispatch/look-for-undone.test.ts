import { describe, expect, it, onTestFinished } from 'vitest';
import { createPayPalPayouts } from '../../../../../shared/adapters/providers/paypal-payouts.ts';
import { createUnopened } from '../../../../../shared/adapters/providers/unopened.ts';
import { lookForUndone } from '../../../../../shared/app/dispatch/look-for-undone.ts';
import { reportPayouts } from '../../../../../shared/app/payouts/report-payouts.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { addMs, instantOf } from '../../../../../shared/domain/time.ts';
import type { UndoneHint } from '../../../../../shared/ports/provider.ts';
import { ProviderUnavailableError } from '../../../../../shared/ports/provider-unavailable.ts';
import { startFakePayPal } from '../../../../providers/fake/paypal-payouts.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { payingWorld, program } from '../../../../support/paying.ts';
import { ScriptedProvider } from '../../../../support/scripted-provider.ts';
import { createWorld } from '../../../../support/world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Undone = (period: { from: number; to: number }) => AsyncIterable<UndoneHint>;

/** A provider whose books say what a test wants. */
function books(undone: Undone) {
  const provider = Object.assign(new ScriptedProvider('paypal-payouts'), { undone });
  const world = createWorld(undefined, '2026-06-15T12:00:00Z', [provider]);
  const look = () => lookForUndone(world.dependencies);
  const codes = () => world.logged.map((line) => line.split(' ')[0]);
  const sent = () => world.inbox.messages.map(({ body }) => body);
  return { world, look, codes, sent };
}

const named: UndoneHint = { kind: 'reference', webhookId: 'X3', reference: 'ours' };

describe('the look for what came back', () => {
  it('passes on what the books say as webhooks are, once a day', async () => {
    const { world, look, codes, sent } = books(async function* () {
      yield named;
    });
    await look();
    await look();
    world.clock.advance(dayMs - 1);
    await look();
    expect(sent()).toEqual([{ kind: 'webhook', provider: 'paypal-payouts', reading: named }]);
    world.clock.advance(1);
    await look();
    expect(codes()).toEqual(['RETURNS_READ', 'RETURNS_READ']);
    expect(world.table.looks.get('paypal-payouts')).toMatchObject({ version: 2 });
  });

  it('begins with a month, and then with the day before the last look, however late', async () => {
    const days: number[][] = [];
    const { world, look } = books(async function* ({ from, to }) {
      days.push([from, to].map((at) => (at - Date.UTC(2026, 5, 15, 12)) / dayMs));
    });
    await look();
    world.clock.advance(5 * dayMs);
    await look();
    expect(days).toEqual([
      [-31, 0],
      [-1, 5],
    ]);
  });

  it('rings for an account that cannot be opened any more', async () => {
    const { world, look, codes } = books(async function* () {
      yield named;
    });
    await look();
    const closed = new Map([['paypal-payouts', createUnopened('paypal-payouts')]]);
    const lookClosed = () => lookForUndone({ ...world.dependencies, providers: closed });
    world.clock.advance(3 * dayMs - 1);
    await lookClosed();
    expect(codes()).toEqual(['RETURNS_READ']);
    world.clock.advance(1);
    await lookClosed();
    expect(codes()).toEqual(['RETURNS_READ', 'RETURNS_UNREAD']);
  });

  it('looks again at once after books that broke off, and rings when that lasts', async () => {
    let isBroken = true;
    const { world, look, codes, sent } = books(async function* () {
      yield named;
      if (isBroken) throw new ProviderUnavailableError('paypal-payouts');
    });
    await look();
    expect(codes()).toEqual(['RETURNS_UNREAD']);
    expect(world.table.looks.size).toBe(0);
    isBroken = false;
    await look();
    expect(sent()).toHaveLength(2);
    isBroken = true;
    world.clock.advance(dayMs);
    await look();
    world.clock.advance(2 * dayMs);
    await look();
    const told = ['RETURNS_UNREAD', 'RETURNS_READ', 'RETURNS_UNREADABLE', 'RETURNS_UNREAD'];
    expect(codes()).toEqual(told);
  });

  it('keeps nothing as read that is not in the queue', async () => {
    const { world, look } = books(async function* () {
      yield named;
    });
    const broken = {
      send: async () => {
        throw new Error('the queue is away');
      },
    };
    const tried = lookForUndone({ ...world.dependencies, settleQueue: broken });
    await expect(tried).rejects.toThrow('the queue is away');
    expect(world.table.looks.size).toBe(0);
    await look();
    expect(world.inbox.messages).toHaveLength(1);
  });

  it('tells a person of what the books do not name', async () => {
    const { look, sent, world } = books(async function* () {
      yield { kind: 'unnamed', webhookId: 'X9' };
    });
    await look();
    expect(sent()).toEqual([]);
    const told = 'RETURN_UNNAMED {"provider":"paypal-payouts","webhookId":"X9"}';
    expect(world.logged).toContain(told);
  });

  it('asks nobody whose webhooks tell of everything', async () => {
    const world = createWorld();
    await lookForUndone(world.dependencies);
    expect([world.logged, world.table.looks.size]).toEqual([[], 0]);
  });
});

/** PayPal's adapter and stand-in behind a world whose clock both follow. */
async function payPalWorld() {
  let now = () => instantOf(0);
  const fake = await startFakePayPal({ seed: 1, stepMs: 60_000, now: () => now() });
  onTestFinished(fake.close);
  const clock = { now: () => now() };
  const adapter = createPayPalPayouts({ ...fake.secret, clock, timeoutMs: 5_000 });
  const payPal = Object.assign(new ScriptedProvider('paypal-payouts'), adapter);
  const rail = {
    ...{ id: 'paypal', kind: 'payPal', names: { en: 'PayPal' }, minimumMinor: { EUR: 1_000 } },
    ...{ sources: [{ provider: 'paypal-payouts' }], fee: { bearer: 'member' } },
  };
  const fee = { ...rail.fee, fixedMinor: { EUR: 30 } };
  const paying = payingWorld({ rails: [{ ...rail, fee }] }, [], [payPal]);
  now = () => paying.world.clock.now();
  return { fake, paying };
}

describe('a payout that PayPal takes back without a word', () => {
  it('is in the wallet again after the next look, whole and once', async () => {
    const { fake, paying } = await payPalWorld();
    const { world, dependencies } = paying;
    const wallet = { program, member: 'ann', unit: 'EUR' };
    const spendable = async () => {
      const { lots } = await dependencies.ledger.readBalance(wallet);
      return [...lots.values()].reduce((sum, points) => sum + points, 0n);
    };
    await paying.give('ann', 'EUR', 2_500n);
    const payee = { rail: 'payPal', receiverKind: 'email', receiver: 'ann@example.com' } as const;
    await paying.choose('ann', { rail: 'paypal' }, payee);
    const asOf = world.clock.now();
    await runPayouts(dependencies, { program, run: 'run-1', asOf, requestedBy: 'fin' });
    await paying.settle();
    const stateOf = () => [...world.table.orders.values()].map(({ state }) => state);
    expect([stateOf(), await spendable()]).toEqual([['captured'], 0n]);
    await lookForUndone(dependencies);

    world.clock.advance(3 * dayMs);
    const [batch] = fake.batches();
    fake.decide(batch?.senderBatchId ?? '', { batch: 'SUCCESS', item: 'REVERSED' });
    await lookForUndone(dependencies);
    await drain(world);
    // PayPal's books are three hours behind.
    expect(stateOf()).toEqual(['captured']);
    for (let look = 1; look <= 3; look += 1) {
      world.clock.reach(addMs(world.clock.now(), dayMs));
      await lookForUndone(dependencies);
      await drain(world);
      expect([stateOf(), await spendable()]).toEqual([['released'], 2_500n]);
    }
    const told = await reportPayouts(dependencies, { program, run: 'run-1' });
    expect(told.report.mismatches()).toEqual([]);
    expect(told.report.rows()).toMatchObject([{ rail: 'paypal', paidMinor: 0n }]);
  });
});
