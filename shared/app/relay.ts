import { busEventOfEntry } from '../domain/bus-event.ts';
import { type Entry, memberAmounts } from '../domain/ledger/entry.ts';
import { formatInstant } from '../domain/time.ts';
import type { PublishedEvent, Publisher } from '../ports/runtime.ts';

/**
 * Tells the bus what the ledger did: ids, points and outcomes; never a person, a code or a
 * producer's id.
 */
export async function relay(publisher: Publisher, entries: readonly Entry[]): Promise<void> {
  await publisher.publish(entries.map(eventOf));
}

function eventOf(entry: Entry): PublishedEvent {
  const { program, member, key, kind } = entry;
  const times = {
    occurredAt: formatInstant(entry.occurredAt),
    postedAt: formatInstant(entry.postedAt),
  };
  const type = busEventOfEntry[kind];
  if (key.at === 'event') {
    const amounts = Object.fromEntries(
      [...memberAmounts(entry.legs)].map(([unit, amount]) => [unit, amount.toString()]),
    );
    return {
      type,
      detail: {
        ...{ program, member, entry: key.hash, part: key.part, amounts, ...times },
        reason: entry.explanation.reason,
        ...(entry.delivery !== undefined && { delivery: entry.delivery }),
      },
    };
  }
  const { redemption } = key;
  if (kind === 'hold') return { type, detail: { program, member, redemption, ...times } };
  const outcome = kind === 'capture' ? 'captured' : 'released';
  return { type, detail: { program, member, redemption, outcome, ...times } };
}
