import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../exit.ts';
import { requireInputFile, unreadableInput } from '../input-file.ts';
import { type JsonText, type LocatedFinding, readJsonText } from '../program/json-text.ts';
import { resolveProductLists } from '../program/product-list.ts';
import { parseScenarios } from './parse-scenarios.ts';
import { filesOf } from './run-scenarios.ts';

const seedFolder = join(import.meta.dirname, '../../../shared/programs/seeds');
const scenarioFolder = 'scenarios';

/** A scenario file with everything it names, ready for `runScenarios`. */
export interface LoadedScenarios {
  readonly path: string;
  /** The name of the program's file. */
  readonly name: string;
  readonly programJson: unknown;
  readonly scenarioJson: unknown;
  readonly versions: Readonly<Record<string, unknown>>;
  /** Where something stands in the file that an invalid result is about. */
  readonly lineOf: (what: string, pointer: string) => number | undefined;
}

/** The scenario files of the programs that are shipped. */
export async function seedScenarioFiles(): Promise<string[]> {
  const folder = join(seedFolder, scenarioFolder);
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

/** The scenarios of a program file, or the file itself where it holds scenarios. */
export async function scenarioFileFor(path: string): Promise<string> {
  if (basename(dirname(path)) === scenarioFolder) return path;
  const beside = join(dirname(path), scenarioFolder, basename(path));
  const { value } = await readJson(path);
  return Object.hasOwn(Object(value), 'scenarios') ? path : beside;
}

/** Reads a scenario file, its program and its further versions, or throws a UsageError. */
export async function loadScenarios(path: string): Promise<LoadedScenarios> {
  const scenarios = await readJson(path);
  const name = basename(path, '.json');
  const named: unknown = Object(scenarios.value).program;
  const program = typeof named === 'string' ? named : name;
  const programPath = join(dirname(path), '..', `${program}.json`);
  const texts = new Map<string, JsonText>([['scenarios', scenarios]]);
  const versions: Record<string, unknown> = {};
  const parsed = parseScenarios(scenarios.value);
  const programJson = await readProgram('program', programPath);
  for (const file of 'value' in parsed ? filesOf(parsed.value) : []) {
    versions[file] = await readProgram(file, join(dirname(path), file));
  }
  const lineOf = (what: string, pointer: string) => texts.get(what)?.lineOf(pointer);
  return { path, name: program, programJson, scenarioJson: scenarios.value, versions, lineOf };

  async function readProgram(what: string, file: string): Promise<unknown> {
    const text = await readJson(file);
    texts.set(what, text);
    const { value, findings } = await resolveProductLists(file, text.value);
    refuse(
      file,
      findings.map((finding) => ({ ...finding, line: text.lineOf(finding.pointer) })),
    );
    return value;
  }
}

async function readJson(path: string): Promise<JsonText> {
  await requireInputFile(path);
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadableInput(path, error);
  });
  const text = readJsonText(content);
  refuse(path, text.findings);
  return text;
}

function refuse(path: string, findings: readonly LocatedFinding[]): void {
  if (findings.length === 0) return;
  const lines = findings.map(({ line, message }) => `  line ${line}: ${message}`);
  throw new UsageError([`${path} cannot be read:`, ...lines].join('\n'));
}
