import { addMs, type Instant } from '../../../domain/time.ts';
import type { Failure, RunaCalls } from './calls.ts';
import type { ListedOrder } from './reply.ts';

export type OrderPage =
  | { readonly kind: 'orders'; readonly orders: readonly ListedOrder[] }
  | { readonly kind: 'broken'; readonly failure: Failure }
  /** There are more orders than we read. */
  | { readonly kind: 'tooLong' };

/** A hundred thousand orders or products: five and a half hours at Runa's own rate limit. */
export const maximumPages = 200;
/** Their clock and ours may differ so much. */
const skewMs = 600_000;

/**
 * Orders that were made since then, as far as lists tell it, page by page; a page that cannot be
 * read is the last. Lists are taken to begin with the newest order only where they show it: where
 * they do not, they are read to their end, which is an empty page.
 */
export async function* orderPages(calls: RunaCalls, since: Instant): AsyncGenerator<OrderPage> {
  const isPast = pastOf(addMs(since, -skewMs));
  let after: string | undefined;
  for (let page = 0; page < maximumPages; page += 1) {
    const reply = await calls.listOrders(after);
    if (reply.kind !== 'answer') return yield { kind: 'broken', failure: reply };
    const { items, pagination } = reply.body;
    if (items.length === 0) return;
    const end = items.findIndex(isPast);
    yield { kind: 'orders', orders: end < 0 ? items : items.slice(0, end) };
    if (end >= 0) return;
    const next = pagination?.cursors.after ?? undefined;
    if (next === undefined || next === after) {
      return yield { kind: 'broken', failure: { ...unreadable, status: reply.status } };
    }
    after = next;
  }
  yield { kind: 'tooLong' };
}

const unreadable = { kind: 'unreadable', detail: 'UNEXPECTED_FORM' } as const;

/** Whether an order is older than the limit, and older than one that came before it. */
function pastOf(limit: Instant): (order: ListedOrder) => boolean {
  let first: Instant | undefined;
  return ({ created_at: createdAt }) => {
    if (!createdAt) return false;
    first ??= createdAt;
    return createdAt < limit && createdAt < first;
  };
}
