import * as z from 'zod/mini';
import { sweepDue } from '../shared/app/booking/sweep-due.ts';
import { sweepFollowUps } from '../shared/app/booking/sweep-follow-ups.ts';
import { sweepPrograms } from '../shared/app/booking/sweep-programs.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('sweep');
const dependencies = { ...runtime, ...composeLedger(runtime) };
const taskSchema = z.object({ task: z.enum(['follow-ups', 'due']) });

const tasks = {
  'follow-ups': async (program: string) => {
    const swept = await sweepFollowUps(dependencies, program);
    runtime.logger.info('FOLLOW_UPS_SWEPT', { program, ...swept });
  },
  due: async (program: string) => {
    const { members, booked, failed } = await sweepDue(dependencies, program);
    runtime.logger.info('DUE_SWEPT', { program, members, booked, failed });
  },
};

/** Schedules: what must happen without anybody asking. */
export const handler = stack<unknown, void>().handler(async (event: unknown) => {
  const { task } = z.parse(taskSchema, event);
  await sweepPrograms(dependencies, tasks[task]);
});
