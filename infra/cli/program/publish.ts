import type { Finding, Program } from '../../../shared/domain/program/schema.ts';
import {
  isSameProgram,
  type ProgramVersion,
  refuseVersion,
  sinceEver,
} from '../../../shared/domain/program/version.ts';
import { formatInstant, type Instant } from '../../../shared/domain/time.ts';
import type { ProgramStore } from '../../../shared/ports/stores.ts';
import { say, UsageError } from '../exit.ts';
import { parseTime } from '../run/as-of.ts';
import type { StatePrograms } from './state-programs.ts';

export type Publishing =
  | { readonly kind: 'published' | 'exists'; readonly from: Instant }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/**
 * Publishes a version of a program. Without a time the first version is in force since ever, and
 * later ones are refused with a UsageError.
 */
export async function publishVersion(
  { programs, now }: Pick<StatePrograms, 'programs' | 'now'>,
  program: Program,
  fromText?: string,
): Promise<Publishing> {
  const asked =
    fromText === undefined ? undefined : parseTime('--from', fromText, program.timeZone);
  const published = await programs.load(program.program);
  if (asked === undefined && published !== undefined) {
    const same = published.find((version) => isSameProgram(version.program, program));
    if (same !== undefined) return { kind: 'exists', from: same.from };
    throw new UsageError(
      `Versions of ${program.program} are published there: say with --from when this one begins.`,
    );
  }
  const version: ProgramVersion = { from: asked ?? sinceEver, program };
  const findings = refuseVersion(published, version, now);
  if (findings.length > 0) return { kind: 'refused', findings };
  return { kind: await programs.publish(version), from: version.from };
}

/** A run publishes its program where none is, and otherwise needs it to be a published version. */
export async function publishForRun(
  programs: ProgramStore,
  program: Program,
  directory = 'the state',
): Promise<void> {
  const published = await programs.load(program.program);
  if (published === undefined) {
    await programs.publish({ from: sinceEver, program });
    return;
  }
  const same = published.find((version) => isSameProgram(version.program, program));
  if (same !== undefined) {
    if (same !== published.at(-1)) {
      say('The program file is not the newest version there; each goes by its own dates.');
    }
    return;
  }
  throw new UsageError(
    `The program file is none of the versions of ${program.program} in ${directory}: ` +
      'publish it first, with guerdon program publish FILE --from T --state DIR.',
  );
}

export function fromInWords(from: Instant): string {
  return from === sinceEver ? 'since ever' : `from ${formatInstant(from)} on`;
}
