import type { DebtorAccount } from '../../domain/payout/debtor-account.ts';
import type { BankAnswerReader, BankFileStore, UnreadableAnswer } from '../../ports/bank-file.ts';
import type { Clock, Digest, Logger, QueueSender } from '../../ports/runtime.ts';
import type { RedemptionStore } from '../../ports/stores.ts';

export interface BankAnswerDependencies {
  readonly bankFiles: BankFileStore;
  readonly answers: BankAnswerReader;
  readonly debtors: readonly DebtorAccount[];
  readonly redemptions: Pick<RedemptionStore, 'read' | 'openCase'>;
  /** Of the function that heeds webhooks about payouts. */
  readonly settleQueue: QueueSender;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
}

/** Why an answer is refused as a whole: nothing of it has counted. */
export type BankAnswerFault =
  | UnreadableAnswer
  | {
      readonly code:
        | ('OTHER_FILE' | 'COUNT' | 'CONTROL_SUM' | 'OTHER_ACCOUNT' | 'BATCH_TOTAL')
        /** `ANSWER_CHANGED`: what was read under the same id said something else. */
        | ('ALREADY_READ' | 'ANSWER_CHANGED');
      /** Of the element that says so. */
      readonly path: string;
    };

/** What was read: how many transfers the bank now says this of, and what people have to look at. */
export interface BankAnswerReading {
  readonly kind: 'report' | 'statements';
  readonly accepted: number;
  readonly rejected: number;
  readonly booked: number;
  readonly returned: number;
  /** Lines of statements that are about no transfer of ours, as far as ids tell. */
  readonly unmatched: number;
  /** Entries that are announced, not booked: a later statement has them again. */
  readonly unbooked: number;
  /** Each of them is a case as well. */
  readonly conflicts: readonly AnswerConflict[];
}

export interface AnswerConflict {
  readonly reference: string;
  /** Such as `BANK_BOOKED_TWICE`. */
  readonly reason: string;
}
