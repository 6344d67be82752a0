import { readFile } from 'node:fs/promises';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import type { Finding, Program } from '../../shared/domain/program/schema.ts';
import { localRegion } from '../regions.ts';
import { UsageError } from './exit.ts';
import { requireInputFile, unreadableInput } from './input-file.ts';
import { type LocatedFinding, readJsonText } from './program/json-text.ts';
import { resolveProductLists } from './program/product-list.ts';

export type CheckedProgram =
  | { readonly program: Program }
  | { readonly findings: readonly LocatedFinding[] };

/** Reads a program file with its product lists, or finds everything that is wrong with it. */
export async function checkProgramFile(path: string): Promise<CheckedProgram> {
  const { value, findings: misread, lineOf } = readJsonText(await readTextFile(path));
  if (value === undefined) return { findings: misread };
  const resolved = await resolveProductLists(path, value);
  const parsed = parseProgram(resolved.value);
  const refused = 'program' in parsed ? unservedRewards(parsed.program) : parsed.findings;
  const found = [...resolved.findings, ...refused.flatMap(resolved.atReference)];
  const located = found.map((finding) => ({ ...finding, line: lineOf(finding.pointer) }));
  const findings = [...misread, ...located].sort((left, right) => left.line - right.line);
  if ('program' in parsed && findings.length === 0) return parsed;
  return { findings };
}

/** Reads a program file whole, or throws a UsageError with everything that is wrong with it. */
export async function readProgramFile(path: string): Promise<Program> {
  const checked = await checkProgramFile(path);
  if ('program' in checked) return checked.program;
  throw new UsageError(refusalOf(path, checked.findings));
}

/** One line for each finding, below a line for the file. */
export function refusalOf(path: string, findings: readonly LocatedFinding[]): string {
  const lines = findings.map(({ line, pointer, message }) => {
    const place = pointer === '' ? `line ${line}` : `line ${line}, ${pointer}`;
    return `  ${place}: ${message}`;
  });
  return [`${path} is not a valid program:`, ...lines].join('\n');
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
