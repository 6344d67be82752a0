import { addMs } from '../../domain/time.ts';
import type { FollowUpCase, WaitingFollowUp } from '../../ports/ledger.ts';
import type { RateReader } from '../../ports/rates.ts';
import { ratesAround } from '../rates/rate-reader.ts';
import { waitedBooking } from './accrue.ts';
import { book } from './book.ts';
import { calendarAt, compiledAt } from './compiled-programs.ts';
import type { SweepDependencies } from './sweep-member.ts';

export interface FollowUpDependencies extends SweepDependencies {
  readonly rates: RateReader;
}

export interface FollowUpResult {
  readonly applied: number;
  readonly waiting: number;
  readonly cases: number;
}

const dayMs = 86_400_000;

/**
 * Applies every follow-up whose original has come meanwhile, once (P1), and turns those that have
 * waited past the program's limit into cases (P3).
 */
export async function sweepFollowUps(
  dependencies: FollowUpDependencies,
  program: string,
): Promise<FollowUpResult> {
  const result = { applied: 0, waiting: 0, cases: 0 };
  for await (const waiting of dependencies.ledger.waitingFollowUps(program)) {
    result[await settleOne(dependencies, waiting)] += 1;
  }
  return result;
}

/** A row that cannot be settled now waits on; it does not keep the rows behind it waiting too. */
async function settleOne(
  dependencies: FollowUpDependencies,
  waiting: WaitingFollowUp,
): Promise<keyof FollowUpResult> {
  try {
    return await settleWaiting(dependencies, waiting);
  } catch {
    dependencies.logger.error('FOLLOW_UP_FAILED', { entry: waiting.hash });
    return 'waiting';
  }
}

async function settleWaiting(
  dependencies: FollowUpDependencies,
  waiting: WaitingFollowUp,
): Promise<keyof FollowUpResult> {
  const { clock, ledger, logger, programs } = dependencies;
  const { event } = waiting;
  const published = await programs.load(waiting.program);
  const compiled = compiledAt(published, event.occurredAt);
  const calendar = calendarAt(published, clock.now());
  if (compiled === undefined || calendar === undefined) return 'waiting';
  const bookings = [waitedBooking(compiled, waiting)];
  const named = { compiled, calendar, member: event.member, operation: 'followUp' as const };
  const rates = await ratesAround(dependencies.rates, compiled.program, [event.occurredAt]);
  const group = { ...named, bookings, ...(rates && { rates }) };
  const [outcome] = await book(dependencies, group);
  if (outcome?.kind === 'booked' || outcome?.kind === 'duplicate') return 'applied';
  const openCase = async (reason: FollowUpCase) => {
    await ledger.openFollowUpCase(waiting, clock.now(), reason);
    logger.warn('CASE_OPENED', { reason, entry: waiting.hash });
    return 'cases' as const;
  };
  const refused = outcome?.kind === 'refused' ? outcome.refusal.code : undefined;
  // Rates may still be loaded: what was accepted is not given up for want of them.
  if (refused !== undefined && refused !== 'RATE_STALE') {
    return openCase(refused === 'FOLLOW_UP_MEMBER_MISMATCH' ? 'FOLLOW_UP_OF_ANOTHER' : refused);
  }
  const { caseAfterDays } = compiled.program.followUps;
  const isAged = clock.now() >= addMs(waiting.waitingSince, caseAfterDays * dayMs);
  return isAged ? openCase(refused ?? 'FOLLOW_UP_WITHOUT_ORIGINAL') : 'waiting';
}
