import { functionNames } from '../stacks/functions.ts';
import type { FunctionLogs } from './functions/function-logs.ts';
import type { QueueServer } from './queues/queue-server.ts';
import type { StackPlan } from './template/plan.ts';

/** What has ended in one queue of failures. Bodies stay where they are. */
export interface DeadLetters {
  readonly queue: string;
  /** Who failed, as the runbook calls it: such as `settle`. */
  readonly function: string;
  readonly count: number;
  /** The latest fault that this function has logged since the stack started. */
  readonly lastCode?: string;
}

type FailingPlan = Pick<StackPlan, 'queues' | 'queueMappings' | 'streamMappings' | 'bus'>;

/** Ids of functions by the queue in which their failures end. */
export function failingFunctions(plan: FailingPlan): ReadonlyMap<string, string> {
  const consumers = new Map(
    plan.queueMappings.map(({ queueArn, functionId }) => [queueArn, functionId]),
  );
  const targets = plan.bus.rules.flatMap((rule) => rule.targets);
  const found: readonly (readonly [string | undefined, string | undefined])[] = [
    ...plan.queues.map(({ arn, deadLetterArn }) => [deadLetterArn, consumers.get(arn)] as const),
    ...targets.map((it) => [it.deadLetterArn, consumers.get(it.queueArn)] as const),
    ...plan.streamMappings.map((it) => [it.onFailureArn, it.functionId] as const),
    ...plan.bus.schedules.map((it) => [it.deadLetterArn, it.functionId] as const),
  ];
  const named = found.filter((pair): pair is [string, string] => !pair.includes(undefined));
  return new Map(named);
}

/** Says only that some fault came before it. */
const followingCode = 'BATCH_ITEM_FAILED';

/** The latest fault of each function, by its name; nothing else of a line is kept. */
export class LastFaults {
  readonly #codes = new Map<string, string>();

  constructor(logs: Pick<FunctionLogs, 'listen'>) {
    logs.listen((name, { level, code }) => {
      if (typeof code !== 'string' || (level !== 'warn' && level !== 'error')) return;
      if (code !== followingCode || !this.#codes.has(name)) this.#codes.set(name, code);
    });
  }

  of(name: string): string | undefined {
    return this.#codes.get(name);
  }
}

interface DeadLetterSettings {
  readonly plan: StackPlan;
  readonly queues: Pick<QueueServer, 'queue'>;
  readonly logs: Pick<FunctionLogs, 'listen'>;
}

/** Reads every queue of failures that holds something; listens to what functions log from now. */
export function deadLetterReader({ logs, ...sources }: DeadLetterSettings) {
  const faults = new LastFaults(logs);
  return () => deadLettersIn({ ...sources, faults });
}

interface DeadLetterSources extends Omit<DeadLetterSettings, 'logs'> {
  readonly faults: LastFaults;
}

function deadLettersIn({ plan, queues, faults }: DeadLetterSources): DeadLetters[] {
  const functionIds = failingFunctions(plan);
  return [...plan.failureQueueArns].flatMap((arn) => {
    const queue = queues.queue(arn);
    const { ready, inFlight, delayed } = queue.counts();
    const count = ready + inFlight + delayed;
    if (count === 0) return [];
    const name = functionIds.get(arn)?.split(':').at(-1) ?? queue.name;
    const lastCode = faults.of(name);
    const found = { queue: queue.name, function: inWords(name), count };
    return [lastCode === undefined ? found : { ...found, lastCode }];
  });
}

/** The template's names have no hyphens, and a hash at their end. */
function inWords(name: string): string {
  const isIt = (one: string) => name.includes(`Pipeline${one.replaceAll('-', '')}Function`);
  return functionNames.find(isIt) ?? name;
}
