import { failure, type Result, success } from '../result.ts';

export type SortCodeFault = 'SORT_CODE' | 'ACCOUNT_NUMBER';

export interface SortCodeAccount {
  readonly kind: 'sortCode';
  /** Six digits, nothing between. */
  readonly sortCode: string;
  /** Eight digits. */
  readonly accountNumber: string;
}

const sortCodeForm = /^\d{6}$|^\d\d-\d\d-\d\d$|^\d\d \d\d \d\d$/;
const onlyZeros = /^0*$/;

/**
 * An account of the United Kingdom. Shorter numbers are not filled up: which side the zeros belong
 * to depends on the bank. The banks' own check digits (published by Pay.UK and changed a few times
 * a year) are left to the bank.
 */
export function parseSortCodeAccount(
  sortCode: string,
  accountNumber: string,
): Result<SortCodeAccount, SortCodeFault> {
  const code = sortCodeForm.test(sortCode.trim()) ? sortCode.replaceAll(/\D/g, '') : '';
  if (onlyZeros.test(code)) return failure('SORT_CODE');
  const number = accountNumber.replaceAll(' ', '');
  if (!/^\d{8}$/.test(number) || onlyZeros.test(number)) return failure('ACCOUNT_NUMBER');
  return success({ kind: 'sortCode', sortCode: code, accountNumber: number });
}
