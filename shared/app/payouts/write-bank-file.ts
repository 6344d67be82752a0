import type { Money } from '../../domain/money/money.ts';
import {
  type BankAccountSettings,
  readAccount,
  toSealable,
} from '../../domain/payout/bank-account.ts';
import {
  type DebtorAccount,
  messageIdOf,
  transferFile,
  type WrittenTransfer,
} from '../../domain/payout/debtor-account.ts';
import { writePain001 } from '../../domain/payout/pain001.ts';
import type { TransferFileFault } from '../../domain/payout/transfer-check.ts';
import { readCredit, sealOfTransfer } from '../../domain/payout/transfer-credit.ts';
import { failure, invariant, type Result, success } from '../../domain/result.ts';
import { type LocalDate, localDateAt } from '../../domain/time.ts';
import type {
  BankFile,
  BankFileOutlet,
  BankFileStore,
  BankTransfer,
  WrittenFile,
} from '../../ports/bank-file.ts';
import type { Clock, Digest, Logger } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';

export interface WriteBankFileDependencies {
  readonly bankFiles: BankFileStore;
  readonly outlet: BankFileOutlet;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
}

export interface WriteBankFileCommand {
  readonly debtor: BankAccountSettings;
  /** When the bank is to pay. A file that was written before keeps the day that it has. */
  readonly executionDate: LocalDate;
}

export interface HandedOutFile {
  readonly messageId: string;
  readonly transfers: number;
  readonly total: Money;
  readonly executionDate: LocalDate;
}

export type WriteBankFileFault =
  | { readonly code: 'NOTHING_WAITS' }
  /** The account was set up otherwise when these transfers were taken on. */
  | { readonly code: 'UNWRITABLE'; readonly messageId: string; readonly fault: TransferFileFault }
  /** It was written before, by another version of this program, and would come out otherwise. */
  | { readonly code: 'FILE_CHANGED'; readonly messageId: string };

/** The generic schema: 18 digits, of sums too. */
const largestTotalMinor = 10n ** 18n - 1n;
/** What is taken into a file at a time. */
const pageSize = 330;
const maximumRounds = 100;

/**
 * Writes what waits in the outbox of an account, the oldest first, as one file, and hands it out.
 * The transfers are marked as sent in it, and the file is closed, before anybody sees a byte:
 * whatever dies on the way, the next call goes on with the same file, and once it is closed hands
 * out the same text under the same id, unless it finds that it was handed out. The next file begins
 * when this one has been.
 */
export async function writeBankFile(
  dependencies: WriteBankFileDependencies,
  { debtor, executionDate }: WriteBankFileCommand,
): Promise<Result<HandedOutFile, WriteBankFileFault>> {
  const { bankFiles, logger, outlet } = dependencies;
  const closed = await closedFile(dependencies, debtor, executionDate);
  if (!closed.ok) return closed;
  const { file, text, written } = closed.value;
  const { messageId, total, transfers } = file;
  await outlet.put({ name: `${messageId}.xml`, text });
  await bankFiles.handedOut(file);
  logger.info('BANK_FILE_WRITTEN', { messageId, count: transfers });
  return success({ messageId, transfers, total, executionDate: written.executionDate });
}

interface ClosedFile {
  readonly file: BankFile;
  readonly text: string;
  readonly written: WrittenFile;
}

type Closing = Result<ClosedFile, WriteBankFileFault>;

/** Somebody else may write at the same time: whoever loses looks again at what stands. */
async function closedFile(
  dependencies: WriteBankFileDependencies,
  debtor: BankAccountSettings,
  executionDate: LocalDate,
): Promise<Closing> {
  const { bankFiles } = dependencies;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const open = await openFile(dependencies, debtor);
    if (open === undefined) return failure({ code: 'NOTHING_WAITS' });
    if (open.state !== 'filling') return writtenBefore(dependencies, open);
    const file = await fill(bankFiles, debtor, open);
    if (file === 'lost') continue;
    if (file.transfers === 0) return failure({ code: 'NOTHING_WAITS' });
    const createdAt = dependencies.clock.now();
    const text = await textOf(dependencies, { debtor, file, head: { createdAt, executionDate } });
    if (!text.ok) return text;
    const digest = dependencies.digest.sha256Hex(text.value);
    const sealedAccount = await sealedAccountOf(dependencies, file, debtor);
    const written = { createdAt, executionDate, digest, sealedAccount };
    if ((await bankFiles.closeFile(file, written)) === 'done') {
      return success({ file: { ...file, state: 'written', written }, text: text.value, written });
    }
  }
  throw new Error(`A file of ${debtor.id} kept changing over ${maximumRounds} rounds.`);
}

