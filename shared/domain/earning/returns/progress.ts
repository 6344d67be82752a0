import type { AwardRecord, Entry } from '../../ledger/entry.ts';
import type { FollowUp } from '../../ledger/follow-up.ts';
import type { EventContext } from '../event-context.ts';
import { larger, shareBetween, smaller } from '../fraction.ts';
import { returnedBasis } from '../worth.ts';

/** How far something has been returned: `before` and `after` this return, of `all`. */
export interface Progress {
  readonly before: bigint;
  readonly after: bigint;
  readonly all: bigint;
}

/**
 * What this return takes of something that was given for the whole: the difference of two sums
 * rounded down, so that the last return takes exactly what is left.
 */
export function taken(given: bigint, progress: Progress): bigint {
  return shareBetween(given, progress);
}

/** The last return of it: everything has come back now, and had not before. */
export function isWhole({ before, after, all }: Progress): boolean {
  return after >= all && before < all;
}

/** Of the event's own amount. An event that was worth nothing is returned by its first return. */
export function eventProgress(
  { amountMinor = 0n, awards = [] }: Entry,
  followUp: FollowUp,
  returnMinor: bigint,
): Progress {
  const before = followUp.returnedMinor;
  if (amountMinor > 0n) {
    return { before, after: smaller(amountMinor, before + returnMinor), all: amountMinor };
  }
  const come = awards.length > 0 ? followUp.returnedBases.length > 0 : followUp.version > 0;
  return { before: come ? 1n : 0n, after: 1n, all: 1n };
}

/**
 * Of what an award has counted, by the same lines of the return. Where no amount decided, it goes
 * as the event's own amount does.
 */
export function awardProgress(
  award: AwardRecord,
  before: bigint,
  event: Progress,
  context: EventContext,
): Progress {
  const all = award.basisMinor;
  if (all === 0n) return event;
  if (event.after >= event.all) return { before, after: all, all };
  const after = smaller(all, before + returnedMinor(award, event, context));
  return { before, after, all };
}

/**
 * What a return counts for an award. One that tells no lines where lines decide, or whose rule is
 * gone, takes its part of everything.
 */
function returnedMinor(award: AwardRecord, event: Progress, context: EventContext): bigint {
  const { rules } = context.compiled.program.earning;
  const rule = rules.find(({ id }) => id === award.rule);
  const counted = rule && returnedBasis(rule.award, context);
  return counted ?? larger(taken(award.basisMinor, event), 0n);
}
