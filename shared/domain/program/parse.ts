import { checkProgram } from './checks/check.ts';
import { readBySchema } from './findings.ts';
import { type Finding, type Program, programSchema } from './schema.ts';

/** Reads a program; all findings at once, never a part of a program. */
export function parseProgram(
  json: unknown,
): { readonly program: Program } | { readonly findings: Finding[] } {
  const read = readBySchema(programSchema, json);
  if ('findings' in read) return read;
  const findings = checkProgram(read.value);
  return findings.length > 0 ? { findings } : { program: read.value };
}
