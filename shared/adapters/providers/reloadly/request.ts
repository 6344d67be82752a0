import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactNumber } from '../exact-json.ts';
import { exactValue, requireReference } from '../order-request.ts';

const productPattern = /^[1-9]\d{0,17}$/;

/**
 * The body of `POST /orders`: one card, priced in its own currency. Without an address Reloadly
 * mails nobody. Throws `InvariantError` for an order without product, with an amount that is not
 * positive or in a currency without a known minor unit.
 */
export function orderBody(order: PlaceOrder, senderName: string): string {
  const { reference, products, value } = order;
  requireReference(reference);
  const [product = ''] = products;
  invariant(productPattern.test(product), 'An order names at least one product, by its number.');
  return JSON.stringify({
    productId: exactNumber(product),
    quantity: 1,
    unitPrice: exactValue(value),
    customIdentifier: reference,
    senderName,
  });
}
