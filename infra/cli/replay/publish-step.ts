import { invariant } from '../../../shared/domain/result.ts';
import { differs } from './differences.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { PublishStep } from './scenario-schema.ts';

/** Publishes a further version of the program. */
export async function publishDifferences(
  { publish: { file, from }, refused }: PublishStep,
  { world, versions, timeOf }: StepContext,
): Promise<StepFindings> {
  const program = versions.get(file);
  invariant(program !== undefined, `${file} was read before.`);
  const findings = await world.publish({ from: timeOf(from), program });
  const words = (isRefused: boolean) => (isRefused ? 'refused' : 'published');
  const differences = differs('outcome', words(refused === true), words(findings.length > 0));
  const because = findings.map(({ pointer, message }) => `${pointer} ${message}`.trim());
  return { differences, because };
}
