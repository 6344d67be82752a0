import { formatInstant, type Instant, instantOf } from '../time.ts';
import { type Finding, type Program, primaryUnit, unitsOf } from './schema.ts';

/** A program as it holds from an instant on, until the next version's. */
export interface ProgramVersion {
  readonly from: Instant;
  readonly program: Program;
}

/** Every version of one program, the earliest first. */
export type PublishedProgram = readonly [ProgramVersion, ...ProgramVersion[]];

/** What a version in force since ever is published with. */
export const sinceEver = instantOf(0);

/** The version in force at an instant; `undefined` before the first one. */
export function versionAt(
  published: PublishedProgram | undefined,
  instant: Instant,
): ProgramVersion | undefined {
  return published?.findLast(({ from }) => from <= instant || from === sinceEver);
}

export function programAt(
  published: PublishedProgram | undefined,
  instant: Instant,
): Program | undefined {
  return versionAt(published, instant)?.program;
}

/** Puts versions of one program in order. */
export function publishedOf(versions: Iterable<ProgramVersion>): PublishedProgram | undefined {
  const [first, ...others] = [...versions].sort((left, right) => left.from - right.from);
  return first && [first, ...others];
}

/** Where the schema itself stands is no part of what a program says. */
export function isSameProgram(left: Program, right: Program): boolean {
  return contentOf(left) === contentOf(right);
}

function contentOf(program: Program): string {
  return JSON.stringify({ ...program, $schema: undefined });
}

/**
 * Why a version may not be published; nothing where the same one stands already. The past stays as
 * it was judged, and what members hold in one version has a name in the next. A finding without a
 * pointer is about `from`.
 */
export function refuseVersion(
  published: PublishedProgram | undefined,
  candidate: ProgramVersion,
  now: Instant,
): Finding[] {
  if (published === undefined) return [];
  const { from, program } = candidate;
  const [first] = published;
  if (first.program.program !== program.program) {
    const message = `is ${program.program}; the published program is ${first.program.program}`;
    return [{ pointer: '/program', message }];
  }
  const standing = published.find((version) => version.from === from);
  if (standing !== undefined) {
    if (isSameProgram(standing.program, program)) return [];
    const message = `another version is published from ${formatInstant(from)}`;
    return [{ pointer: '', message }];
  }
  if (from < now) {
    const message =
      `${formatInstant(from)} is past (it is ${formatInstant(now)}): ` +
      'what was judged since then would change';
    return [{ pointer: '', message }];
  }
  const before = programAt(published, from);
  const after = published.find((version) => version.from > from);
  return [
    ...lost(before, program, 'of the version before is gone'),
    ...lost(program, after?.program, `would be gone from ${after && formatInstant(after.from)} on`),
    ...resharded(program, [before, after?.program]),
  ];
}

/** What a budget has given is counted shard by shard: with others it could give it again. */
function resharded({ budgets }: Program, neighbours: readonly (Program | undefined)[]): Finding[] {
  return budgets.flatMap(({ id, unit, shards }, index) => {
    const others = neighbours.flatMap((other) => other?.budgets ?? []);
    const other = others.find(
      (one) => one.id === id && (one.shards !== shards || one.unit !== unit),
    );
    if (other === undefined) return [];
    const message = `budget ${id} must keep its ${other.shards} shards of ${other.unit}`;
    return [{ pointer: `/budgets/${index}`, message }];
  });
}

/** What members may hold, by the name that it has in a program. */
const held: readonly {
  readonly what: string;
  readonly pointer: string;
  readonly namesIn: (program: Program) => readonly string[];
}[] = [
  { what: 'unit', pointer: '/units', namesIn: unitsOf },
  {
    what: 'wallet',
    pointer: '/members/wallets',
    namesIn: ({ members }) => Object.keys(members.wallets ?? {}),
  },
  {
    what: 'tier level',
    pointer: '/tiers/levels',
    namesIn: ({ tiers }) => tiers?.levels.map(({ id }) => id) ?? [],
  },
];

function lost(earlier: Program | undefined, later: Program | undefined, how: string): Finding[] {
  if (earlier === undefined || later === undefined) return [];
  const findings = held.flatMap(({ what, pointer, namesIn }) => {
    const names = new Set(namesIn(later));
    const gone = namesIn(earlier).filter((name) => !names.has(name));
    return gone.map((name) => ({ pointer, message: `${what} ${name} ${how}` }));
  });
  const unit = primaryUnit(earlier);
  if (findings.length > 0 || unit === primaryUnit(later)) return findings;
  const message = `the first unit must stay ${unit}: its balances hold counters and tiers`;
  return [{ pointer: '/units', message }];
}

/** Why a version may not be withdrawn: events have been judged by one that is in force. */
export function refuseWithdrawal({ from }: ProgramVersion, now: Instant): Finding[] {
  if (from > now) return [];
  const message = `the version from ${formatInstant(from)} is in force since then`;
  return [{ pointer: '', message }];
}
