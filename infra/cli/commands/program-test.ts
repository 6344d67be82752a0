import { Command } from 'commander';
import { exitCodes, printJson } from '../exit.ts';
import { resultLines } from '../replay/report.ts';
import { runScenarios, type ScenarioResult } from '../replay/run-scenarios.ts';
import { loadScenarios, scenarioFileFor, seedScenarioFiles } from '../replay/scenario-files.ts';
import { scenarioJsonSchema } from '../replay/scenario-json-schema.ts';

interface TestOptions {
  readonly json?: boolean;
  readonly schema?: boolean;
}

/** `guerdon program test`: plays the scenarios of programs in memory. */
export function testCommand(): Command {
  return new Command('test')
    .description('play the scenarios of programs; without a file, of all that are shipped')
    .argument('[files...]', 'scenario files, or program files with scenarios beside them')
    .option('--json', 'print the results as JSON')
    .option('--schema', 'print the JSON Schema of scenario files, for editors')
    .action(async (files: readonly string[], { json = false, schema }: TestOptions) => {
      if (schema === true) return printJson(scenarioJsonSchema());
      const paths =
        files.length === 0
          ? await seedScenarioFiles()
          : await Promise.all(files.map(scenarioFileFor));
      const results: (ScenarioResult & { readonly program: string })[] = [];
      for (const path of paths) {
        const loaded = await loadScenarios(path);
        const { name, programJson, scenarioJson, versions } = loaded;
        for (const result of await runScenarios(programJson, scenarioJson, versions)) {
          results.push({ program: name, ...result });
          if (!json) print(...resultLines(loaded, result));
        }
      }
      if (json) printJson(results);
      else print(...laterLines(results), summary(results));
      const passed = results.every(({ kind }) => kind === 'passed');
      process.exitCode = passed ? exitCodes.done : exitCodes.findings;
    });
}

type Result = ScenarioResult & { readonly program: string };

/** What no scenario asserts yet. */
function laterLines(results: readonly Result[]): string[] {
  const later = laterOf(results);
  return later.length === 0 ? [] : ['', `later (${later.length}):`, ...later];
}

function laterOf(results: readonly Result[]): string[] {
  return results.flatMap((result) =>
    result.kind === 'invalid' ? [] : result.later.map((text) => `  ${result.program}: ${text}`),
  );
}

function summary(results: readonly Result[]): string {
  const count = (kind: ScenarioResult['kind']) =>
    results.filter((result) => result.kind === kind).length;
  const failed = count('failed') + count('invalid');
  return `${count('passed')} passed, ${failed} failed, ${laterOf(results).length} later`;
}

function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
