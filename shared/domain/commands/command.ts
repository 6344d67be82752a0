import * as z from 'zod/mini';
import type { Decision } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { Instant } from '../time.ts';

/**
 * What a person or the shop's own system asks for a member: an enrolment, an approval, an
 * adjustment. Booked once by (source, id), as events are.
 */
export interface MemberCommand {
  readonly id: string;
  readonly source: string;
  /** Who asks; a second person is another actor. */
  readonly actor: string;
  readonly type: string;
  readonly member: string;
  readonly occurredAt: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A command as the edge read it. */
export interface ReceivedCommand {
  readonly command: MemberCommand;
  /** The body as JSON with sorted keys: what the conflict check compares. */
  readonly canonicalBody: string;
}

export interface CommandInput<Data> {
  readonly compiled: CompiledProgram;
  /** In force now: whoever asks names the time, and must not choose kinder terms by it. */
  readonly current: Program;
  readonly command: MemberCommand;
  readonly data: Data;
  readonly member: MemberSnapshot;
  /** Snapshots of the members that `others` and `further` named. */
  readonly others: ReadonlyMap<string, MemberSnapshot>;
  readonly now: Instant;
  /** Rates up to now. */
  readonly rates: RateBook;
  /** Hash of the command's (source, id): a name for what it makes. */
  readonly hash: string;
}

/** One kind of command: the shape of its data, and what it decides. */
export interface CommandHandler<Schema extends z.ZodMiniType = z.ZodMiniType> {
  readonly data: Schema;
  /**
   * `created`: works for somebody whom a closed program does not know; `required`: refused without
   * an enrolment in an open program too.
   */
  readonly profile?: 'created' | 'required';
  /**
   * Which version of the program judges it; without this, the one that was in force at the time
   * that the command names.
   */
  readonly decidedBy?: 'versionOfNow';
  /** Further members whose state the decision needs, or changes. */
  readonly others?: (data: z.output<Schema>) => readonly string[];
  /** Members that only the state of those before them names. */
  readonly further?: (
    command: MemberCommand,
    data: z.output<Schema>,
    snapshots: ReadonlyMap<string, MemberSnapshot>,
  ) => readonly string[];
  readonly decide: (input: CommandInput<z.output<Schema>>) => Result<Decision, Refusal>;
}

/** Ties a handler's data to its schema. */
export function commandHandler<Schema extends z.ZodMiniType>(
  handler: CommandHandler<Schema>,
): CommandHandler {
  return handler as unknown as CommandHandler;
}

/** Reads the data of a command; the first thing that does not fit is refused with its field. */
export function readCommandData<Schema extends z.ZodMiniType>(
  handler: CommandHandler<Schema>,
  value: unknown,
): Result<z.output<Schema>, Refusal> {
  const parsed = z.safeParse(handler.data, value);
  if (parsed.success) return success(parsed.data);
  const [issue] = parsed.error.issues;
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = ['data', ...(issue?.path ?? []), ...unknownKey].join('.');
  const isUnknown = unknownKey.length > 0;
  return failure(refusal(isUnknown ? 'UNKNOWN_FIELD' : 'FIELD_INVALID', field.slice(0, 128)));
}
