import type { Money } from '../../domain/money/money.ts';
import type { PayoutHindrance } from '../../domain/payout/decide.ts';
import type { PayoutPolicy } from '../../domain/payout/policy.ts';
import type { SanctionsIndex } from '../../domain/payout/sanctions.ts';
import type { Balance } from '../../domain/points/balance.ts';
import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { RateBook } from '../../domain/rates/rate-book.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { KeptChoice, PayoutRun, PayoutStore, SanctionsLists } from '../../ports/payouts.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { QueueSender } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { RedemptionStore } from '../../ports/stores.ts';
import type { Calendar } from '../booking/compiled-programs.ts';
import type { SweepDependencies } from '../booking/sweep-member.ts';

export interface PayMemberDependencies extends SweepDependencies {
  readonly payouts: PayoutStore;
  readonly sanctions: SanctionsLists;
  readonly rates: RateReader;
  readonly redemptions: RedemptionStore;
  readonly contacts: Pick<ContactStore, 'read'>;
  readonly sealer: Sealer;
  readonly checkQueue: QueueSender;
}

/** What every payout of a run is judged by. */
export interface PayingRun {
  readonly program: Program;
  readonly policy: PayoutPolicy;
  /** What says what is due of a member when the run is taken up. */
  readonly calendar: Calendar;
  readonly run: PayoutRun;
  /** The day of the rates, in the program's zone. */
  readonly asOn: LocalDate;
  readonly book: RateBook;
  readonly listed?: SanctionsIndex;
}

/** One try to pay a wallet, by what has just been read of it. */
export interface PayAttempt {
  readonly payout: string;
  readonly wallet: BalanceOwner;
  readonly balance: Balance;
  /** What can be spent of it: more than nothing. */
  readonly available: Money;
  readonly choice: KeptChoice | undefined;
  readonly now: Instant;
  /** The day of `now` in the program's zone. */
  readonly today: LocalDate;
}

/** `stale`: something is no longer what was read. */
export type PayAttempted = 'paid' | 'stale' | PayoutHindrance;
