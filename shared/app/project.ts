import type { Entry } from '../domain/ledger/entry.ts';
import { formatInstant } from '../domain/time.ts';
import type { HistoryRow, ProjectionStore } from '../ports/stores.ts';

export interface ProjectedRecord {
  /** The stream's own number, in digits; it grows within a shard. */
  readonly sequence: string;
  readonly entry: Entry;
}

/** History rows, open redemptions and live totals from a batch of stream records. Safe to replay. */
export async function project(
  store: ProjectionStore,
  shard: string,
  records: readonly ProjectedRecord[],
): Promise<void> {
  const events = records.filter(({ entry }) => entry.key.at === 'event');
  await store.putHistory(events.map(({ entry }) => rowOf(entry)));
  for (const { entry } of records) {
    if (entry.key.at === 'event') continue;
    if (entry.kind === 'hold') await store.openRedemption(rowOf(entry));
    else await store.closeRedemption(rowOf(entry), entry.postedAt);
  }
  await store.addTotals(
    shard,
    records.map(({ sequence, entry }) => ({
      sequence,
      program: entry.program,
      day: formatInstant(entry.postedAt).slice(0, 10),
      legs: entry.legs,
    })),
  );
}

function rowOf(entry: Entry): HistoryRow {
  const { program, member, key } = entry;
  if (key.at === 'event') return { program, member, entry };
  const states = { hold: 'open', capture: 'captured', release: 'released' } as const;
  const state = states[entry.kind as keyof typeof states];
  return { program, member, entry, redemption: { id: key.redemption, state } };
}
