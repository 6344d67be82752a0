import { redemptionId } from '../../domain/redemption/reference.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Subscription } from '../../domain/webhooks/subscription.ts';
import type { Digest } from '../../ports/runtime.ts';
import {
  type ReplayDependencies,
  replayWebhooks,
  type SubscribeDependencies,
  subscribe,
} from './webhook-subscriptions.ts';

export interface ManageDependencies extends SubscribeDependencies, ReplayDependencies {
  readonly digest: Digest;
  /** `whsec_` and base64 of 32 random bytes. */
  readonly newWebhookSecret: () => Secret;
}

export interface AddCommand {
  readonly program: string;
  /** Whose idempotency keys these are. */
  readonly caller: string;
  readonly idempotencyKey: string;
  readonly url: string;
  /** Sorted. */
  readonly types: readonly string[];
}

export interface Added {
  readonly subscription: Subscription;
  /** Only where it is new: it is told once. */
  readonly secret?: Secret;
}

/** Each of them is asked for every event. */
const maximumWebhooks = 20;

/** Safe to repeat under its key. Refusals: `TOO_MANY_WEBHOOKS`, `IDEMPOTENCY_CONFLICT`. */
export async function addWebhook(
  dependencies: ManageDependencies,
  { program, caller, idempotencyKey, url, types }: AddCommand,
): Promise<Result<Added, Refusal>> {
  const { digest, subscriptions, newWebhookSecret } = dependencies;
  const seed = JSON.stringify(['webhook', program, caller, idempotencyKey]);
  const id = redemptionId(digest.sha256Hex(seed));
  const standing = await subscriptions.list(program);
  const known = standing.find((one) => one.id === id);
  if (known !== undefined) return repeated(known, { url, types });
  if (standing.length >= maximumWebhooks) return failure(refusal('TOO_MANY_WEBHOOKS'));
  const secret = newWebhookSecret();
  const added = await subscribe(dependencies, { program, id, url, types, secret });
  if (added !== undefined) return success({ subscription: added, secret });
  const first = await subscriptions.read({ program, subscription: id });
  return first === undefined ? failure(refusal('TRY_AGAIN')) : repeated(first, { url, types });
}

function repeated(
  subscription: Subscription,
  { url, types }: Pick<AddCommand, 'url' | 'types'>,
): Result<Added, Refusal> {
  const isSame = subscription.url === url && subscription.types.join() === types.join();
  return isSame ? success({ subscription }) : failure(refusal('IDEMPOTENCY_CONFLICT'));
}

interface WebhookKey {
  readonly program: string;
  readonly subscription: string;
}

/** Nothing more is sent to it. Refusal: `UNKNOWN_WEBHOOK`. */
export async function removeWebhook(
  { subscriptions }: Pick<ManageDependencies, 'subscriptions'>,
  key: WebhookKey,
): Promise<Result<void, Refusal>> {
  const standing = await subscriptions.read(key);
  if (standing === undefined) return failure(refusal('UNKNOWN_WEBHOOK'));
  await subscriptions.remove(standing);
  return success(undefined);
}

/** How many deliveries of the period are sent once more. Refusal: `UNKNOWN_WEBHOOK`. */
export async function replayWebhook(
  dependencies: ReplayDependencies,
  period: Parameters<typeof replayWebhooks>[1],
): Promise<Result<number, Refusal>> {
  const standing = await dependencies.subscriptions.read(period);
  if (standing === undefined) return failure(refusal('UNKNOWN_WEBHOOK'));
  return success(await replayWebhooks(dependencies, period));
}
