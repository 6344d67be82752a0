import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactValue, requireProducts, requireReference } from '../order-request.ts';

/**
 * The body of `POST /order`: one item, by link, so that Runa mails nobody and learns no address. It
 * is the same text for the same order, since Runa compares it with the first one under the key. Our
 * reference stands in it twice: lists show the description only, a single order its metadata too.
 * Throws `InvariantError` for an order without product, with an amount that is not positive or in a
 * currency without a known minor unit.
 */
export function orderBody(order: PlaceOrder, paymentCurrency: string | undefined): string {
  const { reference, products, value } = order;
  requireReference(reference);
  requireProducts(products);
  return JSON.stringify({
    payment_method: { type: 'ACCOUNT_BALANCE', currency: paymentCurrency ?? value.currency },
    items: [
      {
        face_value: exactValue(value),
        distribution_method: { type: 'PAYOUT_LINK' },
        products:
          products.length === 1
            ? { type: 'SINGLE', value: products[0] }
            : { type: 'MULTIPLE', values: products },
      },
    ],
    description: reference,
    metadata: { reference },
  });
}
