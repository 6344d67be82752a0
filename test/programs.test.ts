import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultLines } from '../infra/cli/replay/report.ts';
import { runScenarios } from '../infra/cli/replay/run-scenarios.ts';
import { loadScenarios, seedScenarioFiles } from '../infra/cli/replay/scenario-files.ts';

const files = await seedScenarioFiles();

describe.each(files.map((path) => [basename(path, '.json'), path] as const))(
  '%s',
  async (_, path) => {
    const loaded = await loadScenarios(path);
    const { programJson, scenarioJson, versions } = loaded;
    const results = await runScenarios(programJson, scenarioJson, versions);
    const named = results.map((result) => {
      const name = result.kind === 'invalid' ? `the file of ${result.what}` : result.scenario;
      return [name, result] as const;
    });

    it.each(named)('%s', (name, result) => {
      expect(resultLines(loaded, result)).toEqual([`ok ${loaded.name}: ${name}`]);
    });
  },
);
