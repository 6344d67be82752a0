import type { CustomerEvent } from '../domain/earning/event.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { FollowUp } from '../domain/ledger/follow-up.ts';
import type { OpenedCase, RecordWrite } from '../domain/member/decision.ts';
import type { MemberSnapshot } from '../domain/member/snapshot.ts';
import type { Balance } from '../domain/points/balance.ts';
import type { BalanceChange, BalanceOwner } from '../domain/points/balance-change.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Instant } from '../domain/time.ts';

/** A follow-up whose original has not come yet: a return, or an activation. */
export interface WaitingFollowUp {
  /** Hash of its own (source, id). */
  readonly hash: string;
  /** Hash of the (source, id) that it names. */
  readonly original: string;
  readonly program: string;
  readonly event: CustomerEvent;
  readonly bodyHash: string;
  readonly waitingSince: Instant;
}

/** What a posting of some members needs to be decided. */
export interface PostingQuery {
  readonly program: string;
  /** `units`: balances that are wanted; `records`: all of the member's records too. */
  readonly members: readonly {
    readonly member: string;
    readonly units: readonly string[];
    readonly records: boolean;
  }[];
  /** Hashes of (source, id): their entries. */
  readonly hashes: readonly string[];
  /** Hashes of entries that are followed up: the entry and what has followed. */
  readonly originals: readonly string[];
  readonly budgets: readonly { readonly budget: string; readonly shards: number }[];
}

/** Everything that was asked for, read at once. */
export interface PostingState {
  readonly members: ReadonlyMap<string, MemberSnapshot>;
  /** By the hash of their (source, id). */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly followUps: ReadonlyMap<string, FollowUp>;
  /** Points drawn from each shard. */
  readonly budgets: ReadonlyMap<string, readonly bigint[]>;
}

/** Applies while at most `limit` points are drawn from the shard; negative points come back. */
export interface ShardDraw {
  readonly budget: string;
  readonly shard: number;
  readonly points: bigint;
  readonly limit: bigint;
}

/** One transaction: all of it, or nothing. */
export interface Posting {
  readonly operation: 'earn' | 'followUp' | 'sweep' | 'command';
  readonly program: string;
  readonly entries: readonly Entry[];
  readonly balances: readonly BalanceChange[];
  readonly records: readonly RecordWrite[];
  /** `next` applies over the version before it (0: there was none). */
  readonly followUps: readonly { readonly original: string; readonly next: FollowUp }[];
  readonly budgets: readonly ShardDraw[];
  /** Also requires that the original is still absent. */
  readonly waiting: readonly WaitingFollowUp[];
  /** Waiting rows that this posting settles; each must still stand. */
  readonly settled: readonly WaitingFollowUp[];
  readonly cases: readonly OpenedCase[];
  readonly postedAt: Instant;
}

export type PostOutcome =
  | { readonly kind: 'posted' }
  /** Entries that were there already, by hash. Nothing was written. */
  | { readonly kind: 'entriesExist'; readonly existing: ReadonlyMap<string, Entry> }
  /** Something is no longer what was read. Nothing was written. */
  | { readonly kind: 'stale' };

/** Why a follow-up became a case: nothing came, another member's, or why it is refused. */
export type FollowUpCase = 'FOLLOW_UP_WITHOUT_ORIGINAL' | 'FOLLOW_UP_OF_ANOTHER' | RefusalCode;

export interface CaseRow {
  readonly program: string;
  readonly subject: string;
  readonly reason: string;
  readonly openedAt: Instant;
}

/** Postings at most 98 entries each. Conflicts between transactions are retried inside. */
export interface LedgerStore {
  readForPosting(query: PostingQuery): Promise<PostingState>;
  post(posting: Posting): Promise<PostOutcome>;
  readBalance(owner: BalanceOwner): Promise<Balance>;
  /** A member whole: every balance and every record. */
  readMember(owner: { readonly program: string; readonly member: string }): Promise<MemberSnapshot>;
  /** Everybody who has, or ever had, a balance or a record. */
  members(program: string): AsyncIterable<string>;
  /** Oldest first. */
  waitingFollowUps(program: string): AsyncIterable<WaitingFollowUp>;
  /** Turns an aged waiting follow-up into a case. */
  openFollowUpCase(
    waiting: WaitingFollowUp,
    openedAt: Instant,
    reason: FollowUpCase,
  ): Promise<void>;
  /** Oldest first. */
  cases(program: string): AsyncIterable<CaseRow>;
}
