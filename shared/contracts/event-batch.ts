import * as z from 'zod/mini';
import { type Refusal, type RefusalCode, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { readObject } from './object.ts';

export const maximumEvents = 100;

/** The body of `POST …/events` with several; each of them is judged by itself. */
export const eventBatchSchema = z.strictObject({
  events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(maximumEvents)),
});

export interface EventBodies {
  readonly kind: 'one' | 'batch';
  readonly bodies: readonly unknown[];
}

/** One event, or a batch of up to a hundred; none of them is read yet. */
export function readEventBodies(body: unknown): Result<EventBodies, Refusal> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  if (!('events' in body)) return success({ kind: 'one', bodies: [body] });
  const refused = refuseSize(body.events);
  if (refused !== undefined) return failure(refusal(refused, 'events'));
  const batch = readObject(eventBatchSchema, body);
  return batch.ok ? success({ kind: 'batch', bodies: batch.value.events }) : batch;
}

function refuseSize(events: unknown): RefusalCode | undefined {
  if (!Array.isArray(events)) return undefined;
  if (events.length === 0) return 'BATCH_EMPTY';
  return events.length > maximumEvents ? 'BATCH_TOO_LARGE' : undefined;
}
