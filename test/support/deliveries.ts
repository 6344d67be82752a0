import type { EventDelivery } from '../../shared/app/booking/accrue.ts';
import type { RedeemCommand } from '../../shared/app/redemption/redeem.ts';
import { readCustomerEvent } from '../../shared/contracts/events.ts';
import { readRedemption } from '../../shared/contracts/redemptions.ts';

const order = {
  source: 'shop',
  id: 'A-1',
  type: 'order.placed',
  member: 'ann',
  occurredAt: '2026-03-15T10:00:00Z',
  amountMinor: 100_000,
  currency: 'GBP',
};

/** A delivery of an order of ann's, with other fields where a test gives them. */
export function delivery(
  parts: Readonly<Record<string, unknown>> = {},
  name = 'd1',
): EventDelivery {
  const reading = readCustomerEvent({ ...order, ...parts });
  if (!reading.ok) throw new Error(`${reading.failure.code} ${reading.failure.field}`);
  return { delivery: name, program: 'online-retail', received: reading.value };
}

/** A return; `of` names what it follows. */
export function returned(
  id: string,
  amountMinor: number,
  parts: Readonly<Record<string, unknown>> & { readonly of?: string } = {},
): EventDelivery {
  const { of, ...rest } = parts;
  const refersTo = of === undefined ? {} : { refersTo: { source: 'shop', id: of } };
  return delivery({ id, amountMinor, type: 'order.returned', ...refersTo, ...rest }, `d-${id}`);
}

/** A request for a gift card of ten pounds, with other fields where a test gives them. */
export function redemption(
  idempotencyKey: string,
  parts: Readonly<Record<string, unknown>> & { readonly member?: string } = {},
): RedeemCommand {
  const { member = 'ann', ...fields } = parts;
  const body = { rewardId: 'gift-card-gbp', amountMinor: 1000, currency: 'GBP', country: 'GB' };
  const reading = readRedemption(member, { ...body, email: 'ann@example.com', ...fields });
  if (!reading.ok) throw new Error(`${reading.failure.code} ${reading.failure.field}`);
  return { program: 'online-retail', caller: member, idempotencyKey, ...reading.value };
}
