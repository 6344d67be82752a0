import { type CompiledProgram, compileProgram } from '../../domain/program/compiled.ts';
import {
  type ProgramVersion,
  type PublishedProgram,
  versionAt,
} from '../../domain/program/version.ts';
import { addMs, type Instant } from '../../domain/time.ts';

/** A version is compiled once, however many batches it judges. */
const compiled = new WeakMap<ProgramVersion, CompiledProgram>();

function compiledOf(version: ProgramVersion): CompiledProgram {
  const known = compiled.get(version) ?? compileProgram(version);
  compiled.set(version, known);
  return known;
}

/** The version in force at an instant, ready to judge; `undefined` before the first one. */
export function compiledAt(
  published: PublishedProgram | undefined,
  instant: Instant,
): CompiledProgram | undefined {
  const version = versionAt(published, instant);
  return version && compiledOf(version);
}

/** Which version says what is due: one that has ended, of what was due before its end. */
export interface CalendarVersion {
  readonly compiled: CompiledProgram;
  /** The last instant that it says something of. */
  readonly through: Instant;
}

/**
 * The version in force now, and before it the one it replaced: a sweep that comes late finds what
 * was due under that one.
 */
export interface Calendar {
  readonly current: CompiledProgram;
  readonly versions: readonly CalendarVersion[];
}

/** `undefined` before the first version. */
export function calendarAt(
  published: PublishedProgram | undefined,
  now: Instant,
): Calendar | undefined {
  const version = versionAt(published, now);
  if (version === undefined) return undefined;
  const current = { compiled: compiledOf(version), through: now };
  const end = addMs(version.from, -1);
  const before = version === published?.[0] ? undefined : versionAt(published, end);
  const ended = before === undefined ? [] : [{ compiled: compiledOf(before), through: end }];
  return { current: current.compiled, versions: [...ended, current] };
}
