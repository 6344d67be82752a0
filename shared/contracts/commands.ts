import * as z from 'zod/mini';
import type { MemberCommand } from '../domain/commands/command.ts';
import { type Refusal, type RefusalCode, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { parseInstant } from '../domain/time.ts';
import { maximumBodyBytes } from './events.ts';
import { canonicalJson, isDeeperThan, refusalOf } from './json.ts';

/** What comes below it is checked by the handler of the command. */
const maximumDataDepth = 8;

const shortText = z.string().check(z.minLength(1), z.maxLength(128));
/** References that begin with @ are Guerdon's own. */
const memberReference = shortText.check(z.regex(/^[^@]/));
/** Sources that begin with guerdon: are Guerdon's own. */
const producer = shortText.check(z.regex(/^(?!guerdon:)/));

/** What somebody asks for a member, one JSON object. */
const memberCommandSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(256)),
  source: producer,
  actor: shortText,
  type: shortText,
  member: memberReference,
  occurredAt: z.string().check(z.refine((text) => parseInstant(text) !== undefined)),
  data: z.record(z.string(), z.unknown()),
});

const fieldCodes: Readonly<Record<string, RefusalCode>> = { occurredAt: 'INVALID_DATE' };

export interface ReceivedCommand {
  readonly command: MemberCommand;
  /** The body as JSON with sorted keys: what the conflict check compares. */
  readonly canonicalBody: string;
}

/** Reads the body of one command; the first thing wrong with it comes back with its field. */
export function readMemberCommand(body: unknown): Result<ReceivedCommand, Refusal> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  const parsed = z.safeParse(memberCommandSchema, body);
  if (!parsed.success) return failure(refusalOf(parsed.error.issues, body, fieldCodes));
  if (isDeeperThan(parsed.data.data, maximumDataDepth)) {
    return failure(refusal('FIELD_INVALID', 'data'));
  }
  const canonicalBody = canonicalJson(body);
  const bytes = new TextEncoder().encode(canonicalBody).length;
  if (bytes > maximumBodyBytes) return failure(refusal('BODY_TOO_LARGE'));
  const occurredAt = parseInstant(parsed.data.occurredAt);
  if (occurredAt === undefined) return failure(refusal('INVALID_DATE', 'occurredAt'));
  return success({ command: { ...parsed.data, occurredAt }, canonicalBody });
}
