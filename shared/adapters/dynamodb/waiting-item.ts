import * as z from 'zod/mini';
import type { CustomerEvent } from '../../domain/earning/event.ts';
import { invariant } from '../../domain/result.ts';
import { instantOf } from '../../domain/time.ts';
import type { CaseRow, WaitingFollowUp } from '../../ports/ledger.ts';
import { type Image, instantField, parseImage, toImage } from './attributes.ts';
import { encodeCase } from './case-item.ts';
import { waitingKey } from './schema.ts';

/*
 * Attributes of a follow-up that waits: e its own hash, f the hash that it follows, pr program, h
 * body hash, s waiting since, j the event as JSON, whose amounts are texts there.
 */

/** An item holds 400 KB; a body is refused above 256 KiB long before it comes here. */
const maximumEventLength = 300_000;

const waitingSchema = z.object({
  e: z.string(),
  f: z.string(),
  pr: z.string(),
  h: z.string(),
  s: instantField,
  j: z.string(),
});

function fieldsOf({ hash, original, program, bodyHash, waitingSince, event }: WaitingFollowUp) {
  const j = encodeEvent(event);
  return { e: hash, f: original, pr: program, h: bodyHash, s: waitingSince, j };
}

export function encodeWaiting(waiting: WaitingFollowUp): Image {
  return toImage({ ...waitingKey(waiting), ...fieldsOf(waiting) });
}

/** The case that it becomes keeps all of it but what a producer may have written freely. */
export function encodeFollowUpCase(waiting: WaitingFollowUp, opened: CaseRow): Image {
  const { data: _, ...event } = waiting.event;
  return encodeCase(opened, fieldsOf({ ...waiting, event }));
}

export function parseWaiting(image: Image): WaitingFollowUp {
  const row = parseImage(waitingSchema, image, 'waiting follow-up');
  return {
    hash: row.e,
    original: row.f,
    program: row.pr,
    event: decodeEvent(row.j),
    bodyHash: row.h,
    waitingSince: row.s,
  };
}

function encodeEvent(event: CustomerEvent): string {
  const { amountMinor, lines, ...rest } = event;
  const stored = {
    ...rest,
    amountMinor: amountMinor.toString(),
    ...(lines && {
      lines: lines.map((line) => ({ ...line, amountMinor: line.amountMinor.toString() })),
    }),
  };
  const json = JSON.stringify(stored);
  invariant(json.length <= maximumEventLength, 'An event that waits is too large to be kept.');
  return json;
}

const storedAmount = z.pipe(
  z.string().check(z.regex(/^-?\d+$/)),
  z.transform((digits) => BigInt(digits)),
);
const storedInstant = z.pipe(z.int(), z.transform(instantOf));
const reference = z.object({ source: z.string(), id: z.string() });
const eventSchema = z.object({
  source: z.string(),
  id: z.string(),
  type: z.string(),
  member: z.string(),
  participant: z.optional(z.string()),
  occurredAt: storedInstant,
  amountMinor: storedAmount,
  currency: z.string(),
  country: z.optional(z.string()),
  lines: z.optional(
    z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        amountMinor: storedAmount,
        category: z.optional(z.string()),
      }),
    ),
  ),
  refersTo: z.optional(reference),
  data: z.optional(z.record(z.string(), z.unknown())),
});

/** Fields that are absent in JSON are absent in what zod makes of it. */
function decodeEvent(json: string): CustomerEvent {
  return z.parse(eventSchema, JSON.parse(json)) as CustomerEvent;
}
