import type { Program } from '../../domain/program/schema.ts';
import type { Hold } from '../../ports/stores.ts';

/** As it was agreed; a hold from before terms were kept has the name that the program gives. */
export function rewardNameOf({ rewardId, terms }: Hold, program: Program): string {
  if (terms.sources.length > 0) return terms.rewardName;
  return program.rewards.find(({ id }) => id === rewardId)?.name ?? terms.rewardName;
}
