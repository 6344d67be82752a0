import type { Order } from '../../domain/redemption/order.ts';
import { addMs } from '../../domain/time.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import { connected } from './dispatch-ask.ts';
import { toGiveUp } from './dispatch-call-off.ts';
import {
  again,
  comeBack,
  type DispatchDependencies,
  type DispatchTask,
  secondsUntil,
} from './dispatch-task.ts';
import type { Standing } from './provider-gate.ts';
import { chooseSource, payloadHash } from './route-choice.ts';
import type { OrderedRecord } from './settle.ts';

/**
 * Whether the provider may be called now. If not, the task is on its way back, or the delayed check
 * will bring it: no receive count is spent, and no claim.
 */
export async function admitted(
  dependencies: DispatchDependencies,
  task: DispatchTask,
  record: OrderedRecord,
): Promise<boolean> {
  const { gate } = dependencies;
  const { order } = record;
  const provider = connected(dependencies, order);
  const standing = await gate.standing(order.provider);
  if (await moved(dependencies, record, standing)) return false;
  // The delayed check comes back to it; by then the float may have been filled.
  if (order.waitingFor === 'funds' && standing.outOfFunds && !order.cancelled) return false;
  const entrance = await gate.enter({
    provider: order.provider,
    ...{ calls: callsOf(provider, order), turn: task.turn },
    requestsPerMinute: provider.capabilities.requestsPerMinute,
  });
  if (entrance.kind === 'entered') return true;
  await wait(dependencies, task, { order, entrance });
  return false;
}

/** A look-up may be followed by placing the order, or follow the calling off of one. */
function callsOf(provider: RewardProvider, order: Order): number {
  if (order.call === 0) return 1;
  return order.state === 'open' || toGiveUp(provider, order) !== undefined ? 2 : 1;
}

interface Waiting {
  readonly order: Order;
  readonly entrance:
    | { readonly kind: 'shut'; readonly until: DispatchTurn }
    | { readonly kind: 'later'; readonly turn: DispatchTurn };
}

/** Queues delay by whole seconds; the rest is waited for by the worker. */
const earlyMs = 1000;

type DispatchTurn = NonNullable<DispatchTask['turn']>;

async function wait(
  dependencies: DispatchDependencies,
  { turn: _, ...task }: DispatchTask,
  { order, entrance }: Waiting,
): Promise<void> {
  const now = dependencies.clock.now();
  if (entrance.kind === 'shut') {
    const delaySeconds = secondsUntil(entrance.until, now);
    await comeBack(dependencies, task, { order, delaySeconds });
    return;
  }
  // Too early rather than too late: turns that come back together would be used together.
  const delaySeconds = secondsUntil(addMs(entrance.turn, -earlyMs), now);
  await again(dependencies, { ...task, turn: entrance.turn }, { order, delaySeconds });
}

/** An order that was never sent goes to another source where its own takes none now. */
async function moved(
  dependencies: DispatchDependencies,
  { hold, order }: OrderedRecord,
  { outOfFunds, shutUntil }: Standing,
): Promise<boolean> {
  const takesOrders = shutUntil === undefined && !outOfFunds;
  if (takesOrders || order.call > 0 || order.waitingFor !== undefined) return false;
  const choice = await chooseSource(dependencies, hold, [...order.tried, order.provider]);
  if (choice === undefined || !choice.isHealthy) return false;
  const { products, provider, reason } = choice;
  const next = {
    ...{ ...order, provider, products, reasons: [...order.reasons, reason] },
    payloadHash: payloadHash(dependencies.digest, hold, products),
  };
  // Somebody else may have been faster; the message is for whatever stands then.
  await dependencies.redemptions.updateOrder(order, next);
  const { program } = hold.entry;
  const task = { program, redemption: order.redemption };
  await again(dependencies, task, { order: next, delaySeconds: 0 });
  return true;
}
