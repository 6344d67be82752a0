import type { Money } from '../money/money.ts';
import type { LocalDate } from '../time.ts';

/** A day of an account as the bank booked it: camt.053 of ISO 20022. */
export interface BankStatement {
  readonly messageId: string;
  readonly id: string;
  readonly sequenceNumber?: string;
  readonly page?: string;
  /** The IBAN, or whatever else names the account. */
  readonly account: string;
  readonly currency: string;
  /** Below zero when the account is overdrawn. */
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  /** Booked ones only; they lead from the opening balance to the closing one, to the cent. */
  readonly entries: readonly BankEntry[];
  /** Entries that are announced, not booked: the next statement has them again. */
  readonly unbooked: number;
}

export interface BankEntry {
  readonly reference?: string;
  /** Above zero what came in, below what went out; that holds for reversals too. */
  readonly amountMinor: bigint;
  /** Undoes an earlier entry. */
  readonly isReversal: boolean;
  readonly bookedOn?: LocalDate;
  readonly valuedOn?: LocalDate;
  readonly servicerReference?: string;
  readonly information?: string;
  /** Of many payments booked as one. */
  readonly batch?: EntryBatch;
  /** None when the bank tells no more than the batch, or the entry itself. */
  readonly transactions: readonly EntryTransaction[];
}

export interface EntryBatch {
  readonly messageId?: string;
  readonly paymentInformationId?: string;
  readonly transactions?: number;
}

export interface EntryTransaction {
  readonly paymentInformationId?: string;
  readonly instructionId?: string;
  readonly endToEndId?: string;
  readonly servicerReference?: string;
  /** Signed as the entry is; absent when the bank gives none that can be read exactly. */
  readonly amount?: Money;
  readonly debtor: EntryParty;
  readonly creditor: EntryParty;
  readonly remittance: readonly string[];
  readonly returned?: { readonly reason?: string; readonly information: readonly string[] };
}

export interface EntryParty {
  readonly name?: string;
  readonly iban?: string;
  readonly bic?: string;
}

/** One text for each statement: banks send files twice. */
export function statementKey({ account, id, sequenceNumber, page }: BankStatement): string {
  return JSON.stringify([account, id, sequenceNumber ?? null, page ?? null]);
}
