import * as z from 'zod/mini';
import { type Instant, parseInstant } from '../domain/time.ts';
import type { AttemptTask, ToldEvent } from '../domain/webhooks/subscription.ts';

const instant = z.pipe(
  z.string().check(z.refine((text) => parseInstant(text) !== undefined)),
  z.transform((text): Instant => parseInstant(text) as Instant),
);

const toldSchema = z.pipe(
  z.object({
    'detail-type': z.string(),
    time: instant,
    detail: z.looseObject({ program: z.string(), postedAt: z.optional(z.string()) }),
  }),
  z.transform(({ 'detail-type': type, time, detail }) => {
    // An event that is told twice comes at two times, and was posted at one.
    const at = parseInstant(detail.postedAt ?? '') ?? time;
    const event: ToldEvent = { type, at, detail };
    return { kind: 'event' as const, event };
  }),
);

const attemptSchema = z.pipe(
  z.strictObject({
    kind: z.literal('attempt'),
    program: z.string(),
    subscription: z.string(),
    delivery: z.string(),
    at: instant,
    attempt: z.int().check(z.minimum(1), z.maximum(100)),
    notBefore: z.optional(instant),
  }),
  z.transform(({ kind: _, notBefore, ...rest }) => {
    const task: AttemptTask = { ...rest, ...(notBefore !== undefined && { notBefore }) };
    return { kind: 'attempt' as const, task };
  }),
);

/** On the webhook queue: an event as the bus wraps it, or one try of one delivery. */
export const webhookTaskSchema = z.union([attemptSchema, toldSchema]);
