import { isCurrency } from '../../../domain/money/currency.ts';
import { type BankAccount, readPayee } from '../../../domain/payout/payee.ts';
import type { TransferFileFault } from '../../../domain/payout/transfer-check.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Nothing else comes back from a bank as it went out: see `endToEndId`. */
export function requireUuid(reference: string): void {
  invariant(uuidPattern.test(reference), 'A reference of a transfer is a uuid in small letters.');
}

/** Whom an order goes to. Throws `InvariantError`, which quotes nothing, for one that is none. */
export function requireOrder({ kind, payee, reference, value }: PlaceOrder): BankAccount {
  requireUuid(reference);
  invariant(kind === 'payout' && payee !== undefined, 'What goes out with a file is a payout.');
  invariant(value.amountMinor > 0n, 'An order is for more than nothing.');
  invariant(isCurrency(value.currency), 'An order is in a currency with a known minor unit.');
  const opened = readPayee(payee);
  invariant(opened.rail === 'bankAccount', 'A bank file pays to bank accounts only.');
  return opened;
}

/** A no of ours: this can never be written into a file. */
export function refusalOf({ code, path }: TransferFileFault): string {
  if (code === 'TEXT') return path.endsWith('.town') ? 'TOWN_REFUSED' : refusedText(path);
  return refusals[code] ?? 'TRANSFER_REFUSED';
}

const refusals: Readonly<Record<string, string>> = {
  AMOUNT: 'AMOUNT_NOT_OFFERED',
  ACCOUNT_KIND: 'ACCOUNT_KIND_REFUSED',
  BIC: 'BIC_INVALID',
  COUNTRY: 'COUNTRY_REFUSED',
  IBAN: 'IBAN_INVALID',
  ROUTING_NUMBER: 'ROUTING_NUMBER_INVALID',
  SORT_CODE: 'SORT_CODE_INVALID',
};

function refusedText(path: string): string {
  return path.endsWith('.name') ? 'NAME_REFUSED' : 'TEXT_REFUSED';
}
