import { commandField } from '../../contracts/command-types.ts';
import { readCustomerEvent } from '../../contracts/events.ts';
import { busEventTypes } from '../../domain/bus-event.ts';
import type { ReceivedEvent } from '../../domain/earning/event.ts';
import { refuseEvent } from '../../domain/earning/judge.ts';
import type { PublishedProgram } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Clock, Publisher } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';

export interface SendEventsDependencies {
  readonly clock: Clock;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly publisher: Publisher;
}

/** What becomes of one event: it is on its way to the ledger, or never will be. */
export interface SentEvent {
  /** As far as the body tells it. */
  readonly id?: string;
  readonly refused?: Refusal;
}

/**
 * Puts events on the bus; those that can be judged to be wrong at once are refused, each by itself.
 * What only the ledger knows (a duplicate, a member in a closed program) it judges as of any event
 * of the bus. Refusal of all: `UNKNOWN_PROGRAM`.
 */
export async function sendEvents(
  { clock, programs, publisher }: SendEventsDependencies,
  program: string,
  bodies: readonly unknown[],
): Promise<Result<SentEvent[], Refusal>> {
  const published = await programs.load(program);
  if (published === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const judged = bodies.map((body) => ({ body, reading: judge(published, body, clock) }));
  const accepted = judged.filter(({ reading }) => reading.ok);
  await publisher.publish(
    accepted.map(({ body }) => ({
      type: busEventTypes.customerEvent,
      detail: { program, event: body },
    })),
  );
  return success(
    judged.map(({ body, reading }) => ({
      ...idOf(body),
      ...(!reading.ok && { refused: reading.failure }),
    })),
  );
}

function judge(
  published: PublishedProgram,
  body: unknown,
  clock: Clock,
): Result<ReceivedEvent, Refusal> {
  const field = commandField(body);
  if (field !== undefined) return failure(refusal('COMMAND_NOT_TAKEN', field));
  const reading = readCustomerEvent(body);
  if (!reading.ok) return reading;
  const { event } = reading.value;
  const compiled = compiledAt(published, event.occurredAt);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const refused = refuseEvent(compiled.program, event, clock.now());
  return refused === undefined ? reading : failure(refused);
}

const maximumIdLength = 256;

function idOf(body: unknown): { readonly id?: string } {
  const id = (body as { readonly id?: unknown } | null)?.id;
  return typeof id === 'string' ? { id: id.slice(0, maximumIdLength) } : {};
}
