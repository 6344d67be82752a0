import type { Decision } from '../member/decision.ts';
import { profileOf } from '../member/profile.ts';
import { emptySnapshot, type MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result } from '../result.ts';
import { addMs, type Instant, instantOf } from '../time.ts';
import { wayCommands } from '../ways/commands.ts';
import { adjustmentCommands } from './adjustment.ts';
import { type CommandHandler, type MemberCommand, readCommandData } from './command.ts';
import { enrolmentCommands } from './enrolment.ts';
import { extensionCommands } from './extension.ts';
import { mergeCommands } from './merge.ts';
import { openingCommands } from './opening.ts';
import { participantCommands } from './participants.ts';
import { tierCommands } from './tier.ts';
import { walletCommands } from './wallet-exchange.ts';

/** Every command there is, by its type. */
export const commandHandlers: Readonly<Record<string, CommandHandler>> = {
  ...enrolmentCommands,
  ...participantCommands,
  ...mergeCommands,
  ...openingCommands,
  ...adjustmentCommands,
  ...extensionCommands,
  ...tierCommands,
  ...walletCommands,
  ...wayCommands,
};

/** Shops enrol and change members and ask for their exchanges; a till takes a free item off. */
const ofSystems = [
  ...Object.keys({ ...enrolmentCommands, ...participantCommands, ...walletCommands }),
  'entitlement.used',
];

/** Who may send it: the shop's own systems too, or only people who work for the program. */
export const commandAudience: Readonly<Record<string, 'system' | 'staff'>> = Object.fromEntries(
  Object.keys(commandHandlers).map((type) => [type, ofSystems.includes(type) ? 'system' : 'staff']),
);

const dayMs = 86_400_000;
const earliest = instantOf(Date.UTC(2000, 0, 1));
/** Lots carry two digits of the year; points may live for 20 years after their own month. */
const latest = instantOf(Date.UTC(2078, 11, 31));

/**
 * Members whose snapshots a command needs, its own first. Some are named only by the state of
 * others: ask again with the snapshots read so far, until the answer names nobody new.
 */
export function membersOfCommand(
  command: MemberCommand,
  snapshots: ReadonlyMap<string, MemberSnapshot> = new Map(),
): string[] {
  const handler = handlerOf(command.type);
  const data = handler && readCommandData(handler, command.data);
  if (!handler || !data?.ok) return [command.member];
  const others = handler.others?.(data.value) ?? [];
  const further = handler.further?.(command, data.value, snapshots) ?? [];
  return [...new Set([command.member, ...others, ...further])];
}

/**
 * What a command does, or why it does nothing. `snapshots` are those of `membersOfCommand`; a
 * member without one has nothing yet. Refuses before any handler sees it: `UNKNOWN_COMMAND`, data
 * that does not fit, dates, `UNKNOWN_MEMBER` and `MEMBER_MERGED`.
 */
export function decideCommand({
  compiled,
  current,
  command,
  snapshots,
  now,
  rates,
  hash,
}: {
  readonly compiled: CompiledProgram;
  readonly current: Program;
  readonly command: MemberCommand;
  readonly snapshots: ReadonlyMap<string, MemberSnapshot>;
  readonly now: Instant;
  readonly rates: RateBook;
  /** Of the command's (source, id). */
  readonly hash: string;
}): Result<Decision, Refusal> {
  const handler = handlerOf(command.type);
  if (handler === undefined) return failure(refusal('UNKNOWN_COMMAND', 'type'));
  const data = readCommandData(handler, command.data);
  if (!data.ok) return data;
  const member = snapshots.get(command.member) ?? emptySnapshot(command.member);
  const refused = refuseDate(command.occurredAt, now) ?? refuseMember(compiled, handler, member);
  if (refused !== undefined) return failure(refused);
  return handler.decide({
    ...{ compiled, current, command, data: data.value, member },
    ...{ others: snapshots, now, rates, hash },
  });
}

/** Whether only the version in force now may judge a command, whatever time that names. */
export function isDecidedByNow(type: string): boolean {
  return handlerOf(type)?.decidedBy === 'versionOfNow';
}

function handlerOf(type: string): CommandHandler | undefined {
  return Object.hasOwn(commandHandlers, type) ? commandHandlers[type] : undefined;
}

function refuseDate(occurredAt: Instant, now: Instant): Refusal | undefined {
  if (occurredAt < earliest || occurredAt > latest) {
    return refusal('DATE_OUT_OF_RANGE', 'occurredAt');
  }
  return occurredAt > addMs(now, dayMs) ? refusal('EVENT_IN_FUTURE', 'occurredAt') : undefined;
}

function refuseMember(
  { program }: CompiledProgram,
  handler: CommandHandler,
  snapshot: MemberSnapshot,
): Refusal | undefined {
  const profile = profileOf(snapshot);
  if (profile?.mergedInto !== undefined) return refusal('MEMBER_MERGED', 'member');
  if (profile !== undefined || handler.profile === 'created') return undefined;
  const isNeeded = handler.profile === 'required' || program.members.enrolment === 'closed';
  return isNeeded ? refusal('UNKNOWN_MEMBER', 'member') : undefined;
}
