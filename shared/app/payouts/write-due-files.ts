import type { PayoutFilesSummary, PayoutFilesTask } from '../../contracts/payout-files.ts';
import {
  type BankAccountSettings,
  isWritingHour,
  nextBankDay,
} from '../../domain/payout/bank-account.ts';
import { type Instant, localDateAt } from '../../domain/time.ts';
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
 * Files of each account whose hour it is, and of the one that is asked for: as many as it takes. A
 * file that was written and not handed out is handed out at any hour. What cannot be written for
 * one account stops no other.
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
      if (!isAsked && !(await isDue(dependencies, account))) continue;
      await writeFiles(dependencies, { account, asked: isAsked ? asked : undefined, until }, all);
    } catch (error) {
      dependencies.logger.error('FILES_FAILED', { kind: 'bank/outgoing', ...errorFields(error) });
      all.failed.push({ what: account.id });
    }
  }
  return all;
}

async function isDue(
  { bankFiles, clock }: WriteBankFileDependencies,
  { id, writesAt }: BankAccountSettings,
): Promise<boolean> {
  if (writesAt !== undefined && isWritingHour(writesAt, clock.now())) return true;
  return (await bankFiles.openFile(id))?.state === 'written';
}

interface Writing {
  readonly account: BankAccountSettings;
  readonly asked: Extract<PayoutFilesTask, { readonly task: 'write' }> | undefined;
  readonly until: Instant;
}

async function writeFiles(
  dependencies: WriteBankFileDependencies,
  { account, asked, until }: Writing,
  all: WrittenFiles,
): Promise<void> {
  const { clock, logger } = dependencies;
  const { id, writesAt } = account;
  const timeZone = writesAt?.timeZone ?? usualZone;
  const executionDate = asked?.executionDate ?? nextBankDay(clock.now(), timeZone);
  if (executionDate < localDateAt(clock.now(), timeZone)) {
    all.unwritten.push(unwritten(id, 'EXECUTION_DATE'));
    return;
  }
  for (let count = 0; count < maximumFiles && clock.now() < until; count += 1) {
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
      return;
    }
    const { messageId, transfers, total } = file.value;
    const { currency } = total;
    all.written.push({
      ...{ account: id, file: `${messageId}.xml`, transfers },
      total: { amountMinor: total.amountMinor.toString(), currency },
      executionDate: file.value.executionDate,
    });
  }
}

function reasonOf(fault: WriteBankFileFault): string | undefined {
  return fault.code === 'UNWRITABLE' ? `UNWRITABLE_${fault.fault.code}` : undefined;
}

function unwritten(account: string, code: string) {
  return { account, code, advice: adviceFor(code) };
}
