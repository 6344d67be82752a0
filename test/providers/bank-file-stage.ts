import { createSealer } from '../../shared/adapters/aws/sealer.ts';
import {
  BankFileRows,
  createMemoryBankFileStore,
} from '../../shared/adapters/memory/bank-file-store.ts';
import { bankFileCapabilities } from '../../shared/adapters/providers/bank-file/capabilities.ts';
import { createBankFile } from '../../shared/adapters/providers/bank-file.ts';
import { endToEndId } from '../../shared/domain/payout/credit-transfer.ts';
import { type BankAccount, toSealable } from '../../shared/domain/payout/payee.ts';
import { standingOfTransfer } from '../../shared/domain/payout/transfer-facts.ts';
import type { BankFileStore, BankTransfer } from '../../shared/ports/bank-file.ts';
import { type ActOf, BankDays, debtorIn } from '../support/bank-days.ts';
import { fakeKms, movableClock } from '../unit/shared/adapters/aws/fake-kms.ts';
import { troubledBankFiles } from './bank-file-troubles.ts';
import type { Harness, Stage, Trouble } from './certification/stage.ts';
import { type BankAct, type BankFile, pain002Of } from './fake/bank-simulator.ts';
import { failing } from './voucher-pool-troubles.ts';

const currencies = ['GBP', 'EUR', 'USD', 'JPY', 'BHD', 'PLN'];

const payee: BankAccount = {
  ...{ rail: 'bankAccount', holderName: 'Canary Person', town: 'Canary Wharf', country: 'GB' },
  account: { kind: 'iban', iban: 'GB29NWBK60161331926819' },
};
const another: BankAccount = { ...payee, holderName: 'Canary Somebody' };

const noWire = 'The table is asked through an SDK that reads its answers: there is no such text.';
const noLimit = 'The store repeats what the table throttles until it is done or unknown.';

export const bankFileHarness: Harness = {
  capabilities: bankFileCapabilities,
  order: { kind: 'payout', payee: toSealable(payee) },
  orderForAnother: { payee: toSealable(another) },
  cannot: {
    ...{ page: noWire, garbage: noWire, truncated: noWire, endless: noWire, emptyObject: noWire },
    ...{ strangerNotFound: noWire, redirect: noWire },
    ...{ rateLimit: noLimit, rateLimitOtherForm: noLimit },
    outOfFunds: 'A bank without cover rejects what is in a file for good: it is in no other one.',
    breaksOff: 'There is neither a catalogue nor a book that is read page by page.',
    listsLag: 'A transfer is one item, read by its key: a look-up reads no list.',
    twoRewards: 'The key of a transfer holds one item, and that is in one file.',
    inProgress: 'A transfer is put by one write: it is there or it is not.',
    unknownDelivery: 'A transfer has one standing, and nothing is delivered beside it.',
    noNewLinks: 'Money arrives in an account: no link leads to it.',
  },
  lacks: {
    reward: 'Money arrives in an account: nothing is handed out that could be opened.',
    catalogue: 'Nothing is sold: what is ordered is money in the currencies of our accounts.',
    productOfOrder: 'A transfer is money: it is for no product.',
    balance: 'The account is our own: its statements say what it holds, and nobody can be asked.',
    decidedAtOnce: 'An order goes out with the next file: statements tell what becomes of it.',
  },
  /** None of the accounts pays in it. */
  refusesCurrencies: ['KWD'],
  start: bankFileStage,
};

function noWebhooks(): never {
  throw new Error('A bank answers with files.');
}

const paid: BankAct = { kind: 'paid' };
const acts: Readonly<Partial<Record<Trouble, BankAct>>> = {
  invalid: { kind: 'rejected', reason: 'RC01' },
  saysFailed: { kind: 'rejected', reason: 'AC04' },
  saysCanceled: { kind: 'returned', reason: 'FOCR' },
};

