import type { Entry } from '../domain/ledger/entry.ts';
import { takeBackLegs } from '../domain/ledger/recipes.ts';
import { balanceChange } from '../domain/points/balance-change.ts';
import { addMs, localDateAt } from '../domain/time.ts';
import type { Clock, Logger } from '../ports/runtime.ts';
import type { LedgerStore, ProgramStore, WaitingReturn } from '../ports/stores.ts';
import { refuseFollowUp, returnable } from './accrue-plan.ts';

export interface SweepDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ledger: LedgerStore;
  readonly programs: ProgramStore;
}

export interface SweepResult {
  readonly applied: number;
  readonly waiting: number;
  readonly cases: number;
}

const dayMs = 86_400_000;
const maximumRounds = 12;

/**
 * Applies every return whose original has come meanwhile, once (P1), and turns those that have
 * waited past the program's limit into cases (P3).
 */
export async function sweepFollowUps(
  dependencies: SweepDependencies,
  program: string,
): Promise<SweepResult> {
  const result = { applied: 0, waiting: 0, cases: 0 };
  for await (const waiting of dependencies.ledger.waitingReturns(program)) {
    result[await settleOne(dependencies, waiting)] += 1;
  }
  return result;
}

/** A row that cannot be settled now waits on; it does not keep the rows behind it waiting too. */
async function settleOne(
  dependencies: SweepDependencies,
  waiting: WaitingReturn,
): Promise<keyof SweepResult> {
  try {
    return await settleWaiting(dependencies, waiting);
  } catch {
    dependencies.logger.error('FOLLOW_UP_FAILED', { entry: waiting.hash });
    return 'waiting';
  }
}

async function settleWaiting(
  dependencies: SweepDependencies,
  waiting: WaitingReturn,
): Promise<keyof SweepResult> {
  const { clock, ledger, logger, programs } = dependencies;
  const program = await programs.load(waiting.program);
  if (program === undefined) return 'waiting';
  for (let round = 1; round <= maximumRounds; round += 1) {
    const now = clock.now();
    const { program: name, member, unit, original } = waiting;
    const owner = { program: name, member, unit };
    const state = await ledger.readForAccrual({ owner, hashes: [], originals: [original] });
    const originalEntry = state.entries.get(original);
    if (originalEntry === undefined) {
      if (now < addMs(waiting.waitingSince, program.followUps.caseAfterDays * dayMs)) {
        return 'waiting';
      }
      await ledger.openFollowUpCase(waiting, now, 'RETURN_WITHOUT_ORIGINAL');
      logger.warn('CASE_OPENED', { reason: 'RETURN_WITHOUT_ORIGINAL', entry: waiting.hash });
      return 'cases';
    }
    if (refuseFollowUp(originalEntry, member) !== undefined) {
      await ledger.openFollowUpCase(waiting, now, 'RETURN_OF_ANOTHER');
      logger.warn('CASE_OPENED', { reason: 'RETURN_OF_ANOTHER', entry: waiting.hash });
      return 'cases';
    }
    const read = state.followUps.get(original)?.returned ?? 0n;
    const points = returnable(originalEntry, read, waiting.points);
    const today = localDateAt(now, program.timeZone);
    const legs = takeBackLegs(state.balance, { member, unit, points }, today);
    const entry: Entry = {
      key: { at: 'event', program: name, hash: waiting.hash, part: 'A' },
      ...{ kind: 'return', program: name, member, legs, bodyHash: waiting.bodyHash },
      occurredAt: waiting.occurredAt,
      postedAt: now,
      explanation: { reason: 'ORIGINAL_ARRIVED', inputs: { points: points.toString() } },
    };
    const balance = balanceChange(state.balance, legs, owner);
    const posted = await ledger.post({
      operation: 'followUp',
      entries: [entry],
      ...(balance && { balance }),
      followUps: [{ program: name, original, read, returned: read + points }],
      waiting: [],
      settled: [waiting],
    });
    if (posted.kind === 'posted' || posted.kind === 'entriesExist') return 'applied';
  }
  return 'waiting';
}
