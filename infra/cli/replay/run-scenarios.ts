import { parseProgram } from '../../../shared/domain/program/parse.ts';
import type { Finding, Program } from '../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../shared/domain/program/version.ts';
import { checkNames } from './check-names.ts';
import { parseScenarios } from './parse-scenarios.ts';
import { playScenario, type StepFailure } from './scenario-run.ts';
import type { ScenarioFile } from './scenario-schema.ts';

export type ScenarioResult =
  | {
      readonly kind: 'passed' | 'failed';
      readonly scenario: string;
      readonly failures: readonly StepFailure[];
      /** What the scenario cannot assert yet. */
      readonly later: readonly string[];
    }
  /** Nothing was played: a program, or the scenario file itself, cannot be read. */
  | {
      readonly kind: 'invalid';
      /** `program`, `scenarios`, or the file of a further version. */
      readonly what: string;
      readonly findings: readonly Finding[];
    };

/**
 * Reads a program and its scenarios and plays each in a world of its own; no file is opened.
 * `versions` holds the programs that `publish` steps name, by file.
 */
export async function runScenarios(
  programJson: unknown,
  scenarioJson: unknown,
  versions: Readonly<Record<string, unknown>> = {},
): Promise<ScenarioResult[]> {
  const program = parseProgram(programJson);
  if ('findings' in program) return [invalid('program', program.findings)];
  const file = parseScenarios(scenarioJson);
  if ('findings' in file) return [invalid('scenarios', file.findings)];
  const published = new Map<string, Program>();
  for (const name of filesOf(file.value)) {
    const parsed = parseProgram(versions[name]);
    if ('findings' in parsed) return [invalid(name, parsed.findings)];
    published.set(name, parsed.program);
  }
  const programs = [program.program, ...published.values()];
  const findings = checkNames(file.value, programs, program.program.timeZone);
  if (findings.length > 0) return [invalid('scenarios', findings)];
  // One object for all of them, so that its patterns are compiled once.
  const version = { from: sinceEver, program: program.program };
  const results: ScenarioResult[] = [];
  for (const scenario of file.value.scenarios) {
    const failures = await playScenario(scenario, { version, versions: published });
    const kind = failures.length === 0 ? 'passed' : 'failed';
    results.push({ kind, scenario: scenario.name, failures, later: scenario.later ?? [] });
  }
  return results;
}

/** Files of the versions that steps publish. */
export function filesOf({ scenarios }: Pick<ScenarioFile, 'scenarios'>): string[] {
  const files = scenarios.flatMap(({ steps }) =>
    steps.flatMap((step) => ('publish' in step ? [step.publish.file] : [])),
  );
  return [...new Set(files)];
}

function invalid(what: string, findings: readonly Finding[]): ScenarioResult {
  return { kind: 'invalid', what, findings };
}
