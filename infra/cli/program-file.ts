import { readFile } from 'node:fs/promises';
import { type Finding, type Program, parseProgram } from '../../shared/domain/program/schema.ts';
import { localRegion } from '../regions.ts';
import { UsageError } from './exit.ts';
import { requireInputFile, unreadableInput } from './input-file.ts';

/** Reads a program file whole, or says everything that is wrong with it. */
export async function readProgramFile(path: string): Promise<Program> {
  const parsed = parseProgram(parseJson(path, await readTextFile(path)));
  const findings = 'program' in parsed ? unservedRewards(parsed.program) : parsed.findings;
  if ('program' in parsed && findings.length === 0) return parsed.program;
  const lines = findings.map(({ pointer, message }) => `  ${pointer}: ${message}`);
  throw new UsageError([`${path} is not a valid program:`, ...lines].join('\n'));
}

/** A reward whose provider is not enabled here would take the points and never arrive. */
function unservedRewards({ rewards }: Program): Finding[] {
  const enabled = localRegion.providers.map(({ name }) => name as string);
  return rewards.flatMap(({ provider }, index) => {
    if (enabled.includes(provider)) return [];
    const message = `no provider ${provider} is enabled; there is ${enabled.join(', ')}`;
    return [{ pointer: `/rewards/${index}/provider`, message }];
  });
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
