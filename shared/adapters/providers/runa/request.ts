import { isCurrency } from '../../../domain/money/currency.ts';
import { toDecimal } from '../../../domain/money/money.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactNumber } from '../exact-json.ts';

const referencePattern = /^[A-Za-z0-9_-]{1,100}$/;

export function isReference(text: string): boolean {
  return referencePattern.test(text);
}

export function requireReference(reference: string): void {
  invariant(isReference(reference), 'A reference is 1 to 100 of A-Z, a-z, 0-9, - and _.');
}

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
  invariant(products.length > 0, 'An order names at least one product.');
  invariant(value.amountMinor > 0n, 'An order is for more than nothing.');
  invariant(isCurrency(value.currency), 'An order is in a currency with a known minor unit.');
  return JSON.stringify({
    payment_method: { type: 'ACCOUNT_BALANCE', currency: paymentCurrency ?? value.currency },
    items: [
      {
        face_value: exactNumber(toDecimal(value)),
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
