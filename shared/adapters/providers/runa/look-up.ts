import { addMs } from '../../../domain/time.ts';
import type { AskedOrder, FindOutcome } from '../../../ports/provider.ts';
import type { Clock } from '../../../ports/runtime.ts';
import { type Asked, unknown } from '../order-outcome.ts';
import type { RunaCalls } from './calls.ts';
import { lookUpFailure, readOrder } from './outcome.ts';
import { orderPages } from './pages.ts';
import { type ListedOrder, referenceIn } from './reply.ts';

export interface LookUp {
  readonly calls: RunaCalls;
  readonly clock: Clock;
  /** How long an order that was asked for may be missing from the list. */
  readonly listLagMs: number;
}

/**
 * There is no call for our reference: it is looked for in the list of orders. One that is still
 * being made shows no reference there, so nothing is certain before all of them are done.
 */
export async function findOrder(
  { calls, clock, listLagMs }: LookUp,
  asked: Asked & Pick<AskedOrder, 'since' | 'lastSentAt'>,
): Promise<FindOutcome> {
  const askedAt = clock.now();
  let isUndecided = false;
  for await (const page of orderPages(calls, asked.since)) {
    if (page.kind === 'tooLong') return unknown('LIST_TOO_LONG');
    if (page.kind === 'broken') return lookUpFailure(page.failure);
    const ours = page.orders.find((order) => referenceIn(order) === asked.reference);
    if (ours !== undefined) return readWhole(calls, ours.id, asked);
    isUndecided ||= page.orders.some(isNameless);
  }
  if (isUndecided) return unknown('ORDERS_UNDECIDED');
  if (askedAt < addMs(asked.lastSentAt ?? asked.since, listLagMs)) return unknown('NOT_LISTED_YET');
  return { kind: 'notFound' };
}

async function readWhole(calls: RunaCalls, id: string, asked: Asked): Promise<FindOutcome> {
  const reply = await calls.getOrder(id);
  if (reply.kind !== 'answer') return lookUpFailure(reply);
  return reply.body.id === id ? readOrder(reply.body, asked) : unknown('CONTRADICTION');
}

/** A failed order may be nameless too; it gave nothing. */
function isNameless(order: ListedOrder): boolean {
  const isOver = order.status === 'COMPLETED' || order.status === 'FAILED';
  return !isOver && referenceIn(order) === undefined;
}
