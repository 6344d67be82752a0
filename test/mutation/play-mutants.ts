import { checkNames } from '../../infra/cli/replay/check-names.ts';
import { parseScenarios } from '../../infra/cli/replay/parse-scenarios.ts';
import { filesOf } from '../../infra/cli/replay/run-scenarios.ts';
import type { LoadedScenarios } from '../../infra/cli/replay/scenario-files.ts';
import { playScenario } from '../../infra/cli/replay/scenario-run.ts';
import type { ScenarioFile } from '../../infra/cli/replay/scenario-schema.ts';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { sinceEver } from '../../shared/domain/program/version.ts';
import { invariant } from '../../shared/domain/result.ts';
import { mutantsOf } from './mutants.ts';

export interface MutantName {
  readonly pointer: string;
  readonly change: string;
}

/** What became of the mutants of one seed program. */
export interface SeedReport {
  readonly seed: string;
  /** Scenarios that the program itself does not pass: nothing was mutated then. */
  readonly broken: readonly string[];
  /** Mutants that are programs, each counted once. */
  readonly mutants: number;
  /** Changes that no program survives: refused when it is read, and not counted. */
  readonly refused: number;
  readonly survivors: readonly MutantName[];
}

/** Plays the scenarios of a seed program on each of its mutants. */
export async function playMutants(loaded: LoadedScenarios): Promise<SeedReport> {
  const { name: seed, programJson } = loaded;
  const suite = new Suite(loaded);
  const broken = await suite.failing(programJson);
  const report = { seed, broken, mutants: 0, refused: 0, survivors: [] as MutantName[] };
  if (broken.length > 0) return report;
  const seen = new Set([JSON.stringify(programOf(programJson))]);
  for (const { pointer, change, json } of mutantsOf(programJson)) {
    const parsed = parseProgram(json);
    if ('findings' in parsed) {
      report.refused += 1;
      continue;
    }
    const { program } = parsed;
    const text = JSON.stringify(program);
    if (seen.has(text)) continue;
    seen.add(text);
    report.mutants += 1;
    if (!(await suite.kills(program))) report.survivors.push({ pointer, change });
  }
  return report;
}

/** The scenarios of a program: whichever has killed last is played first. */
class Suite {
  #file: ScenarioFile;
  readonly #versions: ReadonlyMap<string, Program>;

  constructor({ scenarioJson, versions }: LoadedScenarios) {
    const file = parseScenarios(scenarioJson);
    invariant('value' in file, 'The scenario file of a seed program reads.');
    this.#file = file.value;
    this.#versions = new Map(
      filesOf(file.value).map((name) => [name, programOf(versions[name])] as const),
    );
  }

  /** Names of the scenarios that a program does not pass. */
  async failing(json: unknown): Promise<string[]> {
    const program = programOf(json);
    const failing: string[] = [];
    for (const scenario of this.#file.scenarios) {
      if (await this.#fails(scenario, program)) failing.push(scenario.name);
    }
    return failing;
  }

  /** Whether a scenario fails, or names what is no longer there. */
  async kills(program: Program): Promise<boolean> {
    for (const scenario of this.#file.scenarios) {
      if (!(await this.#fails(scenario, program))) continue;
      const others = this.#file.scenarios.filter((other) => other !== scenario);
      this.#file = { ...this.#file, scenarios: [scenario, ...others] };
      return true;
    }
    const programs = [program, ...this.#versions.values()];
    return checkNames(this.#file, programs, program.timeZone).length > 0;
  }

  async #fails(scenario: ScenarioFile['scenarios'][number], program: Program): Promise<boolean> {
    const version = { from: sinceEver, program };
    const failures = await playScenario(scenario, { version, versions: this.#versions });
    return failures.length > 0;
  }
}

function programOf(json: unknown): Program {
  const parsed = parseProgram(json);
  invariant('program' in parsed, 'A seed program is valid.');
  return parsed.program;
}
