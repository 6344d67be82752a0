import type { CatalogueProduct } from '../../../shared/domain/catalogue/product.ts';
import { currencyExponent } from '../../../shared/domain/money/currency.ts';
import type { Money } from '../../../shared/domain/money/money.ts';
import type { PlaceOrder } from '../../../shared/ports/provider.ts';

/** The domain is kept for examples (RFC 2606): no mail can reach anybody. */
const recipientEmail = 'certification@example.com';

const finestExponent = 3;

interface Choice {
  readonly product: CatalogueProduct;
  readonly amountMinor: bigint;
  /** In the finest minor unit there is, to compare amounts of different currencies by number. */
  readonly size: bigint;
}

/**
 * For the card with the smallest face value, in a currency that the account holds if there is one:
 * no rate is needed to pay for it then. `undefined` where nothing can be ordered.
 */
export function smallestOrder(
  products: readonly CatalogueProduct[],
  balances: readonly Money[],
  reference: string,
): PlaceOrder | undefined {
  const held = new Set(balances.map(({ currency }) => currency));
  const isHeld = ({ product }: Choice) => held.has(product.currency);
  const [smallest] = products
    .filter(({ orderable, kind }) => orderable && (kind === 'eGiftCard' || kind === 'prepaidCard'))
    .flatMap(choicesOf)
    .sort((left, right) => {
      if (isHeld(left) !== isHeld(right)) return isHeld(left) ? -1 : 1;
      return left.size < right.size ? -1 : Number(left.size > right.size);
    });
  if (smallest === undefined) return undefined;
  const { product, amountMinor } = smallest;
  return {
    ...{ reference, products: [product.product], kind: product.kind },
    value: { amountMinor, currency: product.currency },
    country: product.countries[0] ?? 'US',
    language: product.languages[0] ?? 'en',
    recipientEmail,
  };
}

function choicesOf(product: CatalogueProduct): readonly Choice[] {
  const finer = 10n ** BigInt(finestExponent - (currencyExponent(product.currency) ?? 0));
  return product.bands.flatMap(({ minimumMinor, maximumMinor, stepMinor = 1n }) => {
    const steps = (minimumMinor + stepMinor - 1n) / stepMinor;
    const amountMinor = steps * stepMinor;
    if (amountMinor > maximumMinor) return [];
    return [{ product, amountMinor, size: amountMinor * finer }];
  });
}
