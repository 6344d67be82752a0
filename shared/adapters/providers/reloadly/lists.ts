import type { CatalogueProduct } from '../../../domain/catalogue/product.ts';
import type { Instant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import type { NoAnswer, Page, ReloadlyCalls, Reply } from './calls.ts';
import { productOf } from './catalogue.ts';
import type { OrderReply } from './reply.ts';
import { linesOf, wireTime } from './settlements.ts';

/** Pages of 200: far more than Reloadly sells, and than one account buys between two readings. */
const maximumPages = 500;
/** Under one identifier there is one order, or a few by mistake. */
const maximumSearchPages = 5;

export type Listed =
  | { readonly kind: 'orders'; readonly orders: readonly OrderReply[] }
  | { readonly kind: 'failed'; readonly reply: NoAnswer }
  /** There are orders in it that nobody asked for: what it lacks says nothing. */
  | { readonly kind: 'unfiltered' }
  | { readonly kind: 'endless' };

/**
 * Every order under one reference: all pages are read, since a second one would be a second card.
 * Whether the filter takes a part of a name is not said, so longer names are passed over.
 */
export async function ordersUnder(calls: ReloadlyCalls, reference: string): Promise<Listed> {
  const found = new Map<string, OrderReply>();
  for (let page = 1; page <= maximumSearchPages; page += 1) {
    const reply = await calls.listOrders({ customIdentifier: reference }, page);
    if (reply.kind !== 'answer') return { kind: 'failed', reply };
    for (const order of reply.body.content) {
      if (order.customIdentifier === reference) found.set(order.transactionId.text, order);
      else if (!order.customIdentifier?.includes(reference)) return { kind: 'unfiltered' };
    }
    if (reply.body.last) return { kind: 'orders', orders: [...found.values()] };
  }
  return { kind: 'endless' };
}

/** Every product that can be read, once each: a list may shift while it is read. */
export async function* catalogue(calls: ReloadlyCalls): AsyncGenerator<CatalogueProduct> {
  const seen = new Set<string>();
  for await (const item of items((page) => calls.listProducts(page))) {
    const product = productOf(item);
    if (product === undefined || seen.has(product.product)) continue;
    seen.add(product.product);
    yield product;
  }
}

/** What was ordered from `from` on and before `to`. */
export async function* settlements(
  calls: ReloadlyCalls,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): AsyncGenerator<SettlementLine> {
  const filter = { startDate: wireTime(from), endDate: wireTime(to) };
  const seen = new Set<string>();
  for await (const order of items((page) => calls.listOrders(filter, page))) {
    const lines = linesOf(order);
    if (lines === undefined) throw new ProviderUnavailableError('reloadly');
    for (const line of lines) {
      if (line.at < from || line.at >= to || seen.has(line.id)) continue;
      seen.add(line.id);
      yield line;
    }
  }
}

/** Throws `ProviderUnavailableError` for a page that cannot be read, or where there is no end. */
async function* items<Item>(
  read: (page: number) => Promise<Reply<Page<Item>>>,
): AsyncGenerator<Item> {
  for (let page = 1; page <= maximumPages; page += 1) {
    const { content, last } = answerOf('reloadly', await read(page));
    yield* content;
    if (last) return;
  }
  throw new ProviderUnavailableError('reloadly');
}
