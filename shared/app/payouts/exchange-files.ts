import type { PayoutFilesSummary, PayoutFilesTask } from '../../contracts/payout-files.ts';
import type { BankAccountSettings } from '../../domain/payout/bank-account.ts';
import { listNamePattern, namesIn } from '../../domain/payout/sanctions-file.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { SanctionsStore } from '../../ports/payouts.ts';
import type { BankAnswerDependencies } from './bank-answer.ts';
import { readBankAnswer } from './read-bank-answer.ts';
import {
  type FileFault,
  type Intake,
  type TakeInDependencies,
  type TakenIn,
  takeInFiles,
} from './take-in-files.ts';
import type { WriteBankFileDependencies } from './write-bank-file.ts';
import { type WrittenFiles, writeDueFiles } from './write-due-files.ts';

export interface ExchangeFilesDependencies
  extends TakeInDependencies,
    Omit<BankAnswerDependencies, 'debtors'>,
    Omit<WriteBankFileDependencies, 'outlet'> {
  readonly sanctions: Pick<SanctionsStore, 'keep' | 'stamp'>;
  /** `unset`: nobody has said which; `unreadable`: what was said cannot be right. */
  readonly accounts: readonly BankAccountSettings[] | 'unset' | 'unreadable';
}

type ReadAnswer = PayoutFilesSummary['read'][number];
type LoadedList = PayoutFilesSummary['lists'][number];

/**
 * Writes files of what is due, loads lists of names, and reads what banks have answered; each part
 * counts for itself. Files are written first: what comes from outside may take all the time, or end
 * the call. All of it may die anywhere and be done again.
 */
export async function exchangeFiles(
  dependencies: ExchangeFilesDependencies,
  task: PayoutFilesTask,
  until: Instant,
): Promise<PayoutFilesSummary> {
  const { accounts, files } = dependencies;
  if (typeof accounts === 'string') {
    const lists = await takeInFiles(dependencies, listIntake(dependencies, until));
    return withoutAccounts(dependencies, lists, task);
  }
  const outlet = {
    put: ({ name, text }: { readonly name: string; readonly text: string }) =>
      files.putOnce('bank/outgoing', name, text),
  };
  const written = await writeDueFiles({ ...dependencies, outlet }, accounts, { task, until });
  const lists = await takeInFiles(dependencies, listIntake(dependencies, until));
  const answers = await takeInFiles(dependencies, answerIntake(dependencies, accounts, until));
  return summaryOf(lists, answers, written);
}

function answerIntake(
  dependencies: ExchangeFilesDependencies,
  debtors: readonly BankAccountSettings[],
  until: Instant,
): Intake<ReadAnswer> {
  return {
    ...{ area: 'bank', until },
    begin: async (file) => async (text) => {
      const read = await readBankAnswer({ ...dependencies, debtors }, text);
      if (!read.ok) return knownAnswer(file, read.failure);
      const { conflicts, ...rest } = read.value;
      const { unmatched } = rest;
      if (unmatched > 0) dependencies.logger.error('BANK_LINES_UNMATCHED', { count: unmatched });
      return success({ file, ...rest, conflicts: conflicts.map((conflict) => ({ ...conflict })) });
    },
    // A line for a whole file has the sum of what its report did not reject.
    mayWait: ({ code }) => code === 'BATCH_TOTAL',
  };
}

const nothing = { accepted: 0, rejected: 0, booked: 0, returned: 0, unmatched: 0, unbooked: 0 };

/** One that was read before is read: whatever died did so after it. */
function knownAnswer(file: string, fault: FileFault): Result<ReadAnswer, FileFault> {
  if (fault.code !== 'ALREADY_READ') return failure(fault);
  const kind = fault.path?.includes('CstmrPmtStsRpt') ? 'report' : 'statements';
  return success({ file, kind, again: true, ...nothing, conflicts: [] });
}

function listIntake(
  { clock, logger, sanctions }: ExchangeFilesDependencies,
  until: Instant,
): Intake<LoadedList> {
  return {
    ...{ area: 'sanctions', until },
    async begin(file) {
      const list = file.endsWith('.txt') ? file.slice(0, -'.txt'.length) : '';
      if (!listNamePattern.test(list)) return async () => failure({ code: 'LIST_NAME' });
      const stamp = await sanctions.stamp(list);
      return async (text) => {
        const names = namesIn(text);
        if (!names.ok) return names;
        const kept = { list, names: names.value, loadedAt: clock.now() };
        if ((await sanctions.keep(kept, { stamp })) === 'lost') {
          return failure({ code: 'LIST_CHANGED' });
        }
        logger.info('SANCTIONS_LOADED', { source: list, count: names.value.length });
        return success({ list, names: names.value.length });
      };
    },
    // Another call has loaded one meanwhile: what lies there now is read once more.
    mayWait: ({ code }) => code === 'LIST_CHANGED',
  };
}

/** A region that pays nothing by files has no accounts; one that gets answers needs them. */
async function withoutAccounts(
  { accounts, files, logger }: ExchangeFilesDependencies,
  lists: TakenIn<LoadedList>,
  task: PayoutFilesTask,
): Promise<PayoutFilesSummary> {
  let isMissed = accounts === 'unreadable' || task.task === 'write';
  if (!isMissed) {
    for await (const _ of files.names('bank/incoming')) {
      isMissed = true;
      break;
    }
  }
  if (isMissed) logger.error('BANK_ACCOUNTS_MISSING', { state: accounts as string });
  const failed = isMissed ? [{ what: 'accounts' }] : [];
  const none = { taken: [], refused: [], failed: [] };
  return summaryOf(lists, none, { written: [], unwritten: [], failed });
}

function summaryOf(
  lists: TakenIn<LoadedList>,
  answers: TakenIn<ReadAnswer>,
  { failed, unwritten, written }: WrittenFiles,
): PayoutFilesSummary {
  return {
    ...{ written, unwritten },
    read: [...answers.taken],
    refused: [...answers.refused, ...lists.refused],
    lists: [...lists.taken],
    failed: [...answers.failed, ...lists.failed, ...failed],
  };
}
