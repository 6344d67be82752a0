import { synthesizeLocal } from './synthesize.ts';
import { readAssembly } from './template/assembly.ts';
import { localAccountId } from './template/identities.ts';
import { planStack, type StackPlan } from './template/plan.ts';

/** What a run would start, for commands that need a part of it; queues and API are nowhere. */
export async function planLocalStack(): Promise<StackPlan> {
  const stack = await readAssembly(await synthesizeLocal());
  const { region, stackName } = stack;
  const nowhere = { queueOrigin: 'http://localhost', apiOrigin: 'http://localhost' };
  return planStack(stack, { region, stackName, accountId: localAccountId, ...nowhere });
}
