import * as z from 'zod/mini';
import { sweepFollowUps } from '../shared/app/sweep-follow-ups.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('sweep');
const dependencies = { ...runtime, ...composeLedger(runtime) };
const taskSchema = z.object({ task: z.literal('follow-ups') });

/** Schedules: what must happen without anybody asking. */
export const handler = stack<unknown, void>().handler(async (event: unknown) => {
  z.parse(taskSchema, event);
  for await (const program of dependencies.programs.names()) {
    const swept = await sweepFollowUps(dependencies, program);
    runtime.logger.info('FOLLOW_UPS_SWEPT', { program, ...swept });
  }
});
