import { accrue } from '../../../shared/app/booking/accrue.ts';
import { route } from '../../../shared/app/dispatch/route.ts';
import { redeem } from '../../../shared/app/redemption/redeem.ts';
import { delivery, redemption } from '../../support/deliveries.ts';
import { sampleProgram } from '../../support/sample-program.ts';
import type { ScriptedProvider } from '../../support/scripted-provider.ts';
import { createWorld } from '../../support/world.ts';

const program = 'online-retail';

/** So many redemptions that are routed to `provider` and not ordered yet, in a world of memory. */
export async function heldOrders(count: number, provider: ScriptedProvider) {
  const now = new Date().toISOString();
  const world = createWorld(sampleProgram(), now, [provider]);
  const { dependencies, table } = world;
  const amountMinor = 100 * 1000 * count;
  await accrue(dependencies, [delivery({ amountMinor })]);
  const redemptions: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const held = await redeem(dependencies, redemption(`k${index}`));
    if (!held.ok) throw new Error(held.failure.code);
    const id = held.value.hold.redemption;
    await route(dependencies, { program, redemption: id });
    redemptions.push(id);
  }
  return { dependencies, redemptions, table };
}
