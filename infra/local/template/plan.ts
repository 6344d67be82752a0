import type { AssemblyStack } from './assembly.ts';
import { type BusPlan, busOf } from './bus.ts';
import { type FunctionPlan, functionsOf } from './compute.ts';
import { type EntrancePlan, entranceOf } from './entrance.ts';
import type { Place } from './identities.ts';
import { mappingsOf, type QueueMappingPlan, type StreamMappingPlan } from './mappings.ts';
import { ResolvedTemplate } from './scope.ts';
import { type KeyPlan, keysOf, type SecretPlan, secretsOf } from './sealing.ts';
import { bucketOf, type QueuePlan, queuesOf, type TablePlan, tablesOf } from './storage.ts';

/** All that a template asks for and that has an effect on one machine, references resolved. */
export interface StackPlan {
  readonly place: Place;
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueuePlan[];
  /** Name of the bucket of files, where there is one. */
  readonly bucket: string | undefined;
  readonly functions: readonly FunctionPlan[];
  readonly queueMappings: readonly QueueMappingPlan[];
  readonly streamMappings: readonly StreamMappingPlan[];
  readonly bus: BusPlan;
  readonly entrance: EntrancePlan | undefined;
  readonly keys: readonly KeyPlan[];
  readonly secrets: readonly SecretPlan[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Queues where failures end: of queues, rules, schedules and stream readers. */
  readonly failureQueueArns: ReadonlySet<string>;
}

/** Throws an error that names what the local runtime does not know, before anything is started. */
export function planStack(stack: AssemblyStack, place: Place): StackPlan {
  const template = new ResolvedTemplate(stack, place);
  const queues = queuesOf(template);
  const mappings = mappingsOf(template);
  const bus = busOf(template);
  const failureQueues = [
    ...queues.map(({ deadLetterArn }) => deadLetterArn),
    ...mappings.streams.map(({ onFailureArn }) => onFailureArn),
    ...bus.rules.flatMap(({ targets }) => targets.map(({ deadLetterArn }) => deadLetterArn)),
    ...bus.schedules.map(({ deadLetterArn }) => deadLetterArn),
  ];
  return {
    place,
    tables: tablesOf(template),
    queues,
    bucket: bucketOf(template),
    functions: functionsOf(template, stack),
    queueMappings: mappings.queues,
    streamMappings: mappings.streams,
    bus,
    entrance: entranceOf(template),
    keys: keysOf(template),
    secrets: secretsOf(template),
    outputs: template.outputs(),
    failureQueueArns: new Set(failureQueues.filter((arn) => arn !== undefined)),
  };
}
