import {
  type RunCommand,
  type RunResult,
  runPayouts,
} from '../../../shared/app/payouts/run-payouts.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { type Result, success } from '../../../shared/domain/result.ts';
import { type Instant, instantOf, localDateAt } from '../../../shared/domain/time.ts';
import { say, UsageError } from '../exit.ts';
import { parseTime } from '../run/as-of.ts';
import { openSession, type Session } from '../run/session.ts';
import { openPayoutDesk } from './desk.ts';
import type { OpenedState } from './opened-state.ts';
import { type ReportOfRun, reportRun } from './report.ts';

export interface RunRequest {
  /** An instant, or a date in the program's zone. */
  readonly asOf: string;
  readonly run?: string;
  readonly requestedBy: string;
}

/** What a command has placed, and what has come of the whole run by now. */
export interface PaidRun extends Omit<RunResult, 'run'> {
  readonly report: ReportOfRun;
}

/** Starts the stack on a state, and pays there. */
export async function runInState(
  directory: string,
  { program, asOf: present }: Pick<OpenedState, 'program' | 'asOf'>,
  request: RunRequest,
): Promise<Result<PaidRun, Refusal>> {
  const command = commandOf(program, request);
  const session = await openSession({
    ...{ program, stateDirectory: directory, log: say },
    asOf: instantOf(Math.max(present, command.asOf)),
  });
  try {
    return await payInSession(session, command);
  } finally {
    await session.close();
  }
}

/**
 * Goes over the members, and waits for what follows: orders, answers, and what comes back.
 * Refusals are those of `runPayouts`.
 */
export async function payInSession(
  session: Session,
  command: RunCommand,
): Promise<Result<PaidRun, Refusal>> {
  const desk = await openPayoutDesk(session);
  try {
    say('Paying wallets …');
    const result = await runPayouts(desk.dependencies, command);
    if (!result.ok) return result;
    say('Waiting for providers …');
    await session.drain();
    const { run, ...counts } = result.value;
    return success({ ...counts, report: await reportRun(session.table, run) });
  } finally {
    desk.close();
  }
}

function commandOf(program: Program, { requestedBy, ...asked }: RunRequest): RunCommand {
  const asOf = parseTime('--as-of', asked.asOf, program.timeZone);
  const run = asked.run ?? usualName(program, asOf);
  if (!runName.test(run)) {
    throw new UsageError('--run takes letters, digits, and . _ - between them, at most 64.');
  }
  return { program: program.program, run, asOf, requestedBy };
}

/** As the cloud takes them. */
const runName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Of a day, one run: the command may be given again. */
function usualName({ program, timeZone }: Program, asOf: Instant): string {
  return `${program}-${localDateAt(asOf, timeZone)}`;
}
