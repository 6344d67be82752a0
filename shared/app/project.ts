import type { Entry } from '../domain/ledger/entry.ts';
import type { HistoryRow, ProjectionStore } from '../ports/stores.ts';

/** Lists of members, history and open redemptions from a batch of stream records. Replayable. */
export async function project(store: ProjectionStore, entries: readonly Entry[]): Promise<void> {
  const events = entries.filter(({ key }) => key.at === 'event');
  const listed = Map.groupBy(events, ({ program }) => program);
  for (const [program, ofProgram] of listed) {
    const members = ofProgram.flatMap(({ newMembers = [] }) => newMembers);
    if (members.length > 0) await store.putMembers(program, members);
  }
  await store.putHistory(events.flatMap(rowsOf));
  for (const entry of entries) {
    if (entry.key.at === 'event') continue;
    if (entry.kind === 'hold') await store.openRedemption(rowOf(entry));
    // Payments and late rewards move no points of a member; an undo ends with another settlement.
    else if (isSettlement(entry)) await store.closeRedemption(rowOf(entry), entry.postedAt);
  }
}

function isSettlement({ kind }: Entry): boolean {
  return kind === 'capture' || kind === 'release';
}

/** One row for each member whose points it moves. */
function rowsOf(entry: Entry): HistoryRow[] {
  const { program, member, legs } = entry;
  const members = legs.flatMap(({ account }) => ('member' in account ? account.member : []));
  return [...new Set([member, ...members])].map((each) => ({ program, member: each, entry }));
}

function rowOf(entry: Entry): HistoryRow {
  const { program, member, key } = entry;
  if (key.at === 'event') return { program, member, entry };
  const states = { hold: 'open', capture: 'captured', release: 'released' } as const;
  const state = states[entry.kind as keyof typeof states];
  return { program, member, entry, redemption: { id: key.redemption, state } };
}
