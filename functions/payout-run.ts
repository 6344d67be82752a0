import * as z from 'zod/mini';
import { sweepPrograms } from '../shared/app/booking/sweep-programs.ts';
import { runDuePayouts } from '../shared/app/payouts/run-due-payouts.ts';
import { type RunResult, runPayouts } from '../shared/app/payouts/run-payouts.ts';
import { payoutRunTaskSchema } from '../shared/contracts/payout-tasks.ts';
import type { Refusal } from '../shared/domain/refusal.ts';
import type { Result } from '../shared/domain/result.ts';
import { addMs, type Instant } from '../shared/domain/time.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composePayoutRun } from './_runtime/payouts.ts';
import { composeCheckQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('payout-run');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  ...composePayoutRun(runtime),
  sealer: composeSealer(runtime),
  checkQueue: composeCheckQueue(),
};

/** Lambda ends after 15 minutes; members that are under way by then need some of the rest. */
const budgetMs = 12 * 60_000;

const told = (program: string, result: Result<RunResult, Refusal>) => {
  if (!result.ok) {
    runtime.logger.error('PAYOUTS_REFUSED', { program, reason: result.failure.code });
    return;
  }
  const { run, members, paid, failed } = result.value;
  const { state } = run;
  runtime.logger.info('PAYOUTS_RUN', { program, members, count: paid, failed, state });
};

async function runAllDue(until: Instant): Promise<void> {
  await sweepPrograms(dependencies, async (program) => {
    const result = await runDuePayouts(dependencies, { program, until });
    if (result !== undefined) told(program, result);
  });
}

/**
 * Payouts: each hour, of the programs whose time it is; or one run by its name, for whoever asks.
 * What is left when the time is up goes on with the next call under the same name.
 */
export const handler = stack<unknown, void>().handler(async (event: unknown) => {
  const task = z.parse(payoutRunTaskSchema, event);
  const until = addMs(runtime.clock.now(), budgetMs);
  if ('task' in task) await runAllDue(until);
  else told(task.program, await runPayouts(dependencies, { ...task, until }));
});
