import { type Refusal, type RefusalCode, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { BankAccount } from './payee.ts';
import { sepaText } from './sepa-text.ts';

type Checked<Value> = Result<Value, Refusal>;
type Address = NonNullable<BankAccount['address']>;

/** As a bank's file has room for it. */
const longestTown = 35;
const longestStreet = 70;
const longestPostcode = 16;

/** Of the Postal Service: states, the capital's district, territories, and forces abroad. */
const states: ReadonlySet<string> = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH ' +
    'NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP'
  ).split(' '),
);
const zipCode = /^\d{5}(-\d{4})?$/;

/**
 * Where a payee lives, in the letters that banks write. To an account of the United States nothing
 * is paid without all of it (Wise asks for it, whatever the country of its holder).
 */
export function checkPayeeAddress(
  payee: Pick<BankAccount, 'account' | 'address' | 'country' | 'town'>,
): Checked<Pick<BankAccount, 'address' | 'town'>> {
  const missing = isAddressed(payee) ? undefined : missingIn(payee);
  if (missing !== undefined) return failure(refusal('FIELD_MISSING', missing));
  const town = optional(payee.town, { field: 'payee.town', longest: longestTown });
  if (!town.ok) return town;
  const address = checkedAddress(payee);
  if (!address.ok) return address;
  return success({
    ...(town.value !== undefined && { town: town.value }),
    ...(address.value !== undefined && { address: address.value }),
  });
}

/** Whether as much is known as the account needs. */
export function isAddressed(
  payee: Pick<BankAccount, 'account' | 'address' | 'country' | 'town'>,
): boolean {
  return payee.account.kind !== 'routingNumber' || missingIn(payee) === undefined;
}

function missingIn({
  address,
  country,
  town,
}: Pick<BankAccount, 'address' | 'country' | 'town'>): string | undefined {
  if (town === undefined) return 'payee.town';
  if (address === undefined) return 'payee.address';
  return country === 'US' && address.state === undefined ? 'payee.address.state' : undefined;
}

function checkedAddress({
  address,
  country,
}: Pick<BankAccount, 'address' | 'country'>): Checked<Address | undefined> {
  if (address === undefined) return success(undefined);
  const street = written(address.street, { field: 'payee.address.street', longest: longestStreet });
  if (!street.ok) return street;
  const postcode = written(address.postcode, {
    ...{ field: 'payee.address.postcode', longest: longestPostcode },
  });
  if (!postcode.ok) return postcode;
  const { state } = address;
  if (country === 'US') {
    if (!zipCode.test(postcode.value)) return invalid('payee.address.postcode');
    if (state !== undefined && !states.has(state)) return invalid('payee.address.state');
  }
  return success({
    ...{ street: street.value, postcode: postcode.value },
    ...(state !== undefined && { state }),
  });
}

function invalid(field: string): Checked<never> {
  return failure(refusal('FIELD_INVALID', field));
}

interface Written {
  readonly field: string;
  readonly longest?: number;
}

function optional(text: string | undefined, as: Written): Checked<string | undefined> {
  return text === undefined ? success(undefined) : written(text, as);
}

/** A text in the letters that banks write. */
export function written(text: string, { field, longest }: Written): Checked<string> {
  const converted = sepaText(text, longest);
  if (converted.ok) return converted;
  const code: RefusalCode =
    converted.failure.code === 'CHARACTER' ? 'OUTSIDE_CHARACTER_SET' : 'FIELD_INVALID';
  return failure(refusal(code, field));
}
