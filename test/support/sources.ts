import { accrue } from '../../shared/app/booking/accrue.ts';
import { redeem } from '../../shared/app/redemption/redeem.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import type { ProviderCapabilities } from '../../shared/ports/provider.ts';
import type { Hold } from '../../shared/ports/stores.ts';
import { delivery, redemption } from './deliveries.ts';
import { sampleProgram, sampleProgramJson } from './sample-program.ts';
import { ScriptedProvider } from './scripted-provider.ts';
import { createWorld, type World } from './world.ts';

/** The shipped program, whose card in pounds can be had from these providers as well. */
export function programWithSources(
  others: readonly string[],
  parts: Record<string, unknown> = {},
): Program {
  const { rewards } = sampleProgramJson() as { rewards: readonly { currency: string }[] };
  const card = rewards.find(({ currency }) => currency === 'GBP');
  const alternatives = others.map((provider) => ({ provider, products: [`${provider}-card`] }));
  const both = others.length === 0 ? {} : { alternatives };
  return sampleProgram({ rewards: [{ ...card, ...both }], ...parts });
}

export interface Held {
  readonly world: World;
  readonly id: string;
  readonly others: readonly ScriptedProvider[];
  readonly hold: () => Hold;
}

/**
 * A world in which ann, who had 1500 points, has asked for a card of 1000 points that several
 * providers have, and nothing is routed yet.
 */
export async function held(
  capabilities: Readonly<Record<string, Partial<ProviderCapabilities>>>,
  parts: Record<string, unknown> = {},
): Promise<Held> {
  const others = Object.entries(capabilities).map(
    ([name, habits]) => new ScriptedProvider(name, habits),
  );
  const program = programWithSources(Object.keys(capabilities), parts);
  const world = createWorld(program, '2026-06-15T12:00:00Z', others);
  await accrue(world.dependencies, [delivery({ amountMinor: 150_000 })]);
  const result = await redeem(world.dependencies, redemption('k1'));
  if (!result.ok) throw new Error(result.failure.code);
  const id = result.value.hold.redemption;
  const hold = () => {
    const found = world.table.holds.get(id);
    if (found === undefined) throw new Error('No hold.');
    return found;
  };
  return { world, id, others, hold };
}

/** Changes what was agreed, as if it had been so from the beginning. */
export function agree({ world, id, hold }: Held, terms: Partial<Hold['terms']>): void {
  const before = hold();
  world.table.holds.set(id, { ...before, terms: { ...before.terms, ...terms } });
}
