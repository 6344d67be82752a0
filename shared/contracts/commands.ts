import * as z from 'zod/mini';
import type { ReceivedCommand } from '../domain/commands/command.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';
import { type Result, success } from '../domain/result.ts';
import { parseInstant } from '../domain/time.ts';
import { memberReference, producer, readBody, shortText } from './body.ts';

/** What comes below it is checked by the handler of the command. */
const maximumDataDepth = 8;

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

/** Reads the body of one command; the first thing wrong with it comes back with its field. */
export function readMemberCommand(body: unknown): Result<ReceivedCommand, Refusal> {
  const read = readBody(body, { schema: memberCommandSchema, fieldCodes, maximumDataDepth });
  if (!read.ok) return read;
  const { value, occurredAt, canonicalBody } = read.value;
  return success({ command: { ...value, occurredAt }, canonicalBody });
}
