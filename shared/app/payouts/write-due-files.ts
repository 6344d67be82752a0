import type { PayoutFilesSummary, PayoutFilesTask } from '../../contracts/payout-files.ts';
import {
  type BankAccountSettings,
  latestWritingDay,
  nextBankDay,
} from '../../domain/payout/bank-account.ts';
import { type Instant, type LocalDate, localDateAt } from '../../domain/time.ts';
import { errorFields } from '../logging/error-fields.ts';
import { adviceFor } from './file-advice.ts';
import {
  type WriteBankFileDependencies,
  type WriteBankFileFault,
  writeBankFile,
} from './write-bank-file.ts';

export type WrittenFiles = Pick<PayoutFilesSummary, 'written' | 'unwritten' | 'failed'>;

/** Where nobody has said when files are written, days begin as they do there. */
const usualZone = 'UTC';
const maximumFiles = 1000;

/**
 * Files of each account whose hour has come, and of the one that is asked for: as many as it takes.
 * An hour that was missed, or broke off, is made up for by any later call; a file that was begun
 * goes out at any hour. What cannot be written for one account stops no other.
 */
export async function writeDueFiles(
  dependencies: WriteBankFileDependencies,
  accounts: readonly BankAccountSettings[],
  { task, until }: { readonly task: PayoutFilesTask; readonly until: Instant },
): Promise<WrittenFiles> {
  const all: WrittenFiles = { written: [], unwritten: [], failed: [] };
  const asked = task.task === 'write' ? task : undefined;
  if (asked !== undefined && !accounts.some(({ id }) => id === asked.account)) {
    all.unwritten.push(unwritten(asked.account, 'UNKNOWN_ACCOUNT'));
  }
  for (const account of accounts) {
    const isAsked = asked?.account === account.id;
    try {
      const due = isAsked ? { most: maximumFiles } : await dueOf(dependencies, account);
      if (due === undefined) continue;
      const writing = { account, asked: isAsked ? asked : undefined, until, most: due.most };
      const isDone = await writeFiles(dependencies, writing, all);
      const { bankFiles } = dependencies;
      if (isDone && due.day !== undefined) await bankFiles.markServed(account.id, due.day);
    } catch (error) {
      dependencies.logger.error('FILES_FAILED', { kind: 'bank/outgoing', ...errorFields(error) });
      all.failed.push({ what: account.id });
    }
  }
  return all;
}

interface Due {
  readonly most: number;
  /** Whose hour is served by it. */
  readonly day?: LocalDate;
}

async function dueOf(
  { bankFiles, clock }: WriteBankFileDependencies,
  { id, writesAt }: BankAccountSettings,
): Promise<Due | undefined> {
  if (writesAt !== undefined) {
    const day = latestWritingDay(writesAt, clock.now());
    // An account that is new has missed no earlier day.
    const first = localDateAt(clock.now(), writesAt.timeZone);
    const servedOn = await bankFiles.servedOn(id);
    if (servedOn === undefined ? day === first : servedOn < day) return { most: maximumFiles, day };
  }
  const open = await bankFiles.openFile(id);
  const isBegun = open !== undefined && (open.state === 'written' || open.transfers > 0);
  return isBegun ? { most: 1 } : undefined;
}

interface Writing {
  readonly account: BankAccountSettings;
  readonly asked: Extract<PayoutFilesTask, { readonly task: 'write' }> | undefined;
  readonly until: Instant;
  /** Files in this call. */
  readonly most: number;
}

/** Whether all has been handed out that was to be. */
async function writeFiles(
  dependencies: WriteBankFileDependencies,
  { account, asked, most, until }: Writing,
  all: WrittenFiles,
): Promise<boolean> {
  const { clock, logger } = dependencies;
  const { id, writesAt } = account;
  const timeZone = writesAt?.timeZone ?? usualZone;
  const executionDate = asked?.executionDate ?? nextBankDay(clock.now(), timeZone);
  if (executionDate < localDateAt(clock.now(), timeZone)) {
    all.unwritten.push(unwritten(id, 'EXECUTION_DATE'));
    return false;
  }
  for (let count = 0; count < most; count += 1) {
    if (clock.now() >= until) {
      logger.error('FILES_FAILED', { kind: 'bank/outgoing', reason: 'TIME_UP' });
      all.failed.push({ what: id });
      return false;
    }
    const file = await writeBankFile(dependencies, { debtor: account, executionDate });
    if (!file.ok) {
      const { failure: fault } = file;
      if (fault.code !== 'NOTHING_WAITS') {
        const { code, messageId } = fault;
        logger.error('BANK_FILE_UNWRITTEN', { code, messageId, reason: reasonOf(fault) });
        all.unwritten.push({ ...unwritten(id, reasonOf(fault) ?? code), file: messageId });
      } else if (asked !== undefined && count === 0) {
        all.unwritten.push(unwritten(id, fault.code));
      }
      return fault.code === 'NOTHING_WAITS';
    }
    const { messageId, transfers, total } = file.value;
    const { currency } = total;
    all.written.push({
      ...{ account: id, file: `${messageId}.xml`, transfers },
      total: { amountMinor: total.amountMinor.toString(), currency },
      executionDate: file.value.executionDate,
    });
  }
  return false;
}

function reasonOf(fault: WriteBankFileFault): string | undefined {
  return fault.code === 'UNWRITABLE' ? `UNWRITABLE_${fault.fault.code}` : undefined;
}

function unwritten(account: string, code: string) {
  return { account, code, advice: adviceFor(code) };
}
