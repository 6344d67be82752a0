import { type PublishedProgram, programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { type Instant, localDateAt } from '../../domain/time.ts';
import type { PayoutRun } from '../../ports/payouts.ts';
import { calendarAt } from '../booking/compiled-programs.ts';
import { readRates } from '../rates/rate-reader.ts';
import { payMember } from './pay-member.ts';
import type { PayingRun, PayMemberDependencies } from './paying-run.ts';

export interface RunCommand {
  readonly program: string;
  /** Names the run: the same one goes on where it was. */
  readonly run: string;
  /** The instant of its rates. */
  readonly asOf: Instant;
  readonly requestedBy: string;
  /** No further member is taken from then on; the run goes on when it is called again. */
  readonly until?: Instant;
}

export interface RunResult {
  /** Done, or still `running` where it ran out of time or members failed. */
  readonly run: PayoutRun;
  readonly members: number;
  readonly paid: number;
  readonly skipped: number;
  /** Left for the next time; the log says that there were any. */
  readonly failed: number;
}

const membersAtOnce = 16;

/**
 * Goes over a program's members and places one payout for each wallet that is due. It may die
 * anywhere and be run again under the same name: a payout's id is made of the run, the member and
 * the wallet, so that none is placed twice. Once it is done, it does nothing. Refusals:
 * `UNKNOWN_PROGRAM`, `PAYOUTS_NOT_OFFERED`, `SANCTIONS_LIST_MISSING`: nobody is paid without the
 * list that the program names.
 */
export async function runPayouts(
  dependencies: PayMemberDependencies,
  command: RunCommand,
): Promise<Result<RunResult, Refusal>> {
  const paying = await payingRun(dependencies, command);
  if (!paying.ok) return paying;
  const { run } = paying.value;
  if (run.state === 'done') return success({ ...nobody, run });
  const { isWhole, ...counts } = await payEverybody(dependencies, paying.value, command.until);
  if (!isWhole || counts.failed > 0) return success({ ...counts, run });
  const ended = { ...run, state: 'done', endedAt: dependencies.clock.now() } as const;
  await dependencies.payouts.endRun(ended);
  return success({ ...counts, run: ended });
}

/** Rates and lists are read once: every payout of a run is judged by the same. */
async function payingRun(
  { clock, payouts, programs, rates, sanctions }: PayMemberDependencies,
  { until: _, ...command }: RunCommand,
): Promise<Result<PayingRun, Refusal>> {
  const versions = await programs.load(command.program);
  let run = await payouts.readRun(command.program, command.run);
  if (run === undefined) {
    const wanted = policyAt(versions, command.asOf);
    if (!wanted.ok) return wanted;
    run = await payouts.beginRun({ ...command, state: 'running', startedAt: clock.now() });
  }
  // A run that goes on is judged as it began.
  const judged = policyAt(versions, run.asOf);
  if (!judged.ok) return judged;
  const { program, policy } = judged.value;
  const calendar = calendarAt(versions, clock.now());
  if (calendar === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const { sanctionsList } = policy;
  const listed = sanctionsList === undefined ? undefined : await sanctions.index(sanctionsList);
  if (sanctionsList !== undefined && listed === undefined) {
    return failure(refusal('SANCTIONS_LIST_MISSING'));
  }
  return success({
    ...{ program, policy, calendar, run },
    ...{ asOn: localDateAt(run.asOf, program.timeZone) },
    book: await readRates(rates, program, [run.asOf]),
    ...(listed !== undefined && { listed }),
  });
}

function policyAt(
  versions: PublishedProgram | undefined,
  asOf: Instant,
): Result<Pick<PayingRun, 'program' | 'policy'>, Refusal> {
  const program = programAt(versions, asOf);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const { payouts: policy } = program;
  return policy ? success({ program, policy }) : failure(refusal('PAYOUTS_NOT_OFFERED'));
}

const nobody = { members: 0, paid: 0, skipped: 0, failed: 0 };

interface Counts extends Omit<RunResult, 'run'> {
  /** No member was left for want of time. */
  readonly isWhole: boolean;
}

async function payEverybody(
  dependencies: PayMemberDependencies,
  paying: PayingRun,
  until: Instant | undefined,
): Promise<Counts> {
  const { clock, ledger, logger } = dependencies;
  const { program } = paying.run;
  const isLate = () => until !== undefined && clock.now() >= until;
  let isWhole = true;
  const counts = { ...nobody };
  const payOne = async (member: string) => {
    counts.members += 1;
    try {
      const { paid, skipped } = await payMember(dependencies, paying, member);
      counts.paid += paid;
      counts.skipped += skipped;
    } catch {
      counts.failed += 1;
      logger.error('PAYOUT_FAILED', { program });
    }
  };
  const running = new Set<Promise<void>>();
  for await (const member of ledger.members(program)) {
    if (isLate()) {
      isWhole = false;
      break;
    }
    const task = payOne(member).finally(() => running.delete(task));
    running.add(task);
    if (running.size >= membersAtOnce) await Promise.race(running);
  }
  await Promise.all(running);
  return { ...counts, isWhole };
}
