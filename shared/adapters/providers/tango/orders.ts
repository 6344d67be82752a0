import { addMs, type Instant } from '../../../domain/time.ts';
import type {
  AskedOrder,
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  WebhookReading,
} from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { lookUpFailure, placingFailure, unknown } from '../order-outcome.ts';
import { type Listing, rowsOf } from './listing.ts';
import { type Asked, readOrder } from './outcome.ts';
import { anybodysRefusals, errorMeaning, hasKey, isAbsent } from './problem.ts';
import { fromWireReference, orderBody, productOf, toWireReference } from './request.ts';

/** Our clock and Tango's need not agree on when an order was made. */
const clockSlackMs = 86_400_000;

/** Tango's key for a reference that no order stands under. */
const noSuchReference = '404.110';

export async function placeOrder(
  { calls, account }: Listing,
  order: PlaceOrder,
): Promise<OrderOutcome> {
  const body = orderBody(order, account);
  const reply = await calls.createOrder(body);
  if (reply.kind !== 'answer') return placingFailure(reply, errorMeaning);
  return readOrder(reply.body, askedFor(account, order.reference, order));
}

/** Lists hold no credentials: the order that one names is read on its own. */
export async function findOrder(
  listing: Listing,
  {
    reference,
    asked,
    now,
  }: {
    readonly reference: string;
    readonly asked: AskedOrder;
    readonly now: Instant;
  },
): Promise<FindOutcome> {
  const { calls, account } = listing;
  const wanted = askedFor(account, reference, asked);
  const period = { from: addMs(asked.since, -clockSlackMs), to: addMs(now, clockSlackMs) };
  const found = await rowsOf(listing, period, wanted.wireReference);
  if (found.kind !== 'rows') {
    if (hasKey(found, noSuchReference)) return { kind: 'notFound' };
    return lookUpFailure(found, anybodysRefusals);
  }
  const [row, ...more] = found.rows;
  if (row === undefined) return { kind: 'notFound' };
  // A key that was forgotten can have made a second order: a person has to look at both.
  const isOurs = row.externalRefID === wanted.wireReference && more.length === 0;
  if (!isOurs) return unknown('CONTRADICTION');
  const reply = await calls.getOrder(row.referenceOrderID);
  if (reply.kind !== 'answer') return lookUpFailure(reply, anybodysRefusals);
  const isThatOne = reply.body.referenceOrderID === row.referenceOrderID;
  return isThatOne ? readOrder(reply.body, wanted) : unknown('CONTRADICTION');
}

function askedFor(
  { accountIdentifier }: Listing['account'],
  reference: string,
  { products, value }: Pick<AskedOrder, 'products' | 'value'>,
): Asked {
  const wireReference = toWireReference(reference);
  return { wireReference, accountIdentifier, product: productOf(products), value };
}

/** Throws `ProviderUnavailableError` where Tango cannot be asked now. */
export async function referenceOf(
  listing: Listing,
  reading: WebhookReading,
): Promise<string | undefined> {
  if (reading.kind === 'reference') return reading.reference;
  if (reading.kind === 'order') return referenceOfOrder(listing, reading.providerOrder);
  if (reading.kind !== 'reward') return undefined;
  const reply = await listing.calls.getLineItem(reading.providerReward);
  if (reply.kind === 'answer') return referenceOfOrder(listing, reply.body.referenceOrderID);
  if (isAbsent(reply)) return undefined;
  throw new ProviderUnavailableError('tango');
}

/** Subscriptions are for a whole platform: orders of other accounts are none of ours. */
async function referenceOfOrder(
  { calls, account }: Listing,
  id: string,
): Promise<string | undefined> {
  const reply = await calls.getOrder(id);
  if (reply.kind === 'answer') {
    const { accountIdentifier, externalRefID } = reply.body;
    const isAnothers = accountIdentifier && accountIdentifier !== account.accountIdentifier;
    return isAnothers ? undefined : fromWireReference(externalRefID ?? '');
  }
  if (isAbsent(reply)) return undefined;
  throw new ProviderUnavailableError('tango');
}
