import type { Account, AwardRecord, Entry } from '../ledger/entry.ts';
import type { Movement } from './decision.ts';

/** Who holds by now what a merged member had: by that member, the one it was merged into. */
export type Survivors = ReadonlyMap<string, string>;

/** An entry as if its members had been one all along: for what follows it up. */
export function entryOfSurvivors(entry: Entry, survivors: Survivors): Entry {
  if (survivors.size === 0) return entry;
  const named = (member: string) => survivors.get(member) ?? member;
  const accountOf = (account: Account): Account =>
    'member' in account ? { ...account, member: named(account.member) } : account;
  const awardOf = (award: AwardRecord): AwardRecord => ({
    ...award,
    parts: award.parts.map((part) => ({ ...part, member: named(part.member) })),
  });
  return {
    ...entry,
    member: named(entry.member),
    legs: entry.legs.map((leg) => ({ ...leg, account: accountOf(leg.account) })),
    ...(entry.awards && { awards: entry.awards.map(awardOf) }),
  };
}

/** Movements of merged members are those of whoever holds their points by now. */
export function movementsOfSurvivors(
  movements: readonly Movement[],
  survivors: Survivors,
): readonly Movement[] {
  if (survivors.size === 0) return movements;
  return movements.map((movement) => ({
    ...movement,
    member: survivors.get(movement.member) ?? movement.member,
  }));
}
