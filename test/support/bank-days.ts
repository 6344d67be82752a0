import { bankAnswerReader } from '../../shared/adapters/bank/bank-answers.ts';
import { systemDigest } from '../../shared/adapters/crypto.ts';
import type {
  BankAnswerDependencies,
  BankAnswerReading,
} from '../../shared/app/payouts/bank-answer.ts';
import { readBankAnswer } from '../../shared/app/payouts/read-bank-answer.ts';
import {
  type WriteBankFileDependencies,
  writeBankFile,
} from '../../shared/app/payouts/write-bank-file.ts';
import type { DebtorAccount } from '../../shared/domain/payout/debtor-account.ts';
import type { LocalDate } from '../../shared/domain/time.ts';
import {
  type BankAct,
  type BankFile,
  camt053Of,
  pain002Of,
  type StatementStyle,
  takenIn,
} from '../providers/fake/bank-simulator.ts';

export type ActOf = (endToEndId: string) => BankAct;

export const payday = '2026-06-17' as LocalDate;

type Dependencies = Omit<WriteBankFileDependencies, 'outlet' | 'digest'> &
  Omit<BankAnswerDependencies, 'answers' | 'digest'>;

/** A company and its bank: files go one way, and answers come back. */
export class BankDays {
  readonly files: { readonly name: string; readonly text: string }[] = [];
  readonly dependencies: WriteBankFileDependencies & BankAnswerDependencies;
  #statements = 0;

  constructor(dependencies: Dependencies) {
    this.dependencies = {
      ...{ ...dependencies, digest: systemDigest, answers: bankAnswerReader },
      outlet: {
        put: async (file) => {
          this.files.push(file);
        },
      },
    };
  }

  /** Files of everything that waits, account by account. */
  async write(executionDate = payday): Promise<readonly BankFile[]> {
    const before = this.files.length;
    for (const debtor of this.dependencies.debtors) {
      while (await this.#writeOne(debtor, executionDate));
    }
    return this.files.slice(before).map(({ text }) => takenIn(text));
  }

  async #writeOne(debtor: DebtorAccount, executionDate: LocalDate): Promise<boolean> {
    const written = await writeBankFile(this.dependencies, { debtor, executionDate });
    if (!written.ok && written.failure.code !== 'NOTHING_WAITS') {
      throw new Error(written.failure.code);
    }
    return written.ok;
  }

  report(file: BankFile, actOf: ActOf): Promise<BankAnswerReading> {
    return this.read(pain002Of(file, actsOf(file, actOf)));
  }

  statement(
    file: BankFile,
    actOf: ActOf,
    style: StatementStyle = { version: '08' },
  ): Promise<BankAnswerReading> {
    return this.read(this.statementText(file, actOf, style));
  }

  /** Each statement has a number of its own. */
  statementText(file: BankFile, actOf: ActOf, style: StatementStyle = { version: '08' }): string {
    this.#statements += 1;
    const text = camt053Of(file, actsOf(file, actOf), style);
    return text.replace('STMT-1', `STMT-${this.#statements}`);
  }

  async read(text: string): Promise<BankAnswerReading> {
    const read = await readBankAnswer(this.dependencies, text);
    if (!read.ok) throw new Error(`${read.failure.code} at ${read.failure.path}`);
    return read.value;
  }
}

function actsOf(file: BankFile, actOf: ActOf): ReadonlyMap<string, BankAct> {
  return new Map(file.payments.map(({ endToEndId }) => [endToEndId, actOf(endToEndId)]));
}

/** An account of ours that pays in one currency. */
export function debtorIn(currency: string, change: Partial<DebtorAccount> = {}): DebtorAccount {
  return {
    ...{ id: `main-${currency.toLowerCase()}`, currency, maximumTransfers: 10_000 },
    scheme: { kind: 'generic', chargeBearer: 'SHAR' },
    party: {
      ...{ name: 'Northwind Gutscheine', town: 'Köln', country: 'DE' },
      account: { kind: 'iban', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
    },
    ...change,
  };
}
