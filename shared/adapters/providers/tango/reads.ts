import type { CatalogueProduct } from '../../../domain/catalogue/product.ts';
import type { Money } from '../../../domain/money/money.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import { moneyOf } from '../wire-money.ts';
import { productsOf } from './catalogue.ts';
import type { Listing } from './listing.ts';
import { hasKey } from './problem.ts';

const noSuchItem = '422.024';

/** One file holds everything: it is whole before its first product is given out. */
export async function* catalogue({ calls }: Listing): AsyncGenerator<CatalogueProduct> {
  yield* productsOf(answerOf('tango', await calls.getCatalogue({})).brands);
}

export async function readProduct(
  { calls }: Listing,
  product: string,
): Promise<CatalogueProduct | undefined> {
  const reply = await calls.getCatalogue({ utid: product });
  if (reply.kind !== 'answer' && hasKey(reply, noSuchItem)) return undefined;
  const sold = [...productsOf(answerOf('tango', reply).brands)];
  return sold.find((offered) => offered.product === product);
}

/** An account holds one currency. */
export async function balances({ calls, account }: Listing): Promise<readonly Money[]> {
  const reply = await calls.getAccount(account.accountIdentifier);
  const { accountIdentifier, currentBalance, currencyCode } = answerOf('tango', reply);
  const balance = moneyOf(currentBalance, currencyCode);
  if (balance === undefined || accountIdentifier !== account.accountIdentifier) {
    throw new ProviderUnavailableError('tango');
  }
  return [balance];
}
