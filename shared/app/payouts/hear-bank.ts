import { bankFileName } from '../../domain/payout/transfer-credit.ts';
import { type BankWord, type HeardWord, hear } from '../../domain/payout/transfer-facts.ts';
import { parseReference } from '../../domain/redemption/reference.ts';
import type { AnswerConflict, BankAnswerDependencies, BankAnswerReading } from './bank-answer.ts';

/** What one line of an answer says of one transfer. */
export interface TransferWord {
  readonly reference: string;
  readonly word: BankWord;
  /** What is wrong with the line, though it counts. */
  readonly conflict?: string;
}

export type HeardCounts = Pick<
  BankAnswerReading,
  'accepted' | 'rejected' | 'booked' | 'returned' | 'conflicts'
>;

/**
 * Keeps what a bank says of transfers, and has dispatch look at those that are decided, as a
 * provider's webhook would. All of it may be done again: the same words change nothing, and a hint
 * is a hint.
 */
export async function hearBank(
  dependencies: BankAnswerDependencies,
  words: Iterable<TransferWord>,
): Promise<HeardCounts> {
  const counts = { accepted: 0, rejected: 0, booked: 0, returned: 0 };
  const conflicts: AnswerConflict[] = [];
  // Told once all is known: a payment may come back on the statement that it left on.
  const decided = new Map<string, string>();
  for (const { reference, word, conflict } of words) {
    const heard = await keep(dependencies, reference, word);
    counts[word.kind] += 1;
    for (const reason of [conflict, heard.conflict]) {
      if (reason === undefined) continue;
      conflicts.push({ reference, reason });
      await openCaseOf(dependencies, { reference, reason });
    }
    if (word.kind !== 'accepted') decided.set(reference, word.by);
  }
  const told = [...decided];
  for (let from = 0; from < told.length; from += hintsAtOnce) {
    const some = told.slice(from, from + hintsAtOnce);
    await Promise.all(some.map(([reference, by]) => tellDispatch(dependencies, reference, by)));
  }
  return { ...counts, conflicts };
}

/** A statement may have thousands of lines. */
const hintsAtOnce = 20;
const maximumRounds = 12;

async function keep(
  { bankFiles }: BankAnswerDependencies,
  reference: string,
  word: BankWord,
): Promise<HeardWord> {
  for (let round = 1; round <= maximumRounds; round += 1) {
    const transfer = await bankFiles.transfer(reference);
    if (transfer === undefined) break;
    const heard = hear(transfer.facts, word);
    if (heard.facts === transfer.facts) return heard;
    if ((await bankFiles.putFacts(transfer, heard.facts)) === 'done') return heard;
  }
  throw new Error(`What is known of transfer ${reference} could not be kept.`);
}

async function tellDispatch(
  { settleQueue }: BankAnswerDependencies,
  reference: string,
  by: string,
): Promise<void> {
  const reading = { kind: 'reference', webhookId: `${by}/${reference}`, reference };
  const body = { kind: 'webhook', provider: bankFileName, reading };
  await settleQueue.send({ body, group: bankFileName });
}

/** For a person, once for each redemption and reason. */
export async function openCaseOf(
  { clock, logger, redemptions }: BankAnswerDependencies,
  { reference, reason }: AnswerConflict,
): Promise<void> {
  const redemption = parseReference(reference)?.redemption ?? reference;
  logger.error('CASE_OPENED', { redemption, provider: bankFileName, reason });
  const record = await redemptions.read(redemption);
  if (record === undefined) return;
  const { program } = record.hold.entry;
  await redemptions.openCase({ program, redemption, reason, openedAt: clock.now() });
}
