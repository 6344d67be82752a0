import { reasonOf } from '../../domain/payout/bank-reason.ts';
import type { BankStatement } from '../../domain/payout/bank-statement.ts';
import { endToEndId, payoutIdOf } from '../../domain/payout/credit-transfer.ts';
import type { DebtorAccount } from '../../domain/payout/debtor-account.ts';
import {
  linesOf,
  type SentTransfer,
  SentTransfers,
  type StatementLine,
} from '../../domain/payout/statement-match.ts';
import { type BankWord, standingOfTransfer } from '../../domain/payout/transfer-facts.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { BankFile, BankFileStore, BankTransfer } from '../../ports/bank-file.ts';
import type { AnswerConflict } from './bank-answer.ts';
import type { TransferWord } from './hear-bank.ts';

export interface MatchedStatement {
  /** Names the statement among all answers. */
  readonly by: string;
  readonly words: readonly TransferWord[];
  /** Lines about transfers of ours that do not count: their amounts are others. */
  readonly differences: readonly AnswerConflict[];
  readonly unmatched: number;
  readonly unbooked: number;
}

export interface StatementOf {
  readonly statement: BankStatement;
  readonly debtor: DebtorAccount;
  readonly by: string;
}

/**
 * What a statement says of transfers that went out from its account. A line counts where an id of
 * it names one, or the file that it is the only one of its amount in; likeness is for people. The
 * failure is the path of an entry for a whole file whose sum is another: what the bank has rejected
 * of it is read first.
 */
export async function matchStatement(
  bankFiles: BankFileStore,
  { statement, debtor, by }: StatementOf,
): Promise<Result<MatchedStatement, string>> {
  const entries = statement.entries.map((entry) => linesOf(entry, statement.currency));
  const sent = new SentTransfers(await sentIn(bankFiles, debtor, entries.flat()));
  const words: TransferWord[] = [];
  const differences: AnswerConflict[] = [];
  let unmatched = 0;
  let number = 0;
  for (const [at, lines] of entries.entries()) {
    for (const line of lines) {
      number += 1;
      const match = sent.match(line);
      if (match.kind === 'candidates' || match.kind === 'none') {
        unmatched += 1;
        continue;
      }
      const isWhole = match.kind === 'file';
      if (isWhole && match.differenceMinor !== 0n) return failure(`Ntry[${at + 1}]/Amt`);
      const word = wordOf(line, `${by}/${number}`);
      for (const { payoutId: reference } of isWhole ? match.sent : [match.sent]) {
        const conflict = isWhole ? undefined : conflictOf(line, match.differenceMinor);
        if (conflict === 'BANK_AMOUNT_DIFFERS') differences.push({ reference, reason: conflict });
        else words.push({ reference, word, ...(conflict !== undefined && { conflict }) });
      }
    }
  }
  return success({ by, words, differences, unmatched, unbooked: statement.unbooked });
}

/** Less may come back than went out: other banks keep fees. That is no loss of the member's. */
function conflictOf({ direction }: StatementLine, differenceMinor: bigint | undefined) {
  if (differenceMinor === 0n) return undefined;
  const isShort = direction === 'in' && differenceMinor !== undefined && differenceMinor < 0n;
  return isShort ? 'BANK_RETURNED_SHORT' : 'BANK_AMOUNT_DIFFERS';
}

function wordOf({ direction, transaction }: StatementLine, by: string): BankWord {
  if (direction === 'out') return { kind: 'booked', by };
  return { kind: 'returned', by, reason: reasonOf(transaction?.returned?.reason) };
}

/** A statement may have thousands of lines. */
const transfersAtOnce = 20;

/** Every transfer that a line names, and all of each file that one names. */
async function sentIn(
  bankFiles: BankFileStore,
  debtor: DebtorAccount,
  lines: readonly StatementLine[],
): Promise<readonly SentTransfer[]> {
  const named = lines.flatMap(({ transaction }) => {
    return [transaction?.endToEndId, transaction?.instructionId].map((id) => payoutIdOf(id ?? ''));
  });
  const found = new Map<string, BankTransfer>();
  const references = [...new Set(named)].filter((reference) => reference !== undefined);
  for (let from = 0; from < references.length; from += transfersAtOnce) {
    const some = references.slice(from, from + transfersAtOnce);
    for (const transfer of await Promise.all(some.map((each) => bankFiles.transfer(each)))) {
      if (transfer !== undefined) found.set(transfer.reference, transfer);
    }
  }
  for (const messageId of new Set(lines.flatMap(fileIdsOf))) {
    for await (const transfer of bankFiles.inFile(messageId)) {
      if (isPayable(transfer)) found.set(transfer.reference, transfer);
    }
  }
  const files = new Map<string, BankFile | undefined>();
  const sent: SentTransfer[] = [];
  for (const { amount, debtor: from, facts, reference } of found.values()) {
    if (facts.file === undefined || from !== debtor.id) continue;
    if (!files.has(facts.file)) files.set(facts.file, await bankFiles.file(facts.file));
    const executionDate = files.get(facts.file)?.written?.executionDate ?? ('' as LocalDate);
    const ids = { payoutId: reference, endToEndId: endToEndId(reference), fileId: facts.file };
    sent.push({ ...ids, amount, executionDate });
  }
  return sent;
}

function fileIdsOf({ entry: { batch }, transaction }: StatementLine): string[] {
  const ids = [transaction?.paymentInformationId, batch?.paymentInformationId, batch?.messageId];
  return ids.filter((id) => id !== undefined);
}

/** A bank takes what it has rejected from no account. */
function isPayable({ facts }: BankTransfer): boolean {
  return standingOfTransfer(facts) !== 'rejected';
}
