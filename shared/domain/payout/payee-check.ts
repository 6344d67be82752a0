import { type Refusal, type RefusalCode, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type AccountNumber, type PartyAccountFault, parseAccountNumber } from './party-account.ts';
import type { BankAccount, Payee } from './payee.ts';
import { checkPayeeAddress, written } from './payee-address.ts';

type Checked<Value> = Result<Value, Refusal>;
type PayPalPayee = Payee & { readonly rail: 'payPal' };

/** Where a payee may not be. */
export interface PayeeLimits {
  /** What is paid out. */
  readonly currency: string;
  readonly blockedCountries: readonly string[];
}

/**
 * A payee as it is paid: numbers checked and without spaces, names in the letters that banks write.
 * The refusal has a field such as `payee.account.iban`, and nothing of what stands there.
 */
export function checkPayee(payee: Payee, limits: PayeeLimits): Checked<Payee> {
  return payee.rail === 'payPal' ? checkReceiver(payee) : checkAccount(payee, limits);
}

/** Of PayPal's API: a Base32 of its own, 13 characters ("account_id"). */
const payPalId = /^[2-9A-HJ-NP-Z]{13}$/;
/** E.164: the country's code first, 15 digits at most. */
const phone = /^\+[1-9]\d{6,14}$/;

/** That an address is one has been seen before. */
function checkReceiver(payee: PayPalPayee): Checked<Payee> {
  if (payee.receiverKind === 'email') return success(payee);
  const isPhone = payee.receiverKind === 'phone';
  const receiver = isPhone ? payee.receiver.replaceAll(/[ ()-]/g, '') : payee.receiver.trim();
  const isGood = (isPhone ? phone : payPalId).test(receiver);
  if (!isGood) return failure(refusal('INVALID_RECEIVER', 'payee.receiver'));
  return success({ ...payee, receiver });
}

/** Account numbers that only one currency is paid to. */
const onlyCurrencies = { sortCode: 'GBP', routingNumber: 'USD' } as const;

function checkAccount(
  { address, town, ...payee }: BankAccount,
  { blockedCountries, currency }: PayeeLimits,
): Checked<Payee> {
  if (blockedCountries.includes(payee.country)) {
    return failure(refusal('COUNTRY_BLOCKED', 'payee.country'));
  }
  const { kind } = payee.account;
  if (kind !== 'iban' && onlyCurrencies[kind] !== currency) {
    return failure(refusal('ACCOUNT_NOT_FOR_CURRENCY', 'payee.account.kind'));
  }
  const account = parseAccountNumber(payee.account);
  if (!account.ok) return failure(refusalOfAccount(account.failure));
  if (blockedCountries.some((blocked) => isOfCountry(account.value, blocked))) {
    return failure(refusal('COUNTRY_BLOCKED', 'payee.account.iban'));
  }
  const holderName = written(payee.holderName, { field: 'payee.holderName' });
  if (!holderName.ok) return holderName;
  const home = checkPayeeAddress({
    ...payee,
    ...(town !== undefined && { town }),
    ...(address !== undefined && { address }),
  });
  if (!home.ok) return home;
  return success({
    ...{ ...payee, holderName: holderName.value, account: account.value },
    ...home.value,
  });
}

function isOfCountry(account: AccountNumber, country: string): boolean {
  return account.kind === 'iban' && account.iban.startsWith(country);
}

const faultCodes: Readonly<Record<PartyAccountFault['code'], [RefusalCode, field: string]>> = {
  IBAN: ['INVALID_IBAN', 'iban'],
  BIC: ['INVALID_BIC', 'bic'],
  SORT_CODE: ['INVALID_SORT_CODE', 'sortCode'],
  ROUTING_NUMBER: ['INVALID_ROUTING_NUMBER', 'routingNumber'],
};

function refusalOfAccount({ code, fault }: PartyAccountFault): Refusal {
  if (fault === 'ACCOUNT_NUMBER') {
    return refusal('INVALID_ACCOUNT_NUMBER', 'payee.account.accountNumber');
  }
  const [told, field] = faultCodes[code];
  return refusal(told, `payee.account.${field}`);
}
