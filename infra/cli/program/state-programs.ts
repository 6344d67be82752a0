import type { ProgramStore } from '../../../shared/ports/stores.ts';
import { UsageError } from '../exit.ts';
import { type HeldState, withHeldState } from '../held-state.ts';

/** The programs of a state, held for this process. */
export interface StatePrograms extends Omit<HeldState, 'table'> {
  readonly programs: ProgramStore;
}

/** Opens the programs of a state for `work`; a new state is made only where `creates` says so. */
export function withStatePrograms<Found>(
  directory: string,
  work: (state: StatePrograms) => Promise<Found>,
  options: { readonly creates?: boolean } = {},
): Promise<Found> {
  const open = ({ table, ...held }: HeldState) => work({ ...held, programs: table.programs });
  return withHeldState(directory, open, options);
}

/** The program that is named, or else the only one there is. */
export async function chooseProgram(
  { programs }: StatePrograms,
  named: string | undefined,
): Promise<string> {
  const names: string[] = [];
  for await (const name of programs.names()) names.push(name);
  const [only] = names;
  if (named !== undefined && names.includes(named)) return named;
  if (named !== undefined) throw new UsageError(`No program ${named} is published there.`);
  if (only === undefined) throw new UsageError('No program is published there.');
  if (names.length === 1) return only;
  throw new UsageError(`Several programs are published there; name one of ${names.join(', ')}.`);
}
