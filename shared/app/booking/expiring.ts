import { busEventTypes } from '../../domain/bus-event.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { PublishedEvent } from '../../ports/runtime.ts';

/** What an entry that warns of points about to expire tells the bus, beside that it was booked. */
export function expiringEvents({ key, program, member, explanation }: Entry): PublishedEvent[] {
  const { reason, inputs = {} } = explanation;
  const { unit, points, day } = inputs;
  if (reason !== 'POINTS_EXPIRE_SOON' || key.at !== 'event') return [];
  const detail = { program, member, entry: key.hash, unit, points, day };
  return [{ type: busEventTypes.pointsExpiring, detail }];
}
