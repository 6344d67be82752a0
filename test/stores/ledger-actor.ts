import type { Entry, Leg, LotKey } from '../../shared/domain/ledger/entry.ts';
import { accrualLegs, takeBackLegs } from '../../shared/domain/ledger/recipes.ts';
import { balanceChange } from '../../shared/domain/points/balance-change.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type {
  AccrualState,
  LedgerStore,
  Posting,
  WaitingReturn,
} from '../../shared/ports/stores.ts';
import { day, lot } from '../support/points.ts';

export const owner = { program: 'shop', member: 'ann', unit: 'PTS' } as const;
export type Owner = { readonly program: string; readonly member: string; readonly unit: string };
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

export function entryOf(event: TestEvent, legs: readonly Leg[], delivery: string): Entry {
  const { hash, kind, bodyHash = 'body' } = event;
  const { program, member } = event.owner ?? owner;
  return {
    key: { at: 'event', program, hash, part: '0' },
    ...{ kind, program, member, legs, bodyHash, delivery },
    occurredAt: noon,
    postedAt: instantOf(noon + 1000),
    explanation: { rule: 'points-per-pound', reason: 'PER_AMOUNT', inputs: { rate: '1/1' } },
  };
}

export const emptyPosting = { followUps: [], waiting: [], settled: [] } as const;

function classify(existing: Entry, event: TestEvent, delivery: string): Delivered {
  if (existing.bodyHash !== (event.bodyHash ?? 'body')) return 'conflict';
  return existing.delivery === delivery ? 'own' : 'duplicate';
}

/** Reads, decides and posts until it fits, as the use case does; one event at a time. */
export async function deliver(
  ledger: LedgerStore,
  event: TestEvent,
  delivery: string,
): Promise<Delivered> {
  const originals = event.original === undefined ? [] : [event.original];
  const query = { owner: event.owner ?? owner, hashes: [event.hash], originals };
  for (let round = 1; round <= maximumRounds; round += 1) {
    const state = await ledger.readForAccrual(query);
    const existing = state.entries.get(event.hash);
    if (existing) return classify(existing, event, delivery);
    const posted = await ledger.post(postingOf(state, event, delivery));
    if (posted.kind === 'posted') return 'posted';
    const winner = posted.kind === 'entriesExist' ? posted.existing.get(event.hash) : undefined;
    if (winner) return classify(winner, event, delivery);
  }
  throw new Error(`${event.hash} did not fit in ${maximumRounds} rounds.`);
}

export function postingOf(state: AccrualState, event: TestEvent, delivery: string): Posting {
  const eventOwner = event.owner ?? owner;
  const { kind, points, original } = event;
  if (kind === 'accrual') {
    const into = event.lot ?? lot('2028-07-01');
    const legs = accrualLegs(state.balance, { ...eventOwner, points }, into);
    return plain(state, event, entryOf(event, legs, delivery));
  }
  const first = original === undefined ? undefined : state.entries.get(original);
  if (original !== undefined && first === undefined) {
    const entry = entryOf(event, [], delivery);
    const waiting = [waitingOf(event, original)];
    return { operation: 'followUp', entries: [entry], ...emptyPosting, waiting };
  }
  const read = original === undefined ? 0n : (state.followUps.get(original)?.returned ?? 0n);
  const issued = first?.legs.find(({ account }) => account.kind === 'issued');
  const left = first === undefined ? points : -(issued?.amount ?? 0n) - read;
  const taken = points < left ? points : left;
  const legs = takeBackLegs(state.balance, { ...eventOwner, points: taken }, today);
  const posting = plain(state, event, entryOf(event, legs, delivery));
  if (original === undefined) return posting;
  const followUp = { program: eventOwner.program, original, read, returned: read + taken };
  return { ...posting, operation: 'followUp', followUps: [followUp] };
}

function plain(state: AccrualState, event: TestEvent, entry: Entry): Posting {
  const balance = balanceChange(state.balance, entry.legs, event.owner ?? owner);
  return { operation: 'earn', entries: [entry], ...emptyPosting, ...(balance && { balance }) };
}

export function waitingOf(event: TestEvent, original: string): WaitingReturn {
  const { hash, points, bodyHash = 'body' } = event;
  return {
    ...{ hash, original, points, bodyHash },
    ...(event.owner ?? owner),
    occurredAt: noon,
    waitingSince: noon,
  };
}
