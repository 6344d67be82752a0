import type { ScenarioResult } from './run-scenarios.ts';
import type { LoadedScenarios } from './scenario-files.ts';
import type { StepFailure } from './scenario-run.ts';

/** One line a scenario; below a failed one, what was expected, what came, and why. */
export function resultLines(
  { name, lineOf }: Pick<LoadedScenarios, 'name' | 'lineOf'>,
  result: ScenarioResult,
): string[] {
  if (result.kind === 'invalid') {
    const { what, findings } = result;
    const places = findings.map(({ pointer, message }) => {
      const line = lineOf(what, pointer);
      return `  ${line === undefined ? '' : `line ${line}, `}${pointer || '/'}: ${message}`;
    });
    return [`FAIL ${name}: the file of ${what} is not valid`, ...places];
  }
  if (result.kind === 'passed') return [`ok ${name}: ${result.scenario}`];
  return [`FAIL ${name}: ${result.scenario}`, ...result.failures.flatMap(failureLines)];
}

export function failureLines(failure: StepFailure): string[] {
  const { step, kind, at, note, differences, because = [] } = failure;
  const title = `  step ${step} at ${at} (${kind})${note === undefined ? '' : `: ${note}`}`;
  return [
    title,
    ...differences.flatMap(({ path, expected, got }) => [
      `    ${path}`,
      `      expected ${expected}`,
      `      got      ${got}`,
    ]),
    ...because.map((line, index) => `    ${index === 0 ? 'because' : '       '} ${line}`),
  ];
}
