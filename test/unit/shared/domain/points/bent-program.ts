import { z } from 'zod';
import {
  type CompiledProgram,
  compileProgram,
} from '../../../../../shared/domain/program/compiled.ts';
import { type Program, programSchema } from '../../../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { sampleProgramJson } from '../../../../support/sample-program.ts';

/** The sample program with parts replaced, whether or not they would pass its checks. */
export function bentProgram(parts: Record<string, unknown>): Program {
  return z.parse(programSchema, { ...sampleProgramJson(), ...parts });
}

export function compiledProgram(parts: Record<string, unknown>, from = sinceEver): CompiledProgram {
  return compileProgram({ program: bentProgram(parts), from });
}
