import type { Finding } from '../../../shared/domain/program/schema.ts';
import { refuseWithdrawal } from '../../../shared/domain/program/version.ts';
import { UsageError } from '../exit.ts';
import { parseTime } from '../run/as-of.ts';
import { chooseProgram, type StatePrograms } from './state-programs.ts';

/** Takes back a version that is not yet in force. Finds why not, or nothing. */
export async function withdrawVersion(
  state: StatePrograms,
  named: string | undefined,
  fromText: string,
): Promise<Finding[]> {
  const name = await chooseProgram(state, named);
  const published = await state.programs.load(name);
  const version = published?.find(
    ({ from, program }) => parseTime('--from', fromText, program.timeZone) === from,
  );
  if (version === undefined) throw new UsageError(`No version of ${name} begins at ${fromText}.`);
  const findings = refuseWithdrawal(version, state.now);
  if (findings.length === 0) await state.programs.withdraw(name, version.from);
  return findings;
}
