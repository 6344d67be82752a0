import { type CompiledProgram, compileProgram } from '../domain/program/compiled.ts';
import type { ProgramVersion, PublishedProgram } from '../domain/program/version.ts';
import { versionAt } from '../domain/program/version.ts';
import type { Instant } from '../domain/time.ts';

/** A version is compiled once, however many batches it judges. */
const compiled = new WeakMap<ProgramVersion, CompiledProgram>();

/** The version in force at an instant, ready to judge; `undefined` before the first one. */
export function compiledAt(
  published: PublishedProgram | undefined,
  instant: Instant,
): CompiledProgram | undefined {
  const version = versionAt(published, instant);
  if (version === undefined) return undefined;
  const known = compiled.get(version) ?? compileProgram(version);
  compiled.set(version, known);
  return known;
}
