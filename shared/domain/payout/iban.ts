import { failure, type Result, success } from '../result.ts';
import { bbanForm } from './iban-registry.ts';

declare const ibanBrand: unique symbol;

/** Without spaces, in capitals, with the form of its country and good check digits. */
export type Iban = string & { readonly [ibanBrand]: true };

/** Which part of an account number is wrong. */
export type IbanFault = 'COUNTRY' | 'LENGTH' | 'CHARACTERS' | 'CHECK_DIGITS';

/** The formula yields 02 to 98; of two pairs that both leave 1, only this one was computed. */
const checkDigits = /^(0[2-9]|[1-8]\d|9[0-8])$/;

/**
 * ISO 13616. Spaces between groups and small letters are put right; nothing else is. Digits that a
 * country checks within its own part are left to the bank.
 */
export function parseIban(text: string): Result<Iban, IbanFault> {
  const iban = text.replaceAll(/[ \u00a0]/g, '').toUpperCase();
  const form = bbanForm(iban.slice(0, 2));
  if (form === undefined) return failure('COUNTRY');
  if (iban.length !== form.length + 4) return failure('LENGTH');
  if (!form.pattern.test(iban.slice(4))) return failure('CHARACTERS');
  const isGood = checkDigits.test(iban.slice(2, 4)) && remainderOf97(iban) === 1;
  return isGood ? success(iban as Iban) : failure('CHECK_DIGITS');
}

export function countryOfIban(iban: Iban): string {
  return iban.slice(0, 2);
}

/** ISO 7064, MOD 97-10: the first four characters behind the others, letters as 10 to 35. */
function remainderOf97(iban: string): number {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const worth = Number.parseInt(character, 36);
    remainder = (remainder * (worth < 10 ? 10 : 100) + worth) % 97;
  }
  return remainder;
}
