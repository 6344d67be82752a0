import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insisting } from '../faults/lost-answers.ts';
import { filledLots, lot } from '../support/points.ts';
import { audit } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { type Delivered, deliver, owner, type TestEvent } from './ledger-actor.ts';
import { capture, closeAndRelease, orderOf, redeem, redemption } from './redemption-actor.ts';
import { act, auditState, type StateEvent } from './state-actor.ts';

type EventCommand =
  | { readonly kind: 'earn'; readonly event: number; readonly points: number; readonly lot: number }
  | {
      readonly kind: 'return';
      readonly event: number;
      readonly points: number;
      readonly of?: number;
    };

type StateCommand = {
  readonly kind: StateEvent['kind'];
  readonly event: number;
  readonly points: number;
  readonly lot: number;
};

type Command =
  | EventCommand
  | StateCommand
  | { readonly kind: 'redeem' | 'capture' | 'release'; readonly redemption: number };

const lots = ['2026-07-01', '2026-08-15', '2028-07-01'].map(lot);
const small = fc.integer({ min: 0, max: 5 });
const points = fc.integer({ min: 0, max: 60 });

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('earn' as const),
    event: small,
    points,
    lot: fc.integer({ min: 0, max: lots.length - 1 }),
  }),
  fc.record(
    { kind: fc.constant('return' as const), event: small, points, of: small },
    { requiredKeys: ['kind', 'event', 'points'] },
  ),
  fc.record({
    kind: fc.constantFrom(...(['pend', 'activate', 'vest', 'capped', 'expire'] as const)),
    event: small,
    points,
    lot: fc.integer({ min: 0, max: lots.length - 1 }),
  }),
  fc.record({
    kind: fc.constantFrom('redeem' as const, 'capture' as const, 'release' as const),
    redemption: fc.integer({ min: 1, max: 3 }),
  }),
);

/** Commands of one round run at once; each is sent twice, as a queue may. */
const rounds = fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

async function run(stores: Stores, done: Command): Promise<unknown> {
  if ('redemption' in done && done.kind === 'redeem') {
    const id = redemption(done.redemption);
    const outcome = await redeem(stores, id, 40n);
    const stands = outcome === 'held' || outcome === 'exists';
    return stands ? await stores.redemptions.createOrder(orderOf(id)) : outcome;
  }
  if ('redemption' in done) {
    const id = redemption(done.redemption);
    if ((await stores.redemptions.read(id))?.order === undefined) return 'none';
    return done.kind === 'capture' ? await capture(stores, id) : await closeAndRelease(stores, id);
  }
  if (done.kind === 'earn' || done.kind === 'return') {
    return await deliver(stores.ledger, eventOf(done), 'd1');
  }
  const into = lots[done.lot];
  if (into === undefined) return 'none';
  const event = { hash: `${done.kind}${done.event}`, kind: done.kind, lot: into };
  return await act(stores, { ...event, points: BigInt(done.points) }, 'd1');
}

function eventOf(done: EventCommand): TestEvent {
  const amount = BigInt(done.points);
  if (done.kind === 'return') {
    const original = done.of === undefined ? {} : { original: `e${done.of}` };
    return { hash: `r${done.event}`, kind: 'return', points: amount, ...original };
  }
  const into = lots[done.lot];
  return { hash: `e${done.event}`, kind: 'accrual', points: amount, ...(into && { lot: into }) };
}

export function historiesSuite(backend: Backend): void {
  it('balances stay the fold of their entries over any history', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (history) => {
        const stores = await backend.open();
        for (const round of history) {
          await Promise.all([...round, ...round].map((done) => insisting(() => run(stores, done))));
        }
        const entries = await audit(stores.scan);
        await insisting(() => auditState(stores, entries));
      }),
      { numRuns: backend.propertyRuns },
    );
  });

  it('many at once never pass a cap, nor the limit of a budget', { timeout: 60_000 }, async () => {
    const stores = await backend.open();
    const events = Array.from({ length: 16 }, (_, index): StateEvent => {
      return { hash: `c${index}`, kind: 'capped', points: 9n, lot: lot('2028-07-01') };
    });
    await Promise.all(
      [...events, ...events].map((event) => insisting(() => act(stores, event, 'd1'))),
    );
    const entries = await audit(stores.scan);
    expect(entries).toHaveLength(events.length);
    await insisting(() => auditState(stores, entries));
    const { standing } = await insisting(() => stores.ledger.readBalance(owner));
    expect([...standing.counters.values()]).toEqual([100n]);
  });

  describe('sixty-four deliveries at once on one member', () => {
    it('post every event once, though each comes three times', { timeout: 60_000 }, async () => {
      const stores = await backend.open();
      const events = Array.from({ length: 64 }, (_, index): TestEvent => {
        const points = BigInt(index + 1);
        return index % 8 === 7
          ? { hash: `r${index}`, kind: 'return', points }
          : { hash: `e${index}`, kind: 'accrual', points };
      });
      const outcomes = new Map<string, Delivered[]>(events.map(({ hash }) => [hash, []]));
      const queue = [1, 2, 3].flatMap((time) => events.map((event) => ({ event, time })));
      const work = async () => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          const { event, time } = next;
          const delivery = `d${time}`;
          const outcome = await insisting(() => deliver(stores.ledger, event, delivery));
          outcomes.get(event.hash)?.push(outcome);
        }
      };
      await Promise.all(Array.from({ length: 64 }, work));
      for (const each of outcomes.values()) {
        expect(each.filter((outcome) => outcome === 'posted').length).toBeLessThanOrEqual(1);
        expect(each).toHaveLength(3);
      }
      const entries = await audit(stores.scan);
      expect(entries).toHaveLength(events.length);
      const sum = events.reduce(
        (total, event) => total + (event.kind === 'return' ? -event.points : event.points),
        0n,
      );
      const balance = await insisting(() => stores.ledger.readBalance(owner));
      const held = filledLots(balance).reduce((total, [, part]) => total + part, 0n);
      expect(held - balance.debt).toBe(sum);
    });
  });
}
