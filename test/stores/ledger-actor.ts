import type { Entry, EntryKind, Leg, LotKey } from '../../shared/domain/ledger/entry.ts';
import { nothingFollowed } from '../../shared/domain/ledger/follow-up.ts';
import { type Balance, emptyBalance } from '../../shared/domain/points/balance.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type {
  LedgerStore,
  Posting,
  PostingState,
  WaitingFollowUp,
} from '../../shared/ports/ledger.ts';
import { day, lot } from '../support/points.ts';
import { changeOf, earned, type Owner, openLot, takenBack } from './planner.ts';

export const owner = { program: 'shop', member: 'ann', unit: 'PTS' } as const;
export const today = day('2026-06-15');
export const noon = instantOf(Date.UTC(2026, 5, 15, 12));

/** What one event does, reduced to what the stores see. */
export interface TestEvent {
  readonly hash: string;
  readonly kind: 'accrual' | 'return';
  readonly points: bigint;
  readonly lot?: LotKey;
  readonly original?: string;
  readonly bodyHash?: string;
  readonly owner?: Owner;
}

export type Delivered = 'posted' | 'own' | 'duplicate' | 'conflict';

const maximumRounds = 200;

type EntryParts = Partial<Entry> & { readonly hash: string; readonly owner?: Owner };

export function entryOf({ hash, owner: of = owner, ...parts }: EntryParts): Entry {
  const { program, member } = of;
  return {
    key: { at: 'event', program, hash, part: '0' },
    ...{ kind: 'accrual', program, member, legs: [], bodyHash: 'body', delivery: 'd1' },
    occurredAt: noon,
    postedAt: instantOf(noon + 1000),
    explanation: { rule: 'points-per-pound', reason: 'PER_AMOUNT', inputs: { rate: '1/1' } },
    ...parts,
  };
}

/** A posting of nothing but `parts`. */
export function postingWith(parts: Partial<Posting>): Posting {
  return {
    ...{ operation: 'earn', program: owner.program, entries: [], balances: [], records: [] },
    ...{ followUps: [], budgets: [], waiting: [], settled: [], cases: [], postedAt: noon },
    ...parts,
  };
}

/** Reads what was asked for of one member. */
export function readState(
  ledger: LedgerStore,
  hashes: readonly string[] = [],
  more: { readonly originals?: readonly string[]; readonly owner?: Owner } = {},
): Promise<PostingState> {
  const { program, member, unit } = more.owner ?? owner;
  const members = [{ member, units: [unit], records: false }];
  return ledger.readForPosting({
    ...{ program, members, hashes, originals: more.originals ?? [], budgets: [] },
  });
}

export function balanceIn({ members }: PostingState, of: Owner = owner): Balance {
  return members.get(of.member)?.balances.get(of.unit) ?? emptyBalance;
}

export function classify(
  existing: Entry,
  { bodyHash = 'body' }: { readonly bodyHash?: string },
  delivery: string,
): Delivered {
  if (existing.bodyHash !== bodyHash) return 'conflict';
  return existing.delivery === delivery ? 'own' : 'duplicate';
}

/** Reads, decides and posts until it fits, as the use case does; one event at a time. */
export async function deliver(
  ledger: LedgerStore,
  event: TestEvent,
  delivery: string,
): Promise<Delivered> {
  const originals = event.original === undefined ? [] : [event.original];
  const asked = { originals, ...(event.owner && { owner: event.owner }) };
  return insistOn(ledger, event, {
    ...{ delivery, read: () => readState(ledger, [event.hash], asked) },
    plan: (state) => postingOf(state, event, delivery),
  });
}

/** One entry, until it stands: read, plan, post, and again where something was stale. */
export async function insistOn(
  ledger: LedgerStore,
  event: { readonly hash: string; readonly bodyHash?: string },
  steps: {
    readonly delivery: string;
    readonly read: () => Promise<PostingState>;
    readonly plan: (state: PostingState) => Posting;
  },
): Promise<Delivered> {
  for (let round = 1; round <= maximumRounds; round += 1) {
    const state = await steps.read();
    const existing = state.entries.get(event.hash);
    if (existing) return classify(existing, event, steps.delivery);
    const posted = await ledger.post(steps.plan(state));
    if (posted.kind === 'posted') return 'posted';
    const winner = posted.kind === 'entriesExist' ? posted.existing.get(event.hash) : undefined;
    if (winner) return classify(winner, event, steps.delivery);
  }
  throw new Error(`${event.hash} did not fit in ${maximumRounds} rounds.`);
}

export function postingOf(state: PostingState, event: TestEvent, delivery: string): Posting {
  const of = event.owner ?? owner;
  const balance = balanceIn(state, of);
  const { kind, points, original } = event;
  if (kind === 'accrual') {
    const legs = earned(balance, of, points, openLot(balance, event.lot ?? lot('2028-07-01')));
    return plain(state, event, { delivery, legs });
  }
  const first = original === undefined ? undefined : state.entries.get(original);
  if (original !== undefined && first === undefined) {
    const entries = [testEntry(event, { delivery, legs: [] })];
    const waiting = [waitingOf(event, original)];
    return postingWith({ operation: 'followUp', program: of.program, entries, waiting });
  }
  const before = state.followUps.get(original ?? '') ?? nothingFollowed;
  const issued = first?.legs.find(({ account }) => account.kind === 'issued');
  const left = first === undefined ? points : -(issued?.amount ?? 0n) - before.returnedMinor;
  const taken = points < left ? points : left;
  const posting = plain(state, event, { delivery, legs: takenBack(balance, of, taken) });
  if (original === undefined) return posting;
  const returnedMinor = before.returnedMinor + taken;
  const next = { ...before, version: before.version + 1, returnedMinor };
  return { ...posting, operation: 'followUp', followUps: [{ original, next }] };
}

interface Told {
  readonly delivery: string;
  readonly legs: readonly Leg[];
}

function testEntry(event: TestEvent, { delivery, legs }: Told): Entry {
  const { hash, bodyHash = 'body', owner: of = owner } = event;
  const kind: EntryKind = event.kind;
  return entryOf({ hash, kind, bodyHash, owner: of, delivery, legs });
}

function plain(state: PostingState, event: TestEvent, told: Told): Posting {
  const of = event.owner ?? owner;
  const change = changeOf(balanceIn(state, of), told.legs, of);
  const entries = [testEntry(event, told)];
  const balances = told.legs.length === 0 ? [] : [change];
  return postingWith({ program: of.program, entries, balances });
}

export function waitingOf(event: TestEvent, original: string): WaitingFollowUp {
  const { hash, points, bodyHash = 'body', owner: of = owner } = event;
  return {
    ...{ hash, original, bodyHash, program: of.program, waitingSince: noon },
    event: {
      ...{ source: 'till', id: hash, type: 'order.returned', member: of.member },
      ...{ occurredAt: noon, amountMinor: points, currency: 'GBP' },
      lines: [{ sku: 'a', quantity: 2, amountMinor: points }],
      refersTo: { source: 'till', id: original },
      data: { why: ['broken', 1, null] },
    },
  };
}
