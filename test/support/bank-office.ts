import { expect } from 'vitest';
import {
  createMemoryFileExchange,
  MemoryFiles,
} from '../../shared/adapters/memory/file-exchange.ts';
import {
  type ExchangeFilesDependencies,
  exchangeFiles,
} from '../../shared/app/payouts/exchange-files.ts';
import { runPayouts } from '../../shared/app/payouts/run-payouts.ts';
import {
  type PayoutFilesTask,
  payoutFilesSummarySchema,
} from '../../shared/contracts/payout-files.ts';
import { standingOfTransfer } from '../../shared/domain/payout/transfer-facts.ts';
import { addMs } from '../../shared/domain/time.ts';
import type { KeptList } from '../../shared/ports/payouts.ts';
import { type BankAct, type BankFile, takenIn } from '../providers/fake/bank-simulator.ts';
import { bankPayingWorld, debtors } from './bank-paying.ts';
import { account, program } from './paying.ts';
import { TestClock } from './world.ts';

export const hourMs = 3_600_000;
export const berlin = { hour: 9, timeZone: 'Europe/Berlin' };
export const accounts = debtors.map((debtor) =>
  debtor.currency === 'EUR' ? { ...debtor, writesAt: berlin } : debtor,
);
export const hourly: PayoutFilesTask = { task: 'exchange' };
/** A Friday, half past eight in Berlin. */
const start = '2026-06-12T06:30:00Z';

const members = { ann: 'EUR', bob: 'EUR', eve: 'EUR', joe: 'GBP' } as const;

/** Four members' money waits for files of two accounts. */
export async function office() {
  const world = bankPayingWorld();
  const { days, dependencies: paying } = world;
  for (const [member, currency] of Object.entries(members)) {
    await world.paying.give(member, currency, 2_000n);
    await world.paying.choose(member, { currency }, account);
  }
  const asOf = world.paying.world.clock.now();
  await runPayouts(paying, { program, run: 'run-1', asOf, requestedBy: 'fin' });
  await world.settle();
  const files = new MemoryFiles();
  const logged: string[] = [];
  const log = (code: string, fields = {}) => {
    logged.push(`${code} ${JSON.stringify(fields)}`);
  };
  const kept: KeptList[] = [];
  const stampOf = (list: string) => kept.findLast((each) => each.list === list)?.names.join();
  const clock = new TestClock(start);
  const dependencies: ExchangeFilesDependencies = {
    ...{ ...days.dependencies, accounts, clock },
    files: createMemoryFileExchange(files, 100_000),
    logger: { info: log, warn: log, error: log },
    sanctions: {
      stamp: async (list) => stampOf(list),
      keep: async (list, replaced) => {
        if (replaced?.stamp !== stampOf(list.list)) return 'lost';
        kept.push(list);
        return 'kept';
      },
    },
  };
  const exchange = async (task = hourly, change: Partial<ExchangeFilesDependencies> = {}) => {
    const until = addMs(clock.now(), hourMs);
    const summary = await exchangeFiles({ ...dependencies, ...change }, task, until);
    // What goes out is JSON of the form that is told.
    expect(payoutFilesSummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    return summary;
  };
  return {
    ...{ world, files, clock, kept, logged, dependencies, exchange },
    /** Of each transfer in the files so far. */
    async standings() {
      const found: string[] = [];
      for (const name of files.names('bank/outgoing')) {
        for await (const { facts } of world.bankFiles.inFile(name.replace('.xml', ''))) {
          found.push(standingOfTransfer(facts));
        }
      }
      return found;
    },
    handedOut: () =>
      files.names('bank/outgoing').map((name) => takenIn(files.text('bank/outgoing', name) ?? '')),
  };
}

export type Office = Awaited<ReturnType<typeof office>>;

/** The euro file has gone to the bank. */
export async function sent(): Promise<Office & { readonly file: BankFile }> {
  const at = await office();
  at.clock.advance(hourMs);
  await at.exchange();
  const [file] = at.handedOut();
  if (file === undefined) throw new Error('Nothing was written.');
  return { ...at, file };
}

export const acting = ({ payments }: BankFile, ...acts: readonly BankAct[]) =>
  new Map(
    payments.map(({ endToEndId }, at) => [endToEndId, acts[at] ?? { kind: 'paid' as const }]),
  );
export const rejected: BankAct = { kind: 'rejected', reason: 'AC04' };
export const returned: BankAct = { kind: 'returned', reason: 'AC06' };
/** What nothing happened is told as. */
export const nothingSaid = {
  read: [],
  refused: [],
  lists: [],
  failed: [],
  written: [],
  unwritten: [],
};

export const v8 = { version: '08' } as const;
