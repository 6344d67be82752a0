import { isCurrency } from '../../../domain/money/currency.ts';
import { toDecimal } from '../../../domain/money/money.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactNumber } from '../exact-json.ts';
import { vendorIdOf } from './product-id.ts';

const referencePattern = /^[A-Za-z0-9_-]{1,100}$/;
const languagePattern = /^[a-z]{2}$/;

export function requireReference(reference: string): void {
  invariant(referencePattern.test(reference), 'A reference is 1 to 100 of A-Z, a-z, 0-9, - and _.');
}

/**
 * The canonical text of what is asked, for hashing: the very characters that are sent as `reward`,
 * the recipient's address among them, so it must not be stored or logged. Throws `InvariantError`
 * for an order without product, with an amount that is not positive, in a currency without a known
 * minor unit, or in no language.
 */
export function payloadOf(order: PlaceOrder): string {
  const { products, value, recipientEmail, language } = order;
  invariant(products.length > 0, 'An order names at least one product.');
  invariant(value.amountMinor > 0n, 'An order is for more than nothing.');
  invariant(isCurrency(value.currency), 'An order is in a currency with a known minor unit.');
  invariant(languagePattern.test(language), 'A language is two small letters.');
  return JSON.stringify({
    products: products.map(vendorIdOf),
    value: { denomination: exactNumber(toDecimal(value)), currency_code: value.currency },
    recipient: { email: recipientEmail },
    delivery: { method: 'LINK' },
    language,
  });
}

/** The body of `POST /orders`. LINK: the provider mails nobody. */
export function orderBody(order: PlaceOrder, fundingSource: string): string {
  requireReference(order.reference);
  const reference = JSON.stringify(order.reference);
  const payment = JSON.stringify({ funding_source_id: fundingSource });
  return `{"external_id":${reference},"payment":${payment},"reward":${payloadOf(order)}}`;
}
