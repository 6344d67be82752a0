import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactValue, requireProducts, requireReference } from '../order-request.ts';
import { vendorIdOf } from './product-id.ts';

const languagePattern = /^[a-z]{2}$/;

/**
 * The canonical text of what is asked, for hashing: the very characters that are sent as `reward`,
 * the recipient's address among them, so it must not be stored or logged. Throws `InvariantError`
 * for an order without product, with an amount that is not positive, in a currency without a known
 * minor unit, or in no language.
 */
export function payloadOf(order: PlaceOrder): string {
  const { products, value, recipientEmail, language } = order;
  requireProducts(products);
  invariant(languagePattern.test(language), 'A language is two small letters.');
  return JSON.stringify({
    products: products.map(vendorIdOf),
    value: { denomination: exactValue(value), currency_code: value.currency },
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
