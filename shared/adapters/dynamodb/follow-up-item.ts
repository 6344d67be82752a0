import * as z from 'zod/mini';
import type { Instant } from '../../domain/time.ts';
import type { FollowUp, Posting, WaitingReturn } from '../../ports/stores.ts';
import { type Image, instantField, parseImage, toImage } from './attributes.ts';
import { amountIs } from './condition.ts';
import { caseKey, followUpKey, waitingKey } from './schema.ts';
import type { Transaction } from './transact.ts';

/*
 * Attributes of a follow-up: r returned so far. Of a waiting return: e its own hash, f the hash
 * that it follows, pr program, m member, u unit, n points, h body hash, o occurred at, s waiting
 * since. Of a case that it became: the same, and w what for.
 */

const followUpSchema = z.object({ r: z.bigint().check(z.nonnegative()) });

export function parseFollowUp(image: Image): FollowUp {
  return { returned: parseImage(followUpSchema, image, 'follow-up').r };
}

/** Sets what has come back, if it is still what was read. An absent row counts as zero. */
export function setReturned(
  transaction: Transaction,
  { program, original, read, returned }: Posting['followUps'][number],
): void {
  const item = toImage({ ...followUpKey(program, original), r: returned });
  transaction.put(`followUp ${original}`, item, amountIs('r', read));
}

const waitingSchema = z.object({
  e: z.string(),
  f: z.string(),
  pr: z.string(),
  m: z.string(),
  u: z.string(),
  n: z.bigint(),
  h: z.string(),
  o: instantField,
  s: instantField,
});

function fieldsOf(waiting: WaitingReturn) {
  return {
    e: waiting.hash,
    f: waiting.original,
    pr: waiting.program,
    m: waiting.member,
    u: waiting.unit,
    n: waiting.points,
    h: waiting.bodyHash,
    o: waiting.occurredAt,
    s: waiting.waitingSince,
  };
}

export function encodeWaiting(waiting: WaitingReturn): Image {
  return toImage({ ...waitingKey(waiting), ...fieldsOf(waiting) });
}

export function encodeFollowUpCase(
  waiting: WaitingReturn,
  openedAt: Instant,
  reason: string,
): Image {
  const key = caseKey(waiting.program, openedAt, waiting.hash);
  return toImage({ ...key, w: reason, ...fieldsOf(waiting) });
}

export function parseWaiting(image: Image): WaitingReturn {
  const row = parseImage(waitingSchema, image, 'waiting return');
  return {
    hash: row.e,
    original: row.f,
    program: row.pr,
    member: row.m,
    unit: row.u,
    points: row.n,
    bodyHash: row.h,
    occurredAt: row.o,
    waitingSince: row.s,
  };
}
