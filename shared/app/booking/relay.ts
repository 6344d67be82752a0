import { busEventOfEntry } from '../../domain/bus-event.ts';
import { type Entry, memberAmounts } from '../../domain/ledger/entry.ts';
import { formatInstant } from '../../domain/time.ts';
import type { PublishedEvent, Publisher } from '../../ports/runtime.ts';
import { expiringEvents } from './expiring.ts';

/**
 * Tells the bus what the ledger did: ids, points and outcomes; never a person, a code or a
 * producer's id.
 */
export async function relay(publisher: Publisher, entries: readonly Entry[]): Promise<void> {
  await publisher.publish(entries.flatMap((entry) => [eventOf(entry), ...expiringEvents(entry)]));
}

function eventOf(entry: Entry): PublishedEvent {
  const { program, member, key, kind } = entry;
  const times = {
    occurredAt: formatInstant(entry.occurredAt),
    postedAt: formatInstant(entry.postedAt),
  };
  const type = busEventOfEntry[kind];
  const { reason, rule: rewardId } = entry.explanation;
  const amounts = Object.fromEntries(
    [...memberAmounts(entry.legs)].map(([unit, amount]) => [unit, amount.toString()]),
  );
  if (key.at === 'event') {
    return {
      type,
      detail: {
        ...{ program, member, entry: key.hash, part: key.part, amounts, ...times, reason },
        ...(entry.delivery !== undefined && { delivery: entry.delivery }),
      },
    };
  }
  const { redemption } = key;
  const outcome = outcomeOf[kind];
  return {
    type,
    detail: {
      ...{ program, member, redemption, ...(outcome && { outcome }), ...times },
      // The reward that was agreed on is the rule by which every entry of a redemption was made.
      ...(rewardId !== undefined && { rewardId }),
      // Of a capture it is how the provider was chosen, which is nobody else's business.
      ...(kind !== 'capture' && { reason }),
      amounts,
    },
  };
}

/** How a settlement ended a redemption; other entries end none. */
const outcomeOf: Readonly<Partial<Record<Entry['kind'], string>>> = {
  capture: 'captured',
  release: 'released',
};
