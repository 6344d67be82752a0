import type { Entry } from '../domain/ledger/entry.ts';
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
    const { unit, points } = memberPoints(entry);
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

/** What the entry gave the member (negative: took), in digits. */
function memberPoints(entry: Entry): { readonly unit?: string; readonly points: string } {
  const legs = entry.legs.filter(
    ({ account }) => account.kind === 'lot' || account.kind === 'debt',
  );
  const points = legs.reduce((sum, { amount }) => sum + amount, 0n).toString();
  const unit = legs[0]?.unit;
  return unit === undefined ? { points } : { unit, points };
}
