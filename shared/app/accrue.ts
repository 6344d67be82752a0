import type { ReceivedEvent } from '../domain/earning/event.ts';
import { compileProgram, type JudgeableProgram, refuseEvent } from '../domain/earning/judge.ts';
import type { Refusal } from '../domain/refusal.ts';
import { invariant } from '../domain/result.ts';
import type { Clock, Digest, Logger } from '../ports/runtime.ts';
import type { LedgerStore, ProgramStore } from '../ports/stores.ts';
import { type Candidate, type PlannedOutcome, planAccrual } from './accrue-plan.ts';

/**
 * One delivery of one event. `delivery` names it, so that its own redelivery is not a duplicate.
 */
export interface EventDelivery {
  readonly delivery: string;
  readonly program: string;
  readonly received: ReceivedEvent;
}

export type AccrualOutcome =
  | { readonly kind: 'accrued' | 'returned' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Nothing was written; the delivery must come again. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface AccrueDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly ledger: LedgerStore;
  readonly programs: ProgramStore;
}

/**
 * Stale reads come from other writers of the same member; each round at least one of them succeeds.
 */
const maximumRounds = 12;
/** A transaction takes 100 actions: entries, one balance, and up to two for each follow-up. */
const maximumEventsPerPosting = 32;
const membersAtOnce = 16;

/**
 * Books a batch of deliveries, each event once (P1). Deliveries of one member share a transaction.
 * The outcome of each stands at its own index; one that fails leaves the others alone.
 */
export async function accrue(
  dependencies: AccrueDependencies,
  deliveries: readonly EventDelivery[],
): Promise<AccrualOutcome[]> {
  const outcomes: AccrualOutcome[] = new Array(deliveries.length);
  const groups = await groupByMember(dependencies, deliveries, outcomes);
  const queue = groups.flatMap(splitGroup);
  const work = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      const found = await settleGroup(dependencies, group);
      group.candidates.forEach(({ index }, at) => {
        outcomes[index] = found[at] ?? { kind: 'failed', error: new Error('No outcome.') };
      });
    }
  };
  await Promise.all(Array.from({ length: membersAtOnce }, work));
  return outcomes;
}

interface MemberGroup {
  readonly program: JudgeableProgram;
  readonly member: string;
  readonly candidates: readonly Candidate[];
}

async function groupByMember(
  dependencies: AccrueDependencies,
  deliveries: readonly EventDelivery[],
  outcomes: AccrualOutcome[],
): Promise<MemberGroup[]> {
  const { clock, digest, programs } = dependencies;
  const groups = new Map<string, MemberGroup & { candidates: Candidate[] }>();
  const compiled = new Map<string, LoadedProgram>();
  for (const [index, { program: name, delivery, received }] of deliveries.entries()) {
    const loaded = compiled.get(name) ?? (await loadProgram(programs, name));
    compiled.set(name, loaded);
    if ('error' in loaded) {
      outcomes[index] = { kind: 'failed', error: loaded.error };
      continue;
    }
    const { program } = loaded;
    if (program === undefined) {
      outcomes[index] = { kind: 'refused', refusal: { code: 'UNKNOWN_PROGRAM' } };
      continue;
    }
    const { event, canonicalBody } = received;
    const refused = refuseEvent(program.program, event, clock.now());
    if (refused !== undefined) {
      outcomes[index] = { kind: 'refused', refusal: refused };
      continue;
    }
    const hash = eventHash(digest, event);
    const original = event.refersTo && eventHash(digest, event.refersTo);
    const candidate: Candidate = {
      index,
      delivery,
      event,
      hash,
      bodyHash: digest.sha256Short(canonicalBody),
      ...(original !== undefined && { original }),
    };
    const key = JSON.stringify([name, event.member]);
    const group = groups.get(key) ?? { program, member: event.member, candidates: [] };
    group.candidates.push(candidate);
    groups.set(key, group);
  }
  return [...groups.values()];
}

type LoadedProgram =
  | { readonly program: JudgeableProgram | undefined }
  | { readonly error: unknown };

/** A program that cannot be read fails its own events and nobody else's. */
async function loadProgram(programs: ProgramStore, name: string): Promise<LoadedProgram> {
  try {
    const program = await programs.load(name);
    return { program: program && compileProgram(program) };
  } catch (error) {
    return { error };
  }
}

/**
 * The entry's key: neither date nor member is in it, so that a changed event is a conflict at once.
 */
export function eventHash(digest: Digest, event: { source: string; id: string }): string {
  return digest.sha256Short(JSON.stringify([event.source, event.id]));
}

function splitGroup(group: MemberGroup): MemberGroup[] {
  const parts: MemberGroup[] = [];
  for (let from = 0; from < group.candidates.length; from += maximumEventsPerPosting) {
    const candidates = group.candidates.slice(from, from + maximumEventsPerPosting);
    parts.push({ ...group, candidates });
  }
  return parts;
}

async function settleGroup(
  dependencies: AccrueDependencies,
  group: MemberGroup,
): Promise<AccrualOutcome[]> {
  try {
    return await postGroup(dependencies, group);
  } catch (error) {
    return group.candidates.map(() => ({ kind: 'failed', error }));
  }
}

/** Reads, plans and posts until the plan still fits what is stored. */
async function postGroup(
  { clock, ledger, logger }: AccrueDependencies,
  { program, member, candidates }: MemberGroup,
): Promise<AccrualOutcome[]> {
  const owner = { program: program.program.program, member, unit: program.program.expiry.unit };
  const hashes = [...new Set(candidates.map(({ hash }) => hash))];
  const originals = [...new Set(candidates.flatMap(({ original }) => original ?? []))];
  for (let round = 1; round <= maximumRounds; round += 1) {
    const state = await ledger.readForAccrual({ owner, hashes, originals });
    const plan = planAccrual({ program, owner, state, candidates, now: clock.now() });
    if (plan.posting === undefined) return plan.outcomes.map(outcomeOf);
    const posted = await ledger.post(plan.posting);
    if (posted.kind === 'posted') return plan.outcomes.map(outcomeOf);
    logger.info('LEDGER_STALE_RETRY', { round, reason: posted.kind });
  }
  throw new Error(`The balance kept changing over ${maximumRounds} rounds.`);
}

function outcomeOf(planned: PlannedOutcome): AccrualOutcome {
  if (planned.kind === 'refused') {
    invariant(planned.refusal !== undefined, 'A refusal has a reason.');
    return { kind: 'refused', refusal: planned.refusal };
  }
  return { kind: planned.kind };
}
