import { type PublishedProgram, programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { type Instant, localDateAt } from '../../domain/time.ts';
import type { PayoutRun } from '../../ports/payouts.ts';
import { calendarAt } from '../booking/compiled-programs.ts';
import { readRates } from '../rates/rate-reader.ts';
import { nobodyPaid, type PaidCounts, payMembers } from './pay-members.ts';
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

/** Counts of this call: whoever earlier ones of the same run are done with is not met again. */
export interface RunResult extends PaidCounts {
  /** Done, or still `running` where it ran out of time or members failed. */
  readonly run: PayoutRun;
}

/**
 * Goes over a program's members and places one payout for each wallet that is due. It may die
 * anywhere and be run again under the same name: a payout's id is made of the run, the member and
 * the wallet, so that none is placed twice. It goes on near where it stopped, with those that
 * failed after the others. Once it is done, it does nothing. Refusals:
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
  if (run.state === 'done') return success({ ...nobodyPaid, run });
  const { isWhole, ...counts } = await payMembers(dependencies, paying.value, command.until);
  if (!isWhole || counts.failed > 0) return success({ ...counts, run });
  const { progress: _, ...begun } = run;
  const ended = { ...begun, state: 'done', endedAt: dependencies.clock.now() } as const;
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
