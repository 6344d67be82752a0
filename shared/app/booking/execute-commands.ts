import type { MemberCommand, ReceivedCommand } from '../../domain/commands/command.ts';
import { decideCommand, isDecidedByNow, membersOfCommand } from '../../domain/commands/registry.ts';
import type { EventReference } from '../../domain/earning/event.ts';
import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { Digest } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { ratesAround } from '../rates/rate-reader.ts';
import { type BookDependencies, type BookingGroup, book } from './book.ts';
import { calendarAt, compiledAt } from './compiled-programs.ts';
import { eventHash } from './event-hash.ts';

/** One delivery of one command. */
export interface CommandDelivery {
  readonly delivery: string;
  readonly program: string;
  readonly received: ReceivedCommand;
}

export type CommandOutcome =
  | { readonly kind: 'done' | 'duplicate' | 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Nothing was written; the delivery must come again. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface CommandDependencies extends BookDependencies {
  readonly programs: ProgramStore;
  readonly rates: RateReader;
}

/** Books commands one after the other, each once (P1); the outcome of each at its own index. */
export async function executeCommands(
  dependencies: CommandDependencies,
  deliveries: readonly CommandDelivery[],
): Promise<CommandOutcome[]> {
  const outcomes: CommandOutcome[] = [];
  for (const delivery of deliveries) {
    try {
      outcomes.push(await executeCommand(dependencies, delivery));
    } catch (error) {
      outcomes.push({ kind: 'failed', error });
    }
  }
  return outcomes;
}

/** An approval may name what it approves by the source and id under which that was asked. */
function withNamedApproval(digest: Digest, command: MemberCommand): MemberCommand {
  const { approval } = command.data;
  if (!isReference(approval)) return command;
  return { ...command, data: { ...command.data, approval: eventHash(digest, approval) } };
}

function isReference(value: unknown): value is EventReference {
  if (typeof value !== 'object' || value === null) return false;
  const { source, id } = value as { source?: unknown; id?: unknown };
  return typeof source === 'string' && typeof id === 'string';
}

/** The command's further members: what is stored of some may name others. */
async function othersOf(
  { ledger }: CommandDependencies,
  program: string,
  command: MemberCommand,
): Promise<string[]> {
  const snapshots = new Map<string, MemberSnapshot>();
  for (;;) {
    const members = membersOfCommand(command, snapshots);
    const fresh = members.filter((member) => !snapshots.has(member));
    if (fresh.length === 0) return members.filter((member) => member !== command.member);
    for (const member of fresh) {
      snapshots.set(member, await ledger.readMember({ program, member }));
    }
  }
}

async function executeCommand(
  dependencies: CommandDependencies,
  { program, delivery, received }: CommandDelivery,
): Promise<CommandOutcome> {
  const { clock, digest, programs } = dependencies;
  const { canonicalBody } = received;
  const command = withNamedApproval(digest, received.command);
  const published = await programs.load(program);
  const calendar = calendarAt(published, clock.now());
  const compiled = isDecidedByNow(command.type)
    ? calendar?.current
    : compiledAt(published, command.occurredAt);
  if (compiled === undefined || calendar === undefined)
    return { kind: 'refused', refusal: { code: 'UNKNOWN_PROGRAM' } };
  const hash = eventHash(digest, command);
  const bodyHash = digest.sha256Short(canonicalBody);
  const others = await othersOf(dependencies, program, command);
  // Of now: whoever asks names the time, and must not choose a kinder rate by it.
  const current = calendar.current.program;
  const rates = await ratesAround(dependencies.rates, current, [clock.now()]);
  const group: BookingGroup = {
    ...{ compiled, member: command.member, operation: 'command' },
    ...(rates && { rates }),
    calendar,
    bookings: [
      {
        frame: { hash, part: '0', bodyHash, delivery, occurredAt: command.occurredAt },
        others,
        decide: ({ member, snapshots, now, rates: known }) => {
          const all = new Map([...snapshots(others), [command.member, member]]);
          const decided = decideCommand({
            ...{ compiled, current, command, snapshots: all, now, hash, rates: known },
          });
          if (!decided.ok) return { kind: 'refused', refusal: decided.failure };
          return { kind: 'decision', decision: decided.value };
        },
      },
    ],
  };
  const [outcome] = await book(dependencies, group);
  if (outcome?.kind === 'refused') return outcome;
  const repeats = outcome?.kind === 'duplicate' || outcome?.kind === 'conflict';
  return { kind: repeats ? outcome.kind : 'done' };
}
