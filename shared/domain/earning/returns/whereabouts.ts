import type { AwardRecord, LotKey } from '../../ledger/entry.ts';
import { isExpired } from '../../points/balance.ts';
import { localDateAt } from '../../time.ts';
import type { Original } from '../original.ts';
import { isMigrated, lotOf, type PendingAward, type PendingRecord } from '../pending.ts';

/** Where points are by now, if anywhere. */
export interface LotPlace {
  readonly prefer?: LotKey;
  readonly vestOn?: LotKey;
}

/** What has become of an award. */
export type Whereabouts =
  /** Nobody has it, and no charity has got anything of it. */
  | { readonly kind: 'forfeited' }
  /** Breakage at once when it was booked; a charity has got its part all the same. */
  | { readonly kind: 'expired' }
  /** As their record says: waiting, or activated in a currency that they were not earned in. */
  | { readonly kind: 'recorded'; readonly waits: PendingAward }
  | { readonly kind: 'wallet'; readonly place: LotPlace };

interface AwardInput {
  readonly award: AwardRecord;
  /** Its place among the awards of the entry. */
  readonly index: number;
  readonly original: Original;
  /** Of what waits of the original, where anything does. */
  readonly record: PendingRecord | undefined;
  /** Whether a return has left anything of what was given. */
  readonly isLeft: boolean;
  readonly timeZone: string;
}

export function whereaboutsOf(input: AwardInput): Whereabouts {
  const { award, index, original, record, isLeft, timeZone } = input;
  const { entry, followUp } = original;
  const waits = record?.awards.find((it) => it.award === index);
  if (waits?.state === 'waiting') return { kind: 'recorded', waits };
  // The calendar forfeits without a word in the follow-up; what kept nothing was never recorded.
  const state = waits?.state ?? followUp.pending ?? 'forfeited';
  if (award.pending === true && state === 'forfeited' && isLeft) return { kind: 'forfeited' };
  if (waits !== undefined && isMigrated(waits, entry)) return { kind: 'recorded', waits };
  const activated = (waits && lotOf(waits)) ?? followUp.activatedLots?.get(index);
  const { lot = activated, vestOn } = award;
  const bookedOn = localDateAt(entry.postedAt, timeZone);
  if (lot !== undefined && isExpired(lot, bookedOn)) return { kind: 'expired' };
  return { kind: 'wallet', place: { ...(lot && { prefer: lot }), ...(vestOn && { vestOn }) } };
}
