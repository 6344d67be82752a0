import type { StandIn } from '../../../infra/cli/run/stand-ins.ts';

/** Every fault that a stand-in knows, so often that about `share` of the calls meet one. */
export function allFaults({ counters }: StandIn, share: number): Record<string, number> {
  const names = Object.keys(counters());
  return Object.fromEntries(names.map((name) => [name, share / names.length]));
}