async function bankFileStage(): Promise<Stage> {
  const clock = movableClock();
  const { client } = fakeKms();
  const sealer = createSealer({ client, keyArn: 'canary key', clock });
  const rows = new BankFileRows();
  const bankFiles = createMemoryBankFileStore(rows);
  const bank = new StagedBank(
    new BankDays({
      ...{ bankFiles, sealer, clock, logger: silent, debtors },
      redemptions: { read: async () => undefined, openCase: async () => undefined },
      settleQueue: { send: async () => undefined },
    }),
  );
  let trouble: Trouble = 'none';
  const troubled = troubledBankFiles(bank.workedOff(bankFiles), () => trouble);
  const parts = { sealer, clock, debtors, bankFiles: troubled };
  const transfers = () => [...rows.transfers.values()];
  return {
    provider: createBankFile(parts),
    hasty: createBankFile({ ...parts, timeoutMs: 40 }),
    mistaken: createBankFile({ ...parts, bankFiles: failing(bankFiles, 'AccessDeniedException') }),
    unreachable: createBankFile({ ...parts, bankFiles: failing(bankFiles, 'NetworkingError') }),
    ...{ productIn: () => '', productsSold: 0, now: () => clock.now() },
    secrets: ['canary', 'Canary', '60161331926819'],
    setTrouble: (next) => {
      trouble = next;
    },
    orders: () =>
      transfers().map(({ amount, reference }) => ({
        reference,
        ...amount,
        email: '',
        rewards: [],
      })),
    rewardsIssued: () => transfers().filter(isUnderWay).length,
    decide: (reference, verdict) => {
      const said = { taken: 'none', failed: 'saysFailed', canceled: 'saysCanceled' } as const;
      bank.work((id) => (id === endToEndId(reference) && acts[said[verdict]]) || paid);
    },
    undo: (reference) => bank.giveBack(endToEndId(reference)),
    pass: (durationMs) => {
      clock.pass(durationMs);
      if (trouble === 'pending') return;
      const act = acts[trouble] ?? paid;
      bank.work(() => act, trouble === 'unknownStatus' ? 'muddled' : 'plain');
    },
    webhook: noWebhooks,
    forgedWebhook: noWebhooks,
    balance: (currency) => ({ amountMinor: 0n, currency }),
    close: () => bank.atRest(),
  };
}

const debtors = currencies.map((currency) => debtorIn(currency));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function isUnderWay({ facts }: BankTransfer): boolean {
  return !['cancelled', 'rejected', 'returned'].includes(standingOfTransfer(facts));
}

/** A bank that works while a test that waits for nothing goes on. */
class StagedBank {
  readonly #days: BankDays;
  readonly #taken: BankFile[] = [];
  #working: Promise<void> = Promise.resolve();

  constructor(days: BankDays) {
    this.#days = days;
  }

  atRest(): Promise<void> {
    return this.#working;
  }

  /** A store that is asked once the bank's work is done. */
  workedOff(store: BankFileStore): BankFileStore {
    return {
      ...store,
      transfer: async (reference) => {
        await this.#working;
        return store.transfer(reference);
      },
    };
  }

  /** `muddled`: its report has a status that nobody knows, and no statement follows. */
  work(actOf: ActOf, manner: 'plain' | 'muddled' = 'plain'): void {
    this.#then(async () => {
      for (const file of await this.#days.write()) {
        this.#taken.push(file);
        if (manner === 'muddled') await this.#muddledReport(file);
        else {
          await this.#days.report(file, actOf);
          await this.#days.statement(file, actOf);
        }
      }
    });
  }

  giveBack(endToEndId: string): void {
    this.#then(async () => {
      const file = this.#taken.find(({ payments }) => payments.some(isNamed));
      if (file === undefined) throw new Error('The bank has no such payment.');
      const back = { ...file, payments: file.payments.filter(isNamed) };
      const act = { kind: 'returned', reason: 'AC04', isLater: true } as const;
      await this.#days.statement(back, () => act);
    });
    function isNamed(payment: { readonly endToEndId: string }): boolean {
      return payment.endToEndId === endToEndId;
    }
  }

  async #muddledReport(file: BankFile): Promise<void> {
    const text = pain002Of(file, new Map()).replaceAll('>ACSP<', '>XXXX<');
    await this.#days.read(text);
  }

  #then(work: () => Promise<void>): void {
    this.#working = this.#working.then(work);
  }
}
