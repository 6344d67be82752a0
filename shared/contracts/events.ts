import * as z from 'zod/mini';
import { countryOfHistory } from '../domain/country.ts';
import type { CustomerEvent, ReceivedEvent } from '../domain/earning/event.ts';
import { isCurrency } from '../domain/money/currency.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';
import { type Result, success } from '../domain/result.ts';
import { parseInstant } from '../domain/time.ts';
import { amountDigits } from './amount.ts';
import { memberReference, producer, readBody, shortText } from './body.ts';

/** The only part of free form; what compares bodies walks through it. */
const maximumDataDepth = 32;

const reference = z.strictObject({
  source: shortText,
  id: z.string().check(z.minLength(1), z.maxLength(256)),
});

/** The event of an integrator, one JSON object. */
export const customerEventSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(256)),
  source: producer,
  type: shortText,
  member: memberReference,
  participant: z.optional(memberReference),
  occurredAt: z.string().check(z.refine((text) => parseInstant(text) !== undefined)),
  amountMinor: amountDigits,
  currency: z.string().check(z.refine(isCurrency)),
  country: z.optional(countryOfHistory),
  lines: z.optional(
    z
      .array(
        z.strictObject({
          sku: shortText,
          quantity: z.int().check(z.minimum(1)),
          amountMinor: amountDigits,
          category: z.optional(shortText),
        }),
      )
      .check(z.maxLength(5000)),
  ),
  refersTo: z.optional(reference),
  data: z.optional(z.record(z.string(), z.unknown())),
});

const fieldCodes: Readonly<Record<string, RefusalCode>> = {
  amountMinor: 'INVALID_AMOUNT',
  occurredAt: 'INVALID_DATE',
  currency: 'UNKNOWN_CURRENCY',
  country: 'INVALID_COUNTRY',
};

/** Reads the body of one event; the first thing wrong with it comes back with its field. */
export function readCustomerEvent(body: unknown): Result<ReceivedEvent, Refusal> {
  const contract = { schema: customerEventSchema, fieldCodes, maximumDataDepth, canonical };
  const read = readBody(body, contract);
  if (!read.ok) return read;
  const { value, occurredAt, canonicalBody } = read.value;
  const { country, lines, refersTo, data, participant, ...rest } = value;
  const event: CustomerEvent = {
    ...rest,
    occurredAt,
    ...(country !== undefined && { country }),
    ...(participant !== undefined && { participant }),
    ...(lines && {
      lines: lines.map(({ category, ...line }) => ({
        ...line,
        ...(category !== undefined && { category }),
      })),
    }),
    ...(refersTo && { refersTo }),
    ...(data && { data }),
  };
  return success({ event, canonicalBody });
}

/** The body with its amounts as digits: it is the same body whichever way they were written. */
function canonical(
  { amountMinor, lines }: z.infer<typeof customerEventSchema>,
  body: object,
): object {
  return {
    ...body,
    amountMinor: `${amountMinor}`,
    ...(lines && { lines: lines.map((line) => ({ ...line, amountMinor: `${line.amountMinor}` })) }),
  };
}

/**
 * The detail of `customer.event.v1`: which program, and a name for this delivery where the sender
 * has one.
 */
export const customerEventDetailSchema = z.strictObject({
  program: z.string().check(z.minLength(1), z.maxLength(63)),
  delivery: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  event: z.unknown(),
});

export const redemptionEventDetailSchema = z.object({
  program: z.string(),
  redemption: z.string(),
  member: z.string(),
});

/** The detail of `member.command.v1`. */
export const memberCommandDetailSchema = z.strictObject({
  program: z.string().check(z.minLength(1), z.maxLength(63)),
  delivery: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  command: z.unknown(),
});
