import { isCurrency } from '../../../domain/money/currency.ts';
import { readPayee } from '../../../domain/payout/payee.ts';
import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { requireReference } from '../order-request.ts';
import { wireValue } from './currencies.ts';

/** Whom a payout goes to, by PayPal's names. It must not be stored or logged. */
export interface Receiver {
  readonly type: 'EMAIL' | 'PHONE' | 'PAYPAL_ID';
  readonly text: string;
}

export type PayoutRequest =
  | { readonly kind: 'request'; readonly body: string; readonly receiver: Receiver }
  | { readonly kind: 'refused'; readonly detail: string };

const types = { email: 'EMAIL', phone: 'PHONE', payPalId: 'PAYPAL_ID' } as const;

/** The most that `sender_item_id` holds. */
const longestReference = 63;

/**
 * The body of `POST /payments/payouts`: a batch of one, with our reference as the id of both. What
 * PayPal cannot pay is refused before anything is sent. Throws `InvariantError` for an order that
 * is no payout, names no payee, or is for nothing or in no currency.
 */
export function payoutRequest(order: PlaceOrder): PayoutRequest {
  const { reference, value } = order;
  requireReference(reference);
  invariant(reference.length <= longestReference, 'The reference of a payout is too long.');
  invariant(order.kind === 'payout', 'PayPal Payouts takes payouts only.');
  invariant(value.amountMinor > 0n, 'A payout is of more than nothing.');
  invariant(isCurrency(value.currency), 'A payout is in a currency with a known minor unit.');
  invariant(order.payee !== undefined, 'A payout names its payee.');
  const payee = readPayee(order.payee);
  if (payee.rail !== 'payPal') return { kind: 'refused', detail: 'RAIL_NOT_SUPPORTED' };
  const wire = wireValue(value);
  if (wire.kind === 'refused') return wire;
  const receiver = { type: types[payee.receiverKind], text: payee.receiver };
  const item = {
    ...{ recipient_type: receiver.type, receiver: receiver.text, sender_item_id: reference },
    ...{ amount: { currency: value.currency, value: wire.value }, purpose: 'CASHBACK' },
  };
  const body = { sender_batch_header: { sender_batch_id: reference }, items: [item] };
  return { kind: 'request', body: JSON.stringify(body), receiver };
}

/** PayPal may write an address or a number in another way than it was sent. */
export function isSameReceiver(receiver: Receiver, type: string, text: string): boolean {
  if (type !== receiver.type) return false;
  return plain(receiver.type, text) === plain(receiver.type, receiver.text);
}

function plain(type: Receiver['type'], text: string): string {
  if (type === 'PAYPAL_ID') return text;
  return type === 'EMAIL' ? text.trim().toLowerCase() : text.replace(/\D/g, '');
}
