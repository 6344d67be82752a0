import * as z from 'zod/mini';
import { type Refusal, type RefusalCode, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { type Instant, parseInstant } from '../domain/time.ts';
import { canonicalJson, isDeeperThan, refusalOf } from './json.ts';

/** A body above this is refused; EventBridge and SQS carry 1 MB. */
export const maximumBodyBytes = 256 * 1024;

export const shortText = z.string().check(z.minLength(1), z.maxLength(128));
/** References that begin with @ are Guerdon's own. */
export const memberReference = shortText.check(z.regex(/^[^@]/));
/** Sources that begin with guerdon: are Guerdon's own. */
export const producer = shortText.check(z.regex(/^(?!guerdon:)/));

interface Dated {
  readonly occurredAt: string;
  readonly data?: unknown;
}

export interface BodyContract<Value extends Dated> {
  readonly schema: z.ZodMiniType<Value>;
  /** Codes of fields that have one of their own. */
  readonly fieldCodes: Readonly<Record<string, RefusalCode>>;
  /** Of `data`, the part of free form: what compares bodies walks through it. */
  readonly maximumDataDepth: number;
  /** The body in the one way to write it, where there are several. */
  readonly canonical?: (value: Value, body: object) => object;
}

export interface ReadBody<Value> {
  readonly value: Value;
  readonly occurredAt: Instant;
  /** The body as JSON with sorted keys, amounts as digits. */
  readonly canonicalBody: string;
}

/** Reads what somebody sends, one JSON object; the first thing wrong with it comes back. */
export function readBody<Value extends Dated>(
  body: unknown,
  { schema, fieldCodes, maximumDataDepth, canonical }: BodyContract<Value>,
): Result<ReadBody<Value>, Refusal> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  const parsed = z.safeParse(schema, body);
  if (!parsed.success) return failure(refusalOf(parsed.error.issues, body, fieldCodes));
  const value = parsed.data;
  if (isDeeperThan(value.data, maximumDataDepth)) return failure(refusal('FIELD_INVALID', 'data'));
  const canonicalBody = canonicalJson(canonical === undefined ? body : canonical(value, body));
  const bytes = new TextEncoder().encode(canonicalBody).length;
  if (bytes > maximumBodyBytes) return failure(refusal('BODY_TOO_LARGE'));
  const occurredAt = parseInstant(value.occurredAt);
  if (occurredAt === undefined) return failure(refusal('INVALID_DATE', 'occurredAt'));
  return success({ value, occurredAt, canonicalBody });
}
