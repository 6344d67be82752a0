import { type BankAccount, readPayee } from '../../../domain/payout/payee.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactNumber } from '../exact-json.ts';
import { exactValue } from '../order-request.ts';
import type { RecipientReply } from './reply.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Wise takes nothing but a uuid to tell transfers apart by. */
export function requireUuid(reference: string): void {
  invariant(uuidPattern.test(reference), 'A reference of a transfer is a uuid in small letters.');
}

/** Whom a payout goes to; throws `InvariantError`, which quotes nothing, where it is no bank. */
export function payeeOf({ kind, payee }: PlaceOrder): BankAccount {
  invariant(kind === 'payout' && payee !== undefined, 'What is ordered of Wise is a payout.');
  const opened = readPayee(payee);
  invariant(opened.rail === 'bankAccount', 'Wise pays to bank accounts only.');
  return opened;
}

/** By the names that Wise gives to the numbers of each kind of account. */
function detailsOf({ account }: BankAccount): Readonly<Record<string, string>> {
  switch (account.kind) {
    case 'iban':
      return { IBAN: account.iban };
    case 'sortCode':
      return { sortCode: account.sortCode, accountNumber: account.accountNumber };
    case 'routingNumber':
      return {
        abartn: account.routingNumber,
        accountNumber: account.accountNumber,
        accountType: account.accountType.toUpperCase(),
      };
  }
}

const types = { iban: 'iban', sortCode: 'sort_code', routingNumber: 'aba' } as const;

export interface RecipientRequest {
  readonly profileId: string;
  readonly currency: string;
}

/** The body of `POST /v1/accounts`: a private person's account. */
export function recipientBody(
  payee: BankAccount,
  { profileId, currency }: RecipientRequest,
): string {
  const { account, holderName, town } = payee;
  return JSON.stringify({
    ...{ profile: exactNumber(profileId), currency, type: types[account.kind] },
    accountHolderName: holderName,
    details: {
      ...{ legalType: 'PRIVATE', ...detailsOf(payee) },
      ...((town ?? payee.address) !== undefined && { address: addressOf(payee) }),
    },
  });
}

/** By Wise's names; `undefined` is not written. */
function addressOf({ address, country, town }: BankAccount): object {
  const { postcode, state, street } = address ?? {};
  return { country, city: town, firstLine: street, postCode: postcode, state };
}

/** The body of `POST quotes`: what is fixed is what arrives. */
export function quoteBody(
  { value }: PlaceOrder,
  { sourceCurrency, recipient }: { readonly sourceCurrency: string; readonly recipient: string },
): string {
  return JSON.stringify({
    ...{ sourceCurrency, targetCurrency: value.currency, targetAmount: exactValue(value) },
    ...{ targetAccount: exactNumber(recipient), preferredPayIn: 'BALANCE' },
  });
}

export interface TransferRequest {
  readonly reference: string;
  readonly recipient: string;
  readonly quote: string;
  /** What stands on the payee's statement. */
  readonly statementText: string;
}

/** The body of `POST /v1/transfers`. */
export function transferBody(request: TransferRequest): string {
  return JSON.stringify({
    targetAccount: exactNumber(request.recipient),
    ...{ quoteUuid: request.quote, customerTransactionId: request.reference },
    details: { reference: request.statementText },
  });
}

const tailLength = 4;

/**
 * Whether a recipient is the account that is to be paid, by the last characters of its number;
 * `untold` where Wise shows none of them.
 */
export function comparePayee(
  payee: BankAccount,
  { accountSummary, longAccountSummary }: RecipientReply,
): 'same' | 'another' | 'untold' {
  const { account } = payee;
  const number = account.kind === 'iban' ? account.iban : account.accountNumber;
  const tail = number.slice(-tailLength).toUpperCase();
  const told = [accountSummary, longAccountSummary].filter((text) => typeof text === 'string');
  if (told.length === 0) return 'untold';
  const isSame = told.every((text) =>
    text
      .replace(/[^\dA-Za-z]/g, '')
      .toUpperCase()
      .endsWith(tail),
  );
  return isSame ? 'same' : 'another';
}
