import type { CatalogueProduct } from '../../../domain/catalogue/product.ts';
import type { Money } from '../../../domain/money/money.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { productsOf } from './catalogue.ts';
import type { Listing } from './listing.ts';
import { hasKey } from './problem.ts';
import { moneyOf } from './reply.ts';

const noSuchItem = '422.024';

/** One file holds everything: it is whole before its first product is given out. */
export async function* catalogue({ calls }: Listing): AsyncGenerator<CatalogueProduct> {
  const reply = await calls.getCatalogue({});
  if (reply.kind !== 'answer') throw new ProviderUnavailableError('tango');
  yield* productsOf(reply.body.brands);
}

export async function readProduct(
  { calls }: Listing,
  product: string,
): Promise<CatalogueProduct | undefined> {
  const reply = await calls.getCatalogue({ utid: product });
  if (reply.kind !== 'answer') {
    if (hasKey(reply, noSuchItem)) return undefined;
    throw new ProviderUnavailableError('tango');
  }
  for (const sold of productsOf(reply.body.brands)) if (sold.product === product) return sold;
  return undefined;
}

/** An account holds one currency. */
export async function balances({ calls, account }: Listing): Promise<readonly Money[]> {
  const reply = await calls.getAccount(account.accountIdentifier);
  if (reply.kind !== 'answer') throw new ProviderUnavailableError('tango');
  const { accountIdentifier, currentBalance, currencyCode } = reply.body;
  const balance = moneyOf(currentBalance, currencyCode);
  if (balance === undefined || accountIdentifier !== account.accountIdentifier) {
    throw new ProviderUnavailableError('tango');
  }
  return [balance];
}
