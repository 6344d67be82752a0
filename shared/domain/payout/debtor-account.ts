import { currencyExponent } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { invariant } from '../result.ts';
import { addDays, instantOf, type LocalDate, localDateAt } from '../time.ts';
import type { Party, TransferFile, TransferScheme } from './credit-transfer.ts';
import { writePain001 } from './pain001.ts';
import type { TransferFileFault } from './transfer-check.ts';
import type { Credit } from './transfer-credit.ts';

/** An account of ours that files of transfers are paid from, in one currency. */
export interface DebtorAccount {
  /** Our name for it, a part of the ids of its files: 1 to 12 of a-z, 0-9 and -. */
  readonly id: string;
  readonly currency: string;
  readonly scheme: TransferScheme;
  readonly party: Party;
  /** As agreed with the bank; absent: whatever that is. */
  readonly batchBooking?: boolean;
  /** How many transfers the bank takes in one file. */
  readonly maximumTransfers: number;
  /** What payees read on their statements. */
  readonly remittance?: string;
}

const idPattern = /^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/;

/** Throws `InvariantError` for accounts that no file can be written from, or that share a name. */
export function requireDebtors(debtors: readonly DebtorAccount[]): void {
  const isUnique = (names: readonly string[]) => new Set(names).size === names.length;
  invariant(debtors.length > 0, 'A bank file needs an account to pay from.');
  invariant(isUnique(debtors.map(({ id }) => id)), 'Two accounts have one id.');
  invariant(isUnique(debtors.map((it) => it.currency)), 'Two accounts pay in one currency.');
  for (const debtor of debtors) {
    invariant(idPattern.test(debtor.id), 'The id of an account is 1 to 12 of a-z, 0-9 and -.');
    const isKnown = currencyExponent(debtor.currency) !== undefined;
    invariant(isKnown, 'An account pays in a known currency.');
    const { maximumTransfers: most } = debtor;
    invariant(Number.isSafeInteger(most) && most > 0, 'A file takes whole numbers of transfers.');
    const amount = { amountMinor: 1n, currency: debtor.currency };
    const fault = faultOf(debtor, { reference: '0', amount, creditor: debtor.party });
    invariant(fault === undefined, `Account ${debtor.id} cannot be written: ${fault?.code}.`);
  }
}

/** The number by which the bank's statements name the account. */
export function statedAccount({ party: { account } }: DebtorAccount): string {
  return account.kind === 'iban' ? account.iban : account.accountNumber;
}

export interface WrittenTransfer extends Credit {
  readonly reference: string;
  readonly amount: Money;
}

/** What a file is beside its transfers. */
export interface FileHead extends Pick<TransferFile, 'messageId' | 'createdAt' | 'executionDate'> {}

export function transferFile(
  debtor: DebtorAccount,
  head: FileHead,
  transfers: readonly WrittenTransfer[],
): TransferFile {
  const { batchBooking, currency, maximumTransfers, party, scheme } = debtor;
  return {
    ...{ ...head, currency, maximumTransfers, scheme, debtor: party },
    ...(batchBooking !== undefined && { batchBooking }),
    transfers: transfers.map(({ reference, ...rest }) => ({ ...rest, payoutId: reference })),
  };
}

/** Why a file with this transfer could not be written: its text is made, and thrown away. */
export function faultOf(
  debtor: DebtorAccount,
  transfer: WrittenTransfer,
): TransferFileFault | undefined {
  const createdAt = instantOf(0);
  const executionDate = addDays(localDateAt(createdAt, 'UTC'), 1);
  const head = { messageId: messageIdOf(debtor.id, executionDate, 1), createdAt, executionDate };
  const written = writePain001(transferFile(debtor, head, [transfer]));
  return written.ok ? undefined : written.failure;
}

/** Never the same twice: banks refuse a file whose id they have seen. 28 characters at most. */
export function messageIdOf(debtor: string, day: LocalDate, sequence: number): string {
  const number = sequence.toString().padStart(6, '0');
  return `${debtor}-${day.replaceAll('-', '')}-${number}`;
}
