import { failure, type Result, success } from '../result.ts';

export type RoutingNumberFault = 'LENGTH' | 'DISTRICT' | 'CHECK_DIGIT' | 'ACCOUNT_NUMBER';

export interface RoutingNumberAccount {
  readonly kind: 'routingNumber';
  readonly routingNumber: string;
  readonly accountNumber: string;
  readonly accountType: 'checking' | 'savings';
}

const weights = [3, 7, 1] as const;

/**
 * Federal Reserve districts (01-12), thrift institutions (21-32), electronic numbers (61-72) and
 * traveller's cheques (80), as the American Bankers Association gives them out; 00 is the
 * government's own.
 */
const district = /^(0[1-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;

/** An account of the United States; its number has 4 to 17 digits (Nacha: 17 at most). */
export function parseRoutingNumberAccount(
  account: Omit<RoutingNumberAccount, 'kind'>,
): Result<RoutingNumberAccount, RoutingNumberFault> {
  const routingNumber = account.routingNumber.replaceAll(/[ -]/g, '');
  if (!/^\d{9}$/.test(routingNumber)) return failure('LENGTH');
  if (!district.test(routingNumber)) return failure('DISTRICT');
  if (weightedSum(routingNumber) % 10 !== 0) return failure('CHECK_DIGIT');
  const accountNumber = account.accountNumber.replaceAll(/[ -]/g, '');
  if (!/^\d{4,17}$/.test(accountNumber) || /^0+$/.test(accountNumber)) {
    return failure('ACCOUNT_NUMBER');
  }
  const { accountType } = account;
  return success({ kind: 'routingNumber', routingNumber, accountNumber, accountType });
}

function weightedSum(digits: string): number {
  return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (weights[at % 3] ?? 0), 0);
}
