import { failure, type Result, success } from '../result.ts';
import { type BicFault, isBankOf, parseBic } from './bic.ts';
import { type IbanFault, parseIban } from './iban.ts';
import type { BankAccount } from './payee.ts';
import { parseRoutingNumberAccount, type RoutingNumberFault } from './routing-number.ts';
import { parseSortCodeAccount, type SortCodeFault } from './sort-code.ts';

/** The account numbers that a bank file can name. */
export type AccountNumber = BankAccount['account'];

export type PartyAccountFault =
  | { readonly code: 'IBAN'; readonly fault: IbanFault }
  | { readonly code: 'BIC'; readonly fault: BicFault | 'OTHER_COUNTRY' }
  | { readonly code: 'SORT_CODE'; readonly fault: SortCodeFault }
  | { readonly code: 'ROUTING_NUMBER'; readonly fault: RoutingNumberFault };

/** The account as files and APIs take it: checked, in capitals, nothing between its digits. */
export function parseAccountNumber(
  account: AccountNumber,
): Result<AccountNumber, PartyAccountFault> {
  if (account.kind === 'iban') return parseIbanAccount(account.iban, account.bic);
  if (account.kind === 'sortCode') {
    const parsed = parseSortCodeAccount(account.sortCode, account.accountNumber);
    return parsed.ok ? parsed : failure({ code: 'SORT_CODE', fault: parsed.failure });
  }
  const parsed = parseRoutingNumberAccount(account);
  return parsed.ok ? parsed : failure({ code: 'ROUTING_NUMBER', fault: parsed.failure });
}

function parseIbanAccount(
  ibanText: string,
  bicText: string | undefined,
): Result<AccountNumber, PartyAccountFault> {
  const iban = parseIban(ibanText);
  if (!iban.ok) return failure({ code: 'IBAN', fault: iban.failure });
  if (bicText === undefined) return success({ kind: 'iban', iban: iban.value });
  const bic = parseBic(bicText);
  if (!bic.ok) return failure({ code: 'BIC', fault: bic.failure });
  if (!isBankOf(bic.value, iban.value)) return failure({ code: 'BIC', fault: 'OTHER_COUNTRY' });
  return success({ kind: 'iban', iban: iban.value, bic: bic.value });
}
