import * as z from 'zod/mini';
import { country } from '../country.ts';
import { invariant } from '../result.ts';
import { Secret } from '../secret.ts';

const text = (maximum: number) => z.string().check(z.minLength(1), z.maxLength(maximum));

const payPal = z.strictObject({
  rail: z.literal('payPal'),
  receiverKind: z.enum(['email', 'phone', 'payPalId']),
  /** An e-mail address, a phone number in E.164, or an id: at most 127 characters. */
  receiver: text(127),
});

/** Checked and without spaces: see the checks of account numbers. */
export const accountSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('iban'), iban: text(34), bic: z.optional(text(11)) }),
  z.strictObject({ kind: z.literal('sortCode'), sortCode: text(6), accountNumber: text(8) }),
  z.strictObject({
    kind: z.literal('routingNumber'),
    routingNumber: text(9),
    accountNumber: text(17),
    accountType: z.enum(['checking', 'savings']),
  }),
]);

const bankAccount = z.strictObject({
  rail: z.literal('bankAccount'),
  holderName: text(140),
  /** Where the holder lives, apart: banks want town and country structured. */
  town: z.optional(text(70)),
  country,
  /** What accounts of some countries are not paid to without: see `checkPayeeAddress`. */
  address: z.optional(
    z.strictObject({ street: text(70), postcode: text(16), state: z.optional(text(2)) }),
  ),
  account: accountSchema,
});

const payeeSchema = z.discriminatedUnion('rail', [payPal, bankAccount]);

/** Whom money goes to. */
export type Payee = z.infer<typeof payeeSchema>;
export type BankAccount = Payee & { readonly rail: 'bankAccount' };

/** Where somebody is who is paid, and their account where it says so; it may name one twice. */
export function payeeCountries(payee: Payee): readonly string[] {
  if (payee.rail === 'payPal') return [];
  const { account, country: home } = payee;
  return account.kind === 'iban' ? [home, account.iban.slice(0, 2)] : [home];
}

/** All of it as one text, to be sealed. */
export function toSealable(payee: Payee): Secret {
  return new Secret(JSON.stringify(payee));
}

/** What `toSealable` made; throws `InvariantError`, which quotes nothing, for anything else. */
export function readPayee(opened: Secret): Payee {
  const payee = z.safeParse(payeeSchema, parsed(opened)).data;
  invariant(payee !== undefined, 'What was sealed as a payee is none.');
  return payee;
}

function parsed(opened: Secret): unknown {
  try {
    return JSON.parse(opened.reveal());
  } catch {
    return undefined;
  }
}
