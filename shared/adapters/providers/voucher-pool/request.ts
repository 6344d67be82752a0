import { isCurrency } from '../../../domain/money/currency.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import type { VoucherPool } from '../../../ports/vouchers.ts';

const referencePattern = /^[A-Za-z0-9_-]{1,64}$/;

export function requireReference(reference: string): void {
  invariant(referencePattern.test(reference), 'A reference is letters, digits, - and _.');
}

/** Throws `InvariantError` for an order that cannot be right; returns the product that counts. */
export function requireOrder({ reference, products, value }: PlaceOrder): string {
  requireReference(reference);
  invariant(value.amountMinor >= 0n, 'An order is never worth less than nothing.');
  invariant(isCurrency(value.currency), 'An order has a currency.');
  const [product] = products;
  invariant(product !== undefined, 'An order names a product.');
  return product;
}

/** Everything that an order says, as one text: the same reference never carries another one. */
export function textOfOrder(order: PlaceOrder): string {
  const { products, kind, value, country, language, recipientEmail, address } = order;
  const money = [value.amountMinor.toString(), value.currency];
  return JSON.stringify([
    ...[products[0], kind, ...money, country, language, recipientEmail],
    address?.reveal() ?? null,
  ]);
}

/** Why the pool does not sell this, or `undefined`. */
export function refusalOf(pool: VoucherPool, order: PlaceOrder): string | undefined {
  const { currency, faceValueMinor, countries } = pool;
  if (order.value.currency !== currency) return 'CURRENCY_NOT_OFFERED';
  const isOffered = faceValueMinor === 0n || order.value.amountMinor === faceValueMinor;
  if (!isOffered) return 'VALUE_NOT_OFFERED';
  return countries.length === 0 || countries.includes(order.country)
    ? undefined
    : 'COUNTRY_NOT_OFFERED';
}
