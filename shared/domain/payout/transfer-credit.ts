import * as z from 'zod/mini';
import { invariant } from '../result.ts';
import { Secret } from '../secret.ts';
import type { Party } from './credit-transfer.ts';
import type { DebtorAccount } from './debtor-account.ts';
import type { AccountNumber } from './party-account.ts';
import { accountSchema, type BankAccount } from './payee.ts';

/** Of the provider; no program is called so. */
export const bankFileName = 'bank-file';

/** Where a transfer is sealed: what is ordered does not say whose program it is. */
export function sealOfTransfer(reference: string) {
  return { program: bankFileName, redemption: reference, field: 'transfer' } as const;
}

/** Whom a transfer goes to, and what is told with it. */
export interface Credit {
  readonly creditor: Party;
  readonly remittance?: string;
}

export function creditOf(
  payee: BankAccount,
  { remittance }: Pick<DebtorAccount, 'remittance'>,
): Credit {
  const { account, country, holderName: name, town } = payee;
  const creditor = { name, country, account, ...(town !== undefined && { town }) };
  return { creditor, ...(remittance !== undefined && { remittance }) };
}

const text = z.string();
const creditSchema = z.strictObject({
  creditor: z.strictObject({
    ...{ name: text, town: z.optional(text), country: text, account: accountSchema },
  }),
  remittance: z.optional(text),
});

/** All of it as one text, to be sealed; equal credits are equal texts. */
export function toSealable({ creditor, remittance }: Credit): Secret {
  const { account, country, name, town } = creditor;
  return new Secret(
    JSON.stringify({ creditor: { name, town, country, account: ordered(account) }, remittance }),
  );
}

function ordered(account: AccountNumber): AccountNumber {
  const fields = Object.entries(account).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields) as AccountNumber;
}

/** What `toSealable` made; throws `InvariantError`, which quotes nothing, for anything else. */
export function readCredit(opened: Secret): Credit {
  let read: unknown;
  try {
    read = JSON.parse(opened.reveal());
  } catch {
    read = undefined;
  }
  const credit = z.safeParse(creditSchema, read).data;
  invariant(credit !== undefined, 'What was sealed as a transfer is none.');
  return credit as Credit;
}
