import type { PayMemberDependencies } from '../../../shared/app/payouts/paying-run.ts';
import { runPayouts } from '../../../shared/app/payouts/run-payouts.ts';
import { program } from '../../support/paying.ts';
import { benchStage } from './stage.ts';

/** Members whose calls are made ready at once, outside of what is timed. */
export const sliceMembers = 1_000;

/** What reads an item that a payout is made of, or writes one; each once for a member. */
const itemCalls = {
  ledger: ['readMember'],
  payouts: ['readChoice', 'putLine'],
  contacts: ['read'],
  sealer: ['open', 'seal'],
  redemptions: ['lastPayout', 'hold'],
  checkQueue: ['send'],
} as const;
type PortName = keyof typeof itemCalls;

interface ItemCall {
  readonly port: PortName;
  readonly method: string;
  readonly given: readonly unknown[];
}

export async function runAll(dependencies: PayMemberDependencies): Promise<void> {
  const asOf = dependencies.clock.now();
  const command = { program, run: 'bench', asOf, requestedBy: 'bench' };
  const result = await runPayouts(dependencies, command);
  if (!result.ok || result.value.failed > 0) throw new Error('A run has failed.');
  if (result.value.paid !== result.value.members) throw new Error('Every member is paid.');
}

/** The calls that a run over these members makes on a table of its own. */
export async function recordedCalls(first: number, count: number): Promise<readonly ItemCall[]> {
  const calls: ItemCall[] = [];
  const stage = await benchStage(first, count);
  const watched = Object.entries(itemCalls).map(([name, methods]) => {
    const port = name as PortName;
    const watch = (method: string, given: readonly unknown[]) => {
      if (methods.some((each) => each === method)) calls.push({ port, method, given });
    };
    return [port, watching(stage[port], watch)] as const;
  });
  await runAll({ ...stage, ...Object.fromEntries(watched) });
  return calls;
}

/** The same calls, with nothing decided between them; what is written may be made anew. */
export async function replayed(
  dependencies: PayMemberDependencies,
  calls: readonly ItemCall[],
  isMadeAnew: boolean,
): Promise<void> {
  for (const { port, method, given } of calls) {
    const called: unknown = Reflect.get(dependencies[port], method);
    if (typeof called !== 'function') throw new Error(`${port} has no ${method}.`);
    const isCopied = isMadeAnew && writes.has(method);
    await called.apply(dependencies[port], isCopied ? given.map(copied) : given);
  }
}

const writes: ReadonlySet<string> = new Set(['putLine', 'hold', 'send']);

function copied(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Map) return new Map(value);
  if (value instanceof Set) return new Set(value);
  const copy: Record<string, unknown> = { ...value };
  for (const key in copy) copy[key] = copied(copy[key]);
  return copy;
}

function watching(
  port: object,
  watch: (method: string, given: readonly unknown[]) => void,
): object {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        watch(String(name), given);
        return method.apply(target, given);
      };
    },
  });
}
