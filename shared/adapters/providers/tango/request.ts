import { invariant } from '../../../domain/result.ts';
import type { PlaceOrder } from '../../../ports/provider.ts';
import { exactValue } from '../order-request.ts';
import { identifierPattern } from '../wire-schemas.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const wirePattern = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Whose money is spent. */
export interface TangoAccount {
  readonly customerIdentifier: string;
  readonly accountIdentifier: string;
}

/**
 * Tango's references are letters and digits only, ours are uuids: they travel without their dashes.
 * Throws `InvariantError` for what is no uuid, since the way back would not lead to it.
 */
export function toWireReference(reference: string): string {
  invariant(uuidPattern.test(reference), 'A reference for Tango is a uuid in small letters.');
  return reference.replaceAll('-', '');
}

/** Ours again; `undefined` for an order that somebody else has placed on the account. */
export function fromWireReference(wireReference: string): string | undefined {
  const match = wirePattern.exec(wireReference);
  return match === null ? undefined : match.slice(1).join('-');
}

/** The one product of an order. */
export function productOf(products: readonly string[]): string {
  const [product] = products;
  invariant(product !== undefined, 'An order names at least one product.');
  invariant(
    identifierPattern.test(product),
    'A Tango product is 1 to 100 of A-Z, a-z, 0-9, - and _.',
  );
  return product;
}

/**
 * The body of `POST /orders`. NONE: Tango mails nobody, and so it is not told who gets the reward.
 * Throws `InvariantError` for an order without product, with an amount that is not positive or in a
 * currency without a known minor unit.
 */
export function orderBody(
  { reference, products, value }: PlaceOrder,
  { customerIdentifier, accountIdentifier }: TangoAccount,
): string {
  return JSON.stringify({
    ...{ customerIdentifier, accountIdentifier },
    externalRefID: toWireReference(reference),
    utid: productOf(products),
    amount: exactValue(value),
    deliveryMethod: 'NONE',
  });
}
