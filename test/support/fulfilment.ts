import { expect } from 'vitest';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { check } from '../../shared/app/dispatch/check.ts';
import { dispatch } from '../../shared/app/dispatch/dispatch.ts';
import { heedWebhook } from '../../shared/app/dispatch/heed-webhook.ts';
import { route } from '../../shared/app/dispatch/route.ts';
import { watchFloats } from '../../shared/app/dispatch/watch-float.ts';
import { redeem } from '../../shared/app/redemption/redeem.ts';
import {
  checkMessageSchema,
  dispatchMessageSchema,
  webhookMessageSchema,
} from '../../shared/contracts/messages.ts';
import type { Order } from '../../shared/domain/redemption/order.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { ProviderUnavailableError } from '../../shared/ports/provider-unavailable.ts';
import { delivery, redemption } from './deliveries.ts';
import type { Message } from './inbox.ts';
import { wrapped } from './scheduling.ts';
import { createWorld, type Dependencies, type World } from './world.ts';

export const task = (id: string) => ({ program: 'online-retail', redemption: id });

/**
 * A world in which ann, who had 1500 points, has asked for a card of 1000 points and it is routed.
 */
export async function requested(
  world = createWorld(),
): Promise<{ readonly world: World; readonly id: string }> {
  await accrue(world.dependencies, [delivery({ amountMinor: 150_000 })]);
  const result = await redeem(world.dependencies, redemption('k1'));
  if (!result.ok) throw new Error(result.failure.code);
  const id = result.value.hold.redemption;
  await route(world.dependencies, task(id));
  return { world, id };
}

/** Does what the function of the message's queue does with it. */
export async function handle(dependencies: Dependencies, { queue, body }: Message): Promise<void> {
  if (queue === 'dispatch') {
    const { afterCall, lookUps, turn, ...named } = dispatchMessageSchema.parse(body);
    const started = { ...(afterCall && { afterCall }), ...(lookUps && { lookUps }) };
    const given = turn === undefined ? {} : { turn: instantOf(turn) };
    await dispatch(dependencies, { ...named, ...started, ...given });
  } else if (queue === 'check') {
    const { requestedAt, program, redemption: id, toldLate } = checkMessageSchema.parse(body);
    const since = instantOf(Date.parse(requestedAt));
    const told = toldLate === undefined ? {} : { toldLate };
    await check(dependencies, { program, redemption: id, requestedAt: since, ...told });
  } else {
    const { provider, reading, tries = 0 } = webhookMessageSchema.parse(body);
    await heedWebhook(dependencies, { provider, reading, tries });
  }
}

/** A process that died in the middle of its work. */
export class Crash extends Error {}

/**
 * Dependencies whose `nth` call dies, before or after it took effect; `calls()` says how many there
 * were.
 */
export function crashing(
  dependencies: Dependencies,
  nth: number,
  when: 'before' | 'after',
): { readonly dependencies: Dependencies; readonly calls: () => number } {
  let calls = 0;
  const wrap = <Port extends object>(port: Port): Port =>
    wrapped(port, async (call) => {
      calls += 1;
      const dies = calls === nth;
      if (dies && when === 'before') throw new Crash();
      const result = await call();
      if (dies) throw new Crash();
      return result;
    });
  return { dependencies: withPorts(dependencies, wrap), calls: () => calls };
}

/** Every port of fulfilment passed through `wrap`. */
export function withPorts(
  dependencies: Dependencies,
  wrap: <Port extends object>(port: Port) => Port,
): Dependencies {
  const { ledger, redemptions, programs, codes, sealer, checkQueue } = dependencies;
  const { choices, gate, publisher, settleQueue } = dependencies;
  const each = <Port extends object>(ports: ReadonlyMap<string, Port>) =>
    new Map([...ports].map(([name, port]) => [name, wrap(port)]));
  return {
    ...dependencies,
    ...{ ledger: wrap(ledger), redemptions: wrap(redemptions), programs: wrap(programs) },
    ...{ codes: wrap(codes), sealer: wrap(sealer), checkQueue: wrap(checkQueue) },
    choices: wrap(choices),
    ...{ gate: wrap(gate), publisher: wrap(publisher), settleQueue: wrap(settleQueue) },
    providers: each(dependencies.providers),
    dispatchQueues: each(dependencies.dispatchQueues),
  };
}

/** How long a queue hides a message whose handler died. */
const visibilityMs = 90_000;
const mostMessages = 400;
const noMetrics = { float: () => undefined };

/**
 * Works through all queues, in the order of due times, until they are empty; a dead message
 * returns. Floats are watched as often as redemptions are checked.
 */
export async function drain(
  world: World,
  dependencies: Dependencies = world.dependencies,
  between: () => void = () => {},
): Promise<void> {
  for (let count = 0; count < mostMessages; count += 1) {
    const message = world.inbox.take('dispatch', 'check', 'settle');
    if (message === undefined) return;
    world.clock.reach(message.dueAt);
    try {
      await handle(dependencies, message);
      if (message.queue === 'check')
        await watchFloats({ ...world.dependencies, metrics: noMetrics });
    } catch (error) {
      if (!(error instanceof Crash || error instanceof ProviderUnavailableError)) throw error;
      world.inbox.put(message, visibilityMs);
    }
    between();
  }
  throw new Error(`Not at rest after ${mostMessages} messages.`);
}

export function orderOf(world: World, id: string): Order {
  const order = world.table.orders.get(id);
  if (order === undefined) throw new Error('No order row.');
  return order;
}

/**
 * One settlement, and one reward exactly when it says captured; the books and the points agree (P2,
 * P4).
 */
export async function expectSettled(world: World, id: string): Promise<'captured' | 'released'> {
  const record = await world.dependencies.redemptions.read(id);
  const state = record?.order?.state;
  if (state !== 'captured' && state !== 'released') throw new Error(`The order is ${state}.`);
  expect(record?.settlements).toHaveLength(1);
  const kind = state === 'captured' ? 'capture' : 'release';
  expect(record?.settlements[0]?.entry.kind).toBe(kind);
  const balances = [...world.table.balances.values()];
  const points = balances.flatMap(({ balance }) => [...balance.lots.values(), -balance.debt]);
  const left = points.reduce((sum, part) => sum + part, 0n);
  expect(left).toBe(state === 'captured' ? 500n : 1500n);
  expect(world.provider.rewards()).toHaveLength(state === 'captured' ? 1 : 0);
  if (state === 'released') return state;
  const code = await world.dependencies.codes.read(task(id));
  const context = { ...task(id), field: 'reward' } as const;
  const value = await world.dependencies.sealer.open(context, code?.sealed ?? '');
  const [reference] = world.provider.orders.keys();
  expect(value.reveal()).toContain(reference ?? 'no order');
  return state;
}