async function openFile(
  { bankFiles, clock }: WriteBankFileDependencies,
  debtor: DebtorAccount,
): Promise<BankFile | undefined> {
  const open = await bankFiles.openFile(debtor.id);
  if (open !== undefined) return open;
  const [first] = await bankFiles.waiting(debtor.id, 1);
  if (first === undefined) return undefined;
  const day = localDateAt(clock.now(), 'UTC');
  const account = { debtor: debtor.id, currency: debtor.currency };
  return bankFiles.beginFile(account, (sequence) => messageIdOf(debtor.id, day, sequence));
}

/** As much as the bank takes in one file; the rest waits for the next one. */
async function fill(
  bankFiles: BankFileStore,
  { id, maximumTransfers }: DebtorAccount,
  open: BankFile,
): Promise<BankFile | 'lost'> {
  let file = open;
  while (file.transfers < maximumTransfers) {
    const room = Math.min(maximumTransfers - file.transfers, pageSize);
    const waiting = await bankFiles.waiting(id, room);
    const fitting = fittingIn(file, waiting);
    if (fitting.length === 0) return file;
    const filled = await bankFiles.fill(file, fitting);
    if (filled === 'lost') return 'lost';
    file = filled;
  }
  return file;
}

function fittingIn({ total }: BankFile, waiting: readonly BankTransfer[]): BankTransfer[] {
  let sumMinor = total.amountMinor;
  return waiting.filter(({ amount }) => {
    if (sumMinor + amount.amountMinor > largestTotalMinor) return false;
    sumMinor += amount.amountMinor;
    return true;
  });
}

/** What the account is like by then, the file that was written of it stays as it is. */
function sealedAccountOf(
  { sealer }: WriteBankFileDependencies,
  { messageId }: BankFile,
  debtor: BankAccountSettings,
): Promise<string> {
  return sealer.seal(sealOfTransfer(messageId), toSealable(debtor));
}

async function writtenBefore(
  dependencies: WriteBankFileDependencies,
  file: BankFile,
): Promise<Closing> {
  const { messageId, written } = file;
  invariant(written !== undefined, 'A file that is written has a day and a digest.');
  const { sealer } = dependencies;
  const debtor = readAccount(await sealer.open(sealOfTransfer(messageId), written.sealedAccount));
  const text = await textOf(dependencies, { debtor, file, head: written });
  if (!text.ok) return text;
  const isSame = dependencies.digest.sha256Hex(text.value) === written.digest;
  if (!isSame) return failure({ code: 'FILE_CHANGED', messageId });
  return success({ file, text: text.value, written });
}

interface Writing {
  readonly debtor: DebtorAccount;
  readonly file: BankFile;
  readonly head: Pick<WrittenFile, 'createdAt' | 'executionDate'>;
}

async function textOf(
  { bankFiles, sealer }: WriteBankFileDependencies,
  { debtor, file, head }: Writing,
): Promise<Result<string, WriteBankFileFault>> {
  const { messageId } = file;
  const transfers: WrittenTransfer[] = [];
  for await (const { amount, reference, sealed } of bankFiles.inFile(messageId)) {
    const opened = await sealer.open(sealOfTransfer(reference), sealed);
    transfers.push({ reference, amount, ...readCredit(opened) });
  }
  invariant(transfers.length === file.transfers, 'A file holds as many transfers as it counts.');
  const written = writePain001(transferFile(debtor, { ...head, messageId }, transfers));
  if (written.ok) return written;
  return failure({ code: 'UNWRITABLE', messageId, fault: written.failure });
}
