import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { UsageError } from '../exit.ts';
import { readProgramFile } from '../program-file.ts';
import { readState } from '../read-state.ts';
import { requireProgram } from '../state.ts';
import type { StateTable } from '../state-table.ts';

/** A state, with the newest version of its program. */
export interface OpenedState {
  readonly table: StateTable;
  readonly program: Program;
  readonly asOf: Instant;
  readonly clock: Instant;
}

/** `named`: the name of the program, or its file; without it, the one that the state is of. */
export async function openState<Found>(
  directory: string,
  named: string | undefined,
  work: (state: OpenedState) => Promise<Found>,
): Promise<Found> {
  const wanted = named?.endsWith('.json') ? (await readProgramFile(named)).program : named;
  return readState(directory, async ({ table, program: known, ...times }) => {
    const versions = await table.programs.load(known.program);
    const program = versions?.at(-1)?.program ?? known;
    if (wanted !== undefined) requireProgram(directory, { ...program, ...times }, wanted);
    return work({ table, program, ...times });
  });
}

/** Throws a UsageError where there is no such run. */
export async function requireRun({ table, program }: OpenedState, run: string) {
  const found = await table.payouts.readRun(program.program, run);
  if (found !== undefined) return found;
  throw new UsageError(`${program.program} has had no run of payouts named ${run} here.`);
}
