import { pointerOf, readBySchema } from '../../../shared/domain/program/findings.ts';
import type { Finding } from '../../../shared/domain/program/schema.ts';
import { nearest } from '../../../shared/domain/program/suggest.ts';
import {
  type Scenario,
  type ScenarioFile,
  type Step,
  scenarioFrameSchema,
  stepSchemas,
} from './scenario-schema.ts';

type Read<Value> = { readonly value: Value } | { readonly findings: Finding[] };

/** Reads a scenario file; all findings at once. */
export function parseScenarios(json: unknown): Read<ScenarioFile> {
  const frame = readBySchema(scenarioFrameSchema, json);
  if ('findings' in frame) return frame;
  const findings: Finding[] = [];
  const scenarios = frame.value.scenarios.map((scenario, place): Scenario => {
    const steps = scenario.steps.flatMap((step, index) => {
      const read = readStep(step);
      if ('value' in read) return [read.value];
      const at = pointerOf(['scenarios', place, 'steps', index]);
      findings.push(...read.findings.map((one) => ({ ...one, pointer: at + one.pointer })));
      return [];
    });
    return { ...scenario, steps };
  });
  if (findings.length > 0) return { findings };
  return { value: { ...frame.value, scenarios } };
}

const kinds = Object.keys(stepSchemas) as (keyof typeof stepSchemas)[];

function readStep(step: Readonly<Record<string, unknown>>): Read<Step> {
  const named = kinds.filter((kind) => Object.hasOwn(step, kind));
  const [kind] = named;
  if (kind !== undefined && named.length === 1) return readBySchema(stepSchemas[kind], step);
  if (kind !== undefined) {
    return { findings: [{ pointer: '', message: `holds ${named.join(' and ')}; one is a step` }] };
  }
  const near = Object.keys(step).map((key) => [key, nearest(key, kinds)] as const);
  const [meant] = near.filter(([, word]) => word !== undefined);
  const message = `has none of ${kinds.join(', ')}`;
  if (meant === undefined) return { findings: [{ pointer: '', message }] };
  const [key, word] = meant;
  return { findings: [{ pointer: pointerOf([key]), message: `did you mean \`${word}\`?` }] };
}
