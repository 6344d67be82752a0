import { addMs, formatInstant, type Instant } from '../../../domain/time.ts';
import type { HttpFailure } from '../http.ts';
import type { TangoCalls } from './calls.ts';
import type { OrderRow, TangoProblem } from './reply.ts';
import type { TangoAccount } from './request.ts';

export interface Period {
  readonly from: Instant;
  /** Not in it any more. */
  readonly to: Instant;
}

/** Longer windows (100 days) and blocks (100 rows) are refused. */
const windowMs = 99 * 86_400_000;
const rowsPerBlock = 100;

/** One after the other, of the length that a list may cover. */
export function* windowsOf({ from, to }: Period): Generator<Period> {
  for (let start = from; start < to; start = addMs(start, windowMs)) {
    const end = addMs(start, windowMs);
    yield { from: start, to: end < to ? end : to };
  }
}

export interface Listing {
  readonly calls: TangoCalls;
  readonly account: TangoAccount;
}

/** One block of a window's rows; `page` counts from 0. */
export function listBlock(
  { calls, account }: Listing,
  { from, to }: Period,
  { page, wireReference }: { readonly page: number; readonly wireReference?: string },
): ReturnType<TangoCalls['listOrders']> {
  return calls.listOrders({
    accountIdentifier: account.accountIdentifier,
    customerIdentifier: account.customerIdentifier,
    startDate: formatInstant(from),
    endDate: formatInstant(to),
    elementsPerBlock: `${rowsPerBlock}`,
    page: `${page}`,
    ...(wireReference !== undefined && { externalRefID: wireReference }),
  });
}

export type RowsOutcome =
  | { readonly kind: 'rows'; readonly rows: readonly OrderRow[] }
  | HttpFailure<TangoProblem>;

/** The rows of one reference, over as many windows as it takes: one, unless it is very old. */
export async function rowsOf(
  listing: Listing,
  period: Period,
  wireReference: string,
): Promise<RowsOutcome> {
  const rows = new Map<string, OrderRow>();
  for (const window of windowsOf(period)) {
    const reply = await listBlock(listing, window, { page: 0, wireReference });
    if (reply.kind !== 'answer') return reply;
    for (const row of reply.body.orders) rows.set(row.referenceOrderID, row);
  }
  return { kind: 'rows', rows: [...rows.values()] };
}
