import { currencyExponent } from '../../../shared/domain/money/currency.ts';
import type { Money } from '../../../shared/domain/money/money.ts';
import { type Payee, toSealable } from '../../../shared/domain/payout/payee.ts';
import type { Secret } from '../../../shared/domain/secret.ts';
import type { PlaceOrder } from '../../../shared/ports/provider.ts';

/** The domain is kept for examples (RFC 2606): no mail can reach anybody. */
const recipientEmail = 'certification@example.com';

/** Nobody has an account under it: what is sent there waits, and can be called off. */
const stranger: Payee = { rail: 'payPal', receiverKind: 'email', receiver: recipientEmail };

/** The account of the examples for IBANs: its number is right, and it is nobody's. */
const example: Payee = {
  ...{ rail: 'bankAccount', holderName: 'Certification Example', country: 'DE' },
  account: { kind: 'iban', iban: 'DE89370400440532013000' },
};

/** Whom each provider pays in its sandbox; without a currency, in what the account holds. */
const payees: ReadonlyMap<string, { readonly payee: Payee; readonly currency?: string }> = new Map([
  ['paypal-payouts', { payee: stranger }],
  ['wise', { payee: example, currency: 'EUR' }],
]);

/** Five of a currency: more than the least that is paid out, and little of what a sandbox holds. */
const wholeUnits = 5n;

/** `undefined` for a provider that pays nobody out, or an account that holds no money. */
export function smallestPayout(
  name: string,
  balances: readonly Money[],
  reference: string,
): (PlaceOrder & { readonly payee: Secret }) | undefined {
  const to = payees.get(name);
  const held = [...balances].sort((one, other) => compare(sizeOf(other), sizeOf(one)))[0];
  const currency = to?.currency ?? held?.currency;
  if (to === undefined || held === undefined || currency === undefined) return undefined;
  const amountMinor = wholeUnits * 10n ** BigInt(currencyExponent(currency) ?? 0);
  return {
    ...{ reference, products: [], kind: 'payout', value: { amountMinor, currency } },
    ...{ country: 'DE', language: 'en', recipientEmail, payee: toSealable(to.payee) },
  };
}

/** In the finest minor unit there is, to compare amounts of different currencies by number. */
function sizeOf({ amountMinor, currency }: Money): bigint {
  return amountMinor * 10n ** BigInt(3 - (currencyExponent(currency) ?? 0));
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : Number(one > other);
}
