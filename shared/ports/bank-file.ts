import type { Money } from '../domain/money/money.ts';
import type { BankStatement } from '../domain/payout/bank-statement.ts';
import type { StatusReport } from '../domain/payout/status-report.ts';
import type { TransferFacts } from '../domain/payout/transfer-facts.ts';
import type { Result } from '../domain/result.ts';
import type { Instant, LocalDate } from '../domain/time.ts';

/** A payout that goes out with a file, or has gone. */
export interface BankTransfer {
  /** Ours; without its hyphens it is the end-to-end id. */
  readonly reference: string;
  /** The id of the account that it is paid from. */
  readonly debtor: string;
  readonly amount: Money;
  /** Whom it goes to: see `toSealable`; under the field `transfer` of the reference. */
  readonly sealed: string;
  readonly askedAt: Instant;
  readonly facts: TransferFacts;
  /** One more with each write. */
  readonly version: number;
}

/**
 * `filling`: transfers are still taken into it. `written`: it is what it is for ever, and may have
 * been handed out. `handedOut`: it was, and the next one of its account may begin.
 */
export interface BankFile {
  readonly messageId: string;
  readonly debtor: string;
  readonly state: 'filling' | 'written' | 'handedOut';
  readonly transfers: number;
  readonly total: Money;
  readonly written?: WrittenFile;
}

export interface WrittenFile {
  readonly createdAt: Instant;
  readonly executionDate: LocalDate;
  /** SHA-256 of its text: it goes out as it was, or not at all. */
  readonly digest: string;
  /** The settings of its account at that time, sealed under the field `transfer` of its id. */
  readonly sealedAccount: string;
}

/**
 * The outbox, the files, and what was heard of them. A reference is in one file for ever; an
 * account has one file at a time that is not handed out. Each call may be repeated after a lost
 * answer. `lost`: what was read stands no more.
 */
export interface BankFileStore {
  /** Puts it in the outbox if its reference was never used; what stands under that. */
  put(transfer: BankTransfer): Promise<BankTransfer>;
  transfer(reference: string): Promise<BankTransfer | undefined>;
  /** Takes it out of the outbox, for ever. */
  cancel(read: BankTransfer, at: Instant): Promise<'done' | 'lost'>;
  /** Those that wait, the oldest first, `most` of them at most. */
  waiting(debtor: string, most: number): Promise<readonly BankTransfer[]>;
  /** The file of an account that is not handed out yet. */
  openFile(debtor: string): Promise<BankFile | undefined>;
  /** That one, or else a new one, named by its number among all files of the account. */
  beginFile(
    account: { readonly debtor: string; readonly currency: string },
    messageIdOf: (sequence: number) => string,
  ): Promise<BankFile>;
  /** Takes transfers out of the outbox into the file; those that wait no more are left out. */
  fill(read: BankFile, transfers: readonly BankTransfer[]): Promise<BankFile | 'lost'>;
  closeFile(read: BankFile, written: WrittenFile): Promise<'done' | 'lost'>;
  handedOut(file: BankFile): Promise<void>;
  /** The last day on which all that was due of an account by its hour had been handed out. */
  servedOn(debtor: string): Promise<LocalDate | undefined>;
  /** Changes nothing where a later day stands. */
  markServed(debtor: string, day: LocalDate): Promise<void>;
  file(messageId: string): Promise<BankFile | undefined>;
  /** By reference. */
  inFile(messageId: string): AsyncIterable<BankTransfer>;
  putFacts(read: BankTransfer, facts: TransferFacts): Promise<'done' | 'lost'>;
  /** Whether an answer was read to its end, as what it is now or as something else. */
  knowsAnswer(answer: ReadAnswer): Promise<'unread' | 'read' | 'changed'>;
  rememberAnswer(answer: ReadAnswer, at: Instant): Promise<void>;
}

export interface ReadAnswer {
  /** By what its bank has named it. */
  readonly key: string;
  /** Of what it says. */
  readonly digest: string;
}

/** Where files are handed out, each once: one that is there, or has been taken, stays so. */
export interface BankFileOutlet {
  put(file: { readonly name: string; readonly text: string }): Promise<void>;
}

export type BankAnswer =
  | { readonly kind: 'report'; readonly report: StatusReport }
  | { readonly kind: 'statements'; readonly statements: readonly BankStatement[] };

/** Why an answer cannot be read; quotes nothing of it but names of elements. */
export interface UnreadableAnswer {
  readonly code: string;
  readonly path: string;
  readonly line: number;
}

export interface BankAnswerReader {
  read(text: string): Result<BankAnswer, UnreadableAnswer>;
}
