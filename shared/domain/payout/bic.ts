import { isCountry } from '../country.ts';
import { failure, type Result, success } from '../result.ts';
import { countryOfIban, type Iban } from './iban.ts';

declare const bicBrand: unique symbol;

/** The code of a bank in capitals: 8 characters, or 11 with a branch. */
export type Bic = string & { readonly [bicBrand]: true };

export type BicFault = 'LENGTH' | 'CHARACTERS' | 'COUNTRY';

/** ISO 9362: bank (four), country (two letters), place (two), branch (three, if any). */
const form = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;

/**
 * Countries whose banks hold accounts under another country's IBAN (IBAN registry, "Country code
 * includes other countries/territories").
 */
const territories: Readonly<Record<string, readonly string[]>> = {
  FI: ['AX'],
  FR: ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'TF', 'WF', 'YT'],
  GB: ['GG', 'IM', 'JE'],
};

export function parseBic(text: string): Result<Bic, BicFault> {
  const bic = text.replaceAll(/[ \u00a0]/g, '').toUpperCase();
  if (bic.length !== 8 && bic.length !== 11) return failure('LENGTH');
  if (!form.test(bic)) return failure('CHARACTERS');
  return isCountry(countryOfBic(bic)) ? success(bic as Bic) : failure('COUNTRY');
}

/** Whether a bank of this country can hold this account. */
export function isBankOf(bic: Bic, iban: Iban): boolean {
  const [bank, account] = [countryOfBic(bic), countryOfIban(iban)];
  return bank === account || (territories[account]?.includes(bank) ?? false);
}

function countryOfBic(bic: string): string {
  return bic.slice(4, 6);
}
