import { type PublishedProgram, versionAt } from '../../../shared/domain/program/version.ts';
import { formatInstant, type Instant } from '../../../shared/domain/time.ts';
import type { StatePrograms } from './state-programs.ts';

export interface ListedVersion {
  readonly program: string;
  /** ISO 8601; 1970 for a version in force since ever. */
  readonly from: string;
  readonly status: 'past' | 'inForce' | 'toCome';
  readonly rules: number;
  readonly rewards: number;
}

/** Every version of every program of a state. */
export async function listVersions({ programs, now }: StatePrograms): Promise<ListedVersion[]> {
  const listed: ListedVersion[] = [];
  for await (const name of programs.names()) {
    const published = await programs.load(name);
    if (published !== undefined) listed.push(...versionsOf(published, now));
  }
  return listed;
}

function versionsOf(published: PublishedProgram, now: Instant): ListedVersion[] {
  const current = versionAt(published, now);
  return published.map((version) => {
    const { from, program } = version;
    const before = from > now ? 'toCome' : 'past';
    return {
      ...{ program: program.program, from: formatInstant(from) },
      status: version === current ? 'inForce' : before,
      ...{ rules: program.earning.rules.length, rewards: program.rewards.length },
    };
  });
}
