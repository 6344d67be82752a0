import { readFile } from 'node:fs/promises';
import { type Program, parseProgram } from '../../shared/domain/program/schema.ts';
import { UsageError } from './exit.ts';
import { requireInputFile, unreadableInput } from './input-file.ts';

/** Reads a program file whole, or says everything that is wrong with it. */
export async function readProgramFile(path: string): Promise<Program> {
  const parsed = parseProgram(parseJson(path, await readTextFile(path)));
  if ('program' in parsed) return parsed.program;
  const findings = parsed.findings.map(({ pointer, message }) => `  ${pointer}: ${message}`);
  throw new UsageError([`${path} is not a valid program:`, ...findings].join('\n'));
}

async function readTextFile(path: string): Promise<string> {
  await requireInputFile(path);
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadableInput(path, error);
  });
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${(error as Error).message}`);
  }
}
