import type { Money } from '../money/money.ts';
import type { LocalDate } from '../time.ts';
import type { BankEntry, EntryTransaction } from './bank-statement.ts';

/** A transfer that left in a file, and has not been heard of for good. */
export interface SentTransfer {
  readonly payoutId: string;
  readonly endToEndId: string;
  /** The id of its file, which is the id of the payments in it. */
  readonly fileId: string;
  readonly amount: Money;
  readonly executionDate: LocalDate;
  /** The bank's own, once it has told it. */
  readonly servicerReference?: string;
}

/** What a bank says of one transfer, or of a batch or an entry that it tells no more about. */
export interface StatementLine {
  /** `out`: paid, or a return undone. `in`: returned, or a payment undone. */
  readonly direction: 'out' | 'in';
  /** Above zero; absent when the bank gives none that can be read exactly. */
  readonly amount?: Money;
  readonly bookedOn?: LocalDate;
  readonly servicerReference?: string;
  readonly entry: BankEntry;
  readonly transaction?: EntryTransaction;
}

export type LineMatch =
  | {
      readonly kind: 'transfer';
      readonly sent: SentTransfer;
      readonly by: 'END_TO_END_ID' | 'INSTRUCTION_ID' | 'FILE' | 'SERVICER_REFERENCE';
      /** Told less sent; absent when the bank told no amount in the same currency. */
      readonly differenceMinor?: bigint;
    }
  | {
      readonly kind: 'file';
      readonly sent: readonly SentTransfer[];
      readonly differenceMinor?: bigint;
    }
  /** Nothing names it; of the same amount, sent by that day: a person decides. Newest first. */
  | { readonly kind: 'candidates'; readonly sent: readonly SentTransfer[] }
  | { readonly kind: 'none' };

/** The lines of an entry: one for each transaction, or one for all that is told. */
export function linesOf(entry: BankEntry, currency: string): readonly StatementLine[] {
  const whole = { amountMinor: entry.amountMinor, currency };
  if (entry.transactions.length === 0) return [lineOf(entry, whole)];
  const isSingle = entry.transactions.length === 1;
  return entry.transactions.map((transaction) => {
    const amount = transaction.amount ?? (isSingle ? whole : undefined);
    return lineOf(entry, amount, transaction);
  });
}

function lineOf(
  entry: BankEntry,
  amount: Money | undefined,
  transaction?: EntryTransaction,
): StatementLine {
  const signed = amount?.amountMinor ?? entry.amountMinor;
  const servicerReference = transaction?.servicerReference ?? entry.servicerReference;
  return {
    direction: signed < 0n ? 'out' : 'in',
    entry,
    ...(amount && { amount: { ...amount, amountMinor: magnitude(amount.amountMinor) } }),
    ...(entry.bookedOn && { bookedOn: entry.bookedOn }),
    ...(servicerReference && { servicerReference }),
    ...(transaction && { transaction }),
  };
}

/** Finds what lines are about among the transfers that were sent. */
export class SentTransfers {
  readonly #all: readonly SentTransfer[];
  readonly #byEndToEndId: ReadonlyMap<string, SentTransfer>;
  readonly #byServicerReference: ReadonlyMap<string | undefined, SentTransfer>;
  readonly #byFile: ReadonlyMap<string, readonly SentTransfer[]>;

  constructor(transfers: readonly SentTransfer[]) {
    this.#all = transfers;
    this.#byEndToEndId = new Map(transfers.map((sent) => [folded(sent.endToEndId), sent]));
    this.#byServicerReference = new Map(transfers.map((it) => [it.servicerReference, it]));
    this.#byFile = Map.groupBy(transfers, ({ fileId }) => fileId);
  }

  /** By end-to-end id, instruction, file, the bank's reference, then amount and day. */
  match(line: StatementLine): LineMatch {
    const { transaction, servicerReference } = line;
    const byId = this.#named(transaction?.endToEndId);
    if (byId !== undefined) return told(line, byId, 'END_TO_END_ID');
    const byInstruction = this.#named(transaction?.instructionId);
    if (byInstruction !== undefined) return told(line, byInstruction, 'INSTRUCTION_ID');
    const byFile = this.#inFile(line);
    if (byFile !== undefined) return byFile;
    const byBank = servicerReference && this.#byServicerReference.get(servicerReference);
    if (byBank) return told(line, byBank, 'SERVICER_REFERENCE');
    const candidates = this.#all
      .filter((sent) => differenceOf(line, sent.amount) === 0n && isSentBy(sent, line.bookedOn))
      .toSorted((one, other) => (one.executionDate < other.executionDate ? 1 : -1));
    return candidates.length === 0 ? { kind: 'none' } : { kind: 'candidates', sent: candidates };
  }

  #named(id: string | undefined): SentTransfer | undefined {
    return id === undefined ? undefined : this.#byEndToEndId.get(folded(id));
  }

  /** A batch is all of its file; a single one is the only one of its amount in the file. */
  #inFile(line: StatementLine): LineMatch | undefined {
    const { transaction, entry } = line;
    const { batch } = entry;
    const fileId = transaction?.paymentInformationId ?? batch?.paymentInformationId;
    const ofFile = this.#byFile.get(fileId ?? batch?.messageId ?? '');
    if (ofFile === undefined) return undefined;
    if (transaction === undefined) {
      const [first] = ofFile;
      const amountMinor = ofFile.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
      const total = { amountMinor, currency: first?.amount.currency ?? '' };
      return { kind: 'file', sent: ofFile, ...differing(line, total) };
    }
    const [only, second] = ofFile.filter(({ amount }) => differenceOf(line, amount) === 0n);
    return only === undefined || second !== undefined ? undefined : told(line, only, 'FILE');
  }
}

function told(
  line: StatementLine,
  sent: SentTransfer,
  by: (LineMatch & { kind: 'transfer' })['by'],
): LineMatch {
  return { kind: 'transfer', sent, by, ...differing(line, sent.amount) };
}

function differing(line: StatementLine, sent: Money): { readonly differenceMinor?: bigint } {
  const differenceMinor = differenceOf(line, sent);
  return differenceMinor === undefined ? {} : { differenceMinor };
}

function differenceOf({ amount }: StatementLine, sent: Money): bigint | undefined {
  if (amount === undefined || amount.currency !== sent.currency) return undefined;
  return amount.amountMinor - sent.amountMinor;
}

function isSentBy({ executionDate }: SentTransfer, day: LocalDate | undefined): boolean {
  return day === undefined || executionDate <= day;
}

function folded(id: string): string {
  return id.trim().toLowerCase();
}

function magnitude(amountMinor: bigint): bigint {
  return amountMinor < 0n ? -amountMinor : amountMinor;
}
