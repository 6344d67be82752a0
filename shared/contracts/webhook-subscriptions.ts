import * as z from 'zod/mini';
import { busEventOfEntry, busEventTypes } from '../domain/bus-event.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { addMs, formatInstant, type Instant, parseInstant } from '../domain/time.ts';
import type { Subscription } from '../domain/webhooks/subscription.ts';
import { readObject } from './object.ts';

const { customerEvent, memberCommand, deliveryBounced, payoutChoiceChanged } = busEventTypes;
const { eventRefused, eventDuplicate, eventConflict } = busEventTypes;
const untold = new Set<string>([
  ...[customerEvent, memberCommand, deliveryBounced, payoutChoiceChanged],
  ...[eventRefused, eventDuplicate, eventConflict],
]);

/** What the rule of webhooks lets through; integrators are told of nothing else. */
export const toldTypes: readonly string[] = [
  ...new Set([...Object.values(busEventTypes), ...Object.values(busEventOfEntry)]),
]
  .filter((type) => !untold.has(type))
  .sort();

const families = new Set(toldTypes.map((type) => `${type.slice(0, type.indexOf('.'))}.*`));
const wantedType = z.enum([...families, ...toldTypes]);

/** The body of `POST …/webhooks`. */
export const subscriptionBodySchema = z.strictObject({
  url: z.string().check(z.minLength(1), z.maxLength(500)),
  types: z.array(wantedType).check(z.minLength(1), z.maxLength(30)),
});
export type SubscriptionBody = z.output<typeof subscriptionBodySchema>;

/** The body, with an address that may be sent to: https, without user, password or fragment. */
export function readSubscription(
  body: unknown,
  { allowsHttp }: { readonly allowsHttp: boolean },
): Result<SubscriptionBody, Refusal> {
  const read = readObject(subscriptionBodySchema, body);
  if (!read.ok) return failure(namingType(read.failure));
  const protocols = allowsHttp ? ['https:', 'http:'] : ['https:'];
  const url = URL.parse(read.value.url);
  const isGood =
    url !== null && protocols.includes(url.protocol) && !url.username && !url.password && !url.hash;
  if (!isGood) return failure(refusal('WEBHOOK_URL_REFUSED', 'url'));
  const types = [...new Set(read.value.types)].sort();
  return success({ url: url.href, types });
}

/** A type that nobody tells is refused by a code of its own. */
function namingType({ code, field }: Refusal): Refusal {
  const isType = code === 'FIELD_INVALID' && field?.startsWith('types.') === true;
  return refusal(isType ? 'WEBHOOK_TYPE_UNKNOWN' : code, field);
}

const instant = z.string().check(z.refine((text) => parseInstant(text) !== undefined));

/** The body of `POST …/webhooks/{webhook}/replay`. */
export const replayBodySchema = z.strictObject({ from: instant, to: instant });

/** Longer periods are asked for day by day: each answer waits until all of it is queued. */
export const maximumReplayMs = 86_400_000;

export interface ReplayPeriod {
  readonly from: Instant;
  readonly to: Instant;
}

export function readReplay(body: unknown): Result<ReplayPeriod, Refusal> {
  const read = readObject(replayBodySchema, body, { from: 'INVALID_DATE', to: 'INVALID_DATE' });
  if (!read.ok) return read;
  const [from, to] = [parseInstant(read.value.from), parseInstant(read.value.to)];
  if (from === undefined || to === undefined) return failure(refusal('INVALID_DATE'));
  if (to <= from) return failure(refusal('PERIOD_INVALID', 'to'));
  if (to > addMs(from, maximumReplayMs)) return failure(refusal('REPLAY_TOO_LONG', 'to'));
  return success({ from, to });
}

/** A subscription as the API tells it, without its secret. */
export function subscriptionView(subscription: Subscription) {
  const { id, url, types, createdAt, failingSince, disabledAt } = subscription;
  return {
    ...{ webhook: id, url, types, createdAt: formatInstant(createdAt) },
    ...(failingSince !== undefined && { failingSince: formatInstant(failingSince) }),
    ...(disabledAt !== undefined && { disabledAt: formatInstant(disabledAt) }),
  };
}
