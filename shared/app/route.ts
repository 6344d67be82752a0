import type { Program } from '../domain/program/schema.ts';
import { programAt } from '../domain/program/version.ts';
import type { Order } from '../domain/redemption/order.ts';
import { invariant } from '../domain/result.ts';
import { instantOf } from '../domain/time.ts';
import type { Digest, QueueSender } from '../ports/runtime.ts';
import type { Hold, ProgramStore, RedemptionStore } from '../ports/stores.ts';
import type { RedemptionTask } from './redemption-task.ts';

export interface RouteDependencies {
  readonly digest: Digest;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  /** One queue per provider account. */
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
}

/**
 * Chooses the provider for a new redemption, writes the choice down and queues the order. Safe to
 * repeat: the first row stands, and a second message to dispatch finds the work done.
 */
export async function route(dependencies: RouteDependencies, task: RedemptionTask): Promise<void> {
  const { redemptions, programs, dispatchQueues } = dependencies;
  const { program: name, redemption } = task;
  const record = await redemptions.read(redemption);
  invariant(record !== undefined, `Redemption ${redemption} was announced but has no hold.`);
  const program = programAt(await programs.load(name), record.hold.entry.occurredAt);
  invariant(program !== undefined, `Redemption ${redemption} is of an unknown program.`);
  const order = record.order ?? firstOrder(dependencies.digest, program, record.hold);
  if (record.order === undefined) await redemptions.createOrder(order);
  const queue = dispatchQueues.get(order.provider);
  invariant(queue !== undefined, `Provider ${order.provider} is not enabled in this region.`);
  await queue.send({ body: { program: name, redemption }, group: name });
}

function firstOrder(digest: Digest, program: Program, hold: Hold): Order {
  const reward = program.rewards.find(({ id }) => id === hold.rewardId);
  invariant(reward !== undefined, `Reward ${hold.rewardId} has left the program.`);
  const { redemption } = hold;
  return {
    redemption,
    attempt: 1,
    provider: reward.provider,
    products: reward.products,
    payloadHash: payloadHash(digest, hold, reward.products),
    state: 'open',
    call: 0,
    claimedUntil: instantOf(0),
    undecidedUntil: instantOf(0),
    reasons: ['ONLY_PROVIDER_OF_REWARD'],
  };
}

/** What a provider is asked for, hashed: one reference never carries another body. */
export function payloadHash(digest: Digest, hold: Hold, products: readonly string[]): string {
  const { amountMinor, currency, sealedEmail } = hold;
  const payload = [products, amountMinor.toString(), currency, sealedEmail];
  return digest.sha256Short(JSON.stringify(payload));
}
