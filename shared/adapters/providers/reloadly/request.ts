import { isCurrency } from '../../../domain/money/currency.ts';
import { toDecimal } from '../../../domain/money/money.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactNumber } from '../exact-json.ts';

const referencePattern = /^[A-Za-z0-9_-]{1,100}$/;
const productPattern = /^[1-9]\d{0,17}$/;

export function isReference(text: string): boolean {
  return referencePattern.test(text);
}

export function requireReference(reference: string): void {
  invariant(isReference(reference), 'A reference is 1 to 100 of A-Z, a-z, 0-9, - and _.');
}

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
  invariant(value.amountMinor > 0n, 'An order is for more than nothing.');
  invariant(isCurrency(value.currency), 'An order is in a currency with a known minor unit.');
  return JSON.stringify({
    productId: exactNumber(product),
    quantity: 1,
    unitPrice: exactNumber(toDecimal(value)),
    customIdentifier: reference,
    senderName,
  });
}
