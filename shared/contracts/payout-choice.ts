import * as z from 'zod/mini';
import { country } from '../domain/country.ts';
import { isCurrency } from '../domain/money/currency.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { emailAddress } from './redemptions.ts';

const shortName = z.string().check(z.minLength(1), z.maxLength(63));
/** With the spaces that people write; what it has to be is checked apart. */
const accountNumber = z.string().check(z.minLength(1), z.maxLength(64));
const personName = z.string().check(z.minLength(1), z.maxLength(140), z.regex(/^[^\p{Cc}]*$/u));
const townName = z.string().check(z.minLength(1), z.maxLength(70), z.regex(/^[^\p{Cc}]*$/u));
const receiver = z.string().check(z.minLength(1), z.maxLength(127));

const account = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('iban'), iban: accountNumber, bic: z.optional(accountNumber) },
  }),
  z.strictObject({ kind: z.literal('sortCode'), sortCode: accountNumber, accountNumber }),
  z.strictObject({
    ...{ kind: z.literal('routingNumber'), routingNumber: accountNumber, accountNumber },
    accountType: z.enum(['checking', 'savings']),
  }),
]);

const addressText = (maximum: number) =>
  z.string().check(z.minLength(1), z.maxLength(maximum), z.regex(/^[^\p{Cc}]*$/u));

/** Needed to pay to an account of the United States. */
const address = z.strictObject({
  ...{ street: addressText(70), postcode: addressText(16) },
  /** Of the United States, in two capitals. */
  state: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
});

/** Whom money goes to; sealed as soon as it is read. */
const payee = z.discriminatedUnion('rail', [
  z.strictObject({
    rail: z.literal('payPal'),
    receiverKind: z.enum(['email', 'phone', 'payPalId']),
    /** An e-mail address, a phone number in E.164, or a PayPal id. */
    receiver,
  }),
  z.strictObject({
    rail: z.literal('bankAccount'),
    holderName: personName,
    town: z.optional(townName),
    address: z.optional(address),
    /** Where the holder lives. */
    ...{ country, account },
  }),
]);

/** The body of `PUT …/payout-choice`: all of it, in place of what was chosen before. */
export const payoutChoiceBodySchema = z.strictObject({
  /** One of the program's, by its id. */
  rail: shortName,
  currency: z.string().check(z.refine(isCurrency)),
  /** Without it, the country of the member's profile. */
  country: z.optional(country),
  /** So much of each payout is given away; on a rail of gifts, all of it. */
  donation: z.optional(
    z.strictObject({ charity: shortName, percent: z.int().check(z.minimum(1), z.maximum(100)) }),
  ),
  payee: z.optional(payee),
});
export type PayoutChoiceBody = z.output<typeof payoutChoiceBodySchema>;

export const payoutChoiceFieldCodes: Readonly<Record<string, RefusalCode>> = {
  currency: 'UNKNOWN_CURRENCY',
  country: 'INVALID_COUNTRY',
  iban: 'INVALID_IBAN',
  bic: 'INVALID_BIC',
  sortCode: 'INVALID_SORT_CODE',
  routingNumber: 'INVALID_ROUTING_NUMBER',
  accountNumber: 'INVALID_ACCOUNT_NUMBER',
  receiver: 'INVALID_RECEIVER',
};

/** Whether PayPal can know somebody by this address. */
export function isReceiverEmail(text: string): boolean {
  return z.safeParse(emailAddress, text).success;
}
