import { callOffOf, neverOrdered } from '../../domain/redemption/call-off.ts';
import type { CancelReason } from '../../domain/redemption/order.ts';
import type { QueueSender } from '../../ports/runtime.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import { release, type SettleDependencies } from './settle.ts';

export interface CallOffDependencies extends SettleDependencies {
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
}

/**
 * `released`: the points are back. `asked`: no further attempt is made, and they come back after a
 * definite no. `delivered`: the reward is there, and nothing was done.
 */
export type CalledOff = 'released' | 'asked' | 'delivered';

const maximumRounds = 12;

/**
 * Gives up a redemption: at once where no provider was ever called, else as soon as the one that
 * was has said no (P2). Safe to repeat; the first reason stands.
 */
export async function callOff(
  dependencies: CallOffDependencies,
  record: RedemptionRecord,
  reason: CancelReason,
): Promise<CalledOff> {
  const { dispatchQueues, redemptions } = dependencies;
  const { redemption, entry } = record.hold;
  let read: RedemptionRecord | undefined = record;
  for (let round = 1; round <= maximumRounds && read !== undefined; round += 1) {
    const { order } = read;
    if (order === undefined) {
      await redemptions.createOrder(neverOrdered(redemption, reason));
      read = await redemptions.read(redemption);
      continue;
    }
    const step = callOffOf(order, reason);
    if (step.kind === 'over') return order.state === 'captured' ? 'delivered' : 'released';
    if (step.kind === 'closing') {
      if ((await release(dependencies, { ...read, order })) === 'done') return 'released';
    } else if (step.kind === 'ask' && order.cancelled !== undefined) {
      return 'asked';
    } else if ((await redemptions.updateOrder(order, step.next)) === 'done') {
      if (step.kind === 'ask') {
        const body = { program: entry.program, redemption };
        await dispatchQueues.get(order.provider)?.send({ body, group: entry.program });
        return 'asked';
      }
    }
    read = await redemptions.read(redemption);
  }
  throw new Error(`The order of ${redemption} kept changing over ${maximumRounds} rounds.`);
}
