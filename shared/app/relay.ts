import { type Entry, memberPoints } from '../domain/ledger/entry.ts';
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
  if (key.at === 'event') {
    const points = memberPoints(entry.legs).toString();
    const unit = entry.legs[0]?.unit;
    return {
      type: kind === 'return' ? 'points.returned.v1' : 'points.accrued.v1',
      detail: {
        ...{ program, member, entry: key.hash, part: key.part, points, ...times },
        ...(unit !== undefined && { unit }),
        ...(entry.delivery !== undefined && { delivery: entry.delivery }),
      },
    };
  }
  const { redemption } = key;
  if (kind === 'hold') {
    return { type: 'redemption.requested.v1', detail: { program, member, redemption, ...times } };
  }
  const outcome = kind === 'capture' ? 'captured' : 'released';
  return {
    type: 'redemption.settled.v1',
    detail: { program, member, redemption, outcome, ...times },
  };
}
