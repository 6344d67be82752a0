import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { type TierProjection, tierProjection } from '../../domain/tiers/projection.ts';
import { localDateAt } from '../../domain/time.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';

export interface TierDependencies {
  readonly clock: Clock;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
}

export interface MemberTierView extends TierProjection {
  /** The level's names by language. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * The level of today and what the next one takes. Refusals: `UNKNOWN_PROGRAM`, and `NO_TIERS` where
 * the program has none.
 */
export async function viewTier(
  { clock, ledger, programs }: TierDependencies,
  owner: { readonly program: string; readonly member: string },
): Promise<Result<MemberTierView, Refusal>> {
  const now = clock.now();
  const compiled = compiledAt(await programs.load(owner.program), now);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const { tiers, timeZone } = compiled.program;
  if (tiers === undefined) return failure(refusal('NO_TIERS'));
  const snapshot = await ledger.readMember(owner);
  const projection = tierProjection({ compiled, snapshot, on: localDateAt(now, timeZone) });
  if (projection === undefined) return failure(refusal('NO_TIERS'));
  const level = tiers.levels.find(({ id }) => id === projection.level);
  return success({ ...projection, names: level?.names ?? {} });
}
