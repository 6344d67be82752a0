import type { PayoutPolicy } from '../../domain/payout/policy.ts';
import type { SanctionsIndex } from '../../domain/payout/sanctions.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { RateBook } from '../../domain/rates/rate-book.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { PayoutRun, PayoutStore, SanctionsLists } from '../../ports/payouts.ts';
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
