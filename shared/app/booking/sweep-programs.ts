import type { Logger } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';

interface SweepProgramsDependencies {
  readonly logger: Logger;
  readonly programs: ProgramStore;
}

/**
 * Does something for every program. One that fails keeps no other waiting; that it failed is thrown
 * at the end, so that the schedule's alarm tells of it.
 */
export async function sweepPrograms(
  { logger, programs }: SweepProgramsDependencies,
  sweep: (program: string) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for await (const program of programs.names()) {
    try {
      await sweep(program);
    } catch (error) {
      errors.push(error);
      logger.error('PROGRAM_SWEEP_FAILED', { program });
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some programs could not be swept.');
}
