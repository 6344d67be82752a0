import type { Entry } from '../../domain/ledger/entry.ts';
import type { HistoryRow, ProjectionStore } from '../../ports/stores.ts';

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
    if (entry.key.at === 'redemption') await projectRedemption(store, entry, entry.key.part);
  }
}

async function projectRedemption(
  store: ProjectionStore,
  entry: Entry,
  part: string,
): Promise<void> {
  const { kind, postedAt: at } = entry;
  const turn = turnOf(part);
  if (kind === 'hold') return store.openRedemption(rowOf(entry, 'open'), turn);
  if (kind === 'capture') return store.closeRedemption(rowOf(entry, 'captured'), { turn, at });
  if (kind === 'release') return store.closeRedemption(rowOf(entry, 'released'), { turn, at });
  // Payments and late rewards move no points of a member.
  if (kind !== 'reopen') return;
  await store.putHistory([rowOf(entry, 'reopened')]);
  await store.openRedemption(rowOf(entry, 'open'), turn);
}

/** The hold is the first, then settlements (`S#1`) and what undoes them (`REOPEN#1`) by turns. */
function turnOf(part: string): number {
  const [name, number] = part.split('#');
  const round = 2 * Number(number ?? 0);
  return name === 'S' ? round - 1 : round;
}

/** One row for each member whose points it moves. */
function rowsOf(entry: Entry): HistoryRow[] {
  const { program, member, legs } = entry;
  const members = legs.flatMap(({ account }) => ('member' in account ? account.member : []));
  return [...new Set([member, ...members])].map((each) => ({ program, member: each, entry }));
}

function rowOf(entry: Entry, state: NonNullable<HistoryRow['redemption']>['state']): HistoryRow {
  const { program, member, key } = entry;
  if (key.at === 'event') return { program, member, entry };
  return { program, member, entry, redemption: { id: key.redemption, state } };
}
