import type { Program } from '../domain/program/schema.ts';
import type { Order } from '../domain/redemption/order.ts';
import { invariant } from '../domain/result.ts';
import { formatInstant, instantOf } from '../domain/time.ts';
import type { Digest, QueueSender } from '../ports/runtime.ts';
import type { Hold, ProgramStore, RedemptionStore } from '../ports/stores.ts';
import type { RedemptionTask } from './redemption-task.ts';

export interface RouteDependencies {
  readonly digest: Digest;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  /** One queue per provider account. */
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
  readonly checkQueue: QueueSender;
}

/** SQS delays a message by at most 15 minutes. */
export const checkDelaySeconds = 900;

/**
 * Chooses the provider for a new redemption, writes the choice down and queues the order. Safe to
 * repeat: the first row stands, and a second message to dispatch finds the work done.
 */
export async function route(dependencies: RouteDependencies, task: RedemptionTask): Promise<void> {
  const { redemptions, programs, dispatchQueues, checkQueue } = dependencies;
  const { program: name, redemption } = task;
  const record = await redemptions.read(redemption);
  invariant(record !== undefined, `Redemption ${redemption} was announced but has no hold.`);
  const program = await programs.load(name);
  invariant(program !== undefined, `Redemption ${redemption} is of an unknown program.`);
  const order = record.order ?? firstOrder(dependencies.digest, program, record.hold);
  if (record.order === undefined) await redemptions.createOrder(order);
  const queue = dispatchQueues.get(order.provider);
  invariant(queue !== undefined, `Provider ${order.provider} is not enabled in this region.`);
  await queue.send({ body: { program: name, redemption }, group: name });
  const requestedAt = formatInstant(record.hold.entry.postedAt);
  const check = { kind: 'check', program: name, redemption, requestedAt };
  await checkQueue.send({ body: check, group: name, delaySeconds: checkDelaySeconds });
}

function firstOrder(digest: Digest, program: Program, hold: Hold): Order {
  const reward = program.rewards.find(({ id }) => id === hold.rewardId);
  invariant(reward !== undefined, `Reward ${hold.rewardId} has left the program.`);
  const { redemption, amountMinor, currency, sealedEmail } = hold;
  const payload = [reward.products, amountMinor.toString(), currency, sealedEmail];
  return {
    redemption,
    attempt: 1,
    provider: reward.provider,
    products: reward.products,
    payloadHash: digest.sha256Short(JSON.stringify(payload)),
    state: 'open',
    call: 0,
    claimedUntil: instantOf(0),
    undecidedUntil: instantOf(0),
    reasons: ['ONLY_PROVIDER_OF_REWARD'],
  };
}
