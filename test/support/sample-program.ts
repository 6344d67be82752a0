import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import type { Program } from '../../shared/domain/program/schema.ts';

const path = join(import.meta.dirname, '../../shared/programs/online-retail.json');

/**
 * The JSON of the program that is shipped as a sample: a fresh copy each time, to be bent by a
 * test.
 */
export function sampleProgramJson(): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The shipped sample program, with top-level parts replaced where a test needs others. */
export function sampleProgram(parts: Record<string, unknown> = {}): Program {
  const read = parseProgram({ ...sampleProgramJson(), ...parts });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}
