import { busEventTypes } from '../../domain/bus-event.ts';
import type { EventReference } from '../../domain/earning/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import type { Digest, Logger, PublishedEvent, Publisher } from '../../ports/runtime.ts';
import { eventHash } from './event-hash.ts';

/** One message of a batch: what the edge has read, or why it could not. */
export interface Incoming<Received> {
  readonly delivery: string;
  readonly program: string;
  readonly reading: Result<Received, Refusal>;
}

export interface Delivery<Received> {
  readonly delivery: string;
  readonly program: string;
  readonly received: Received;
}

/** What became of a delivery; kinds that are not named here changed something. */
export type Outcome =
  | { readonly kind: 'accrued' | 'returned' | 'done' | 'duplicate' | 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface ReceiveDependencies {
  readonly digest: Digest;
  readonly logger: Logger;
  readonly publisher: Publisher;
}

export interface Receiving<Received> {
  readonly book: (deliveries: readonly Delivery<Received>[]) => Promise<Outcome[]>;
  readonly referenceOf: (received: Received) => EventReference;
}

/**
 * Books a batch and tells the bus of what changed nothing: refused, repeated, in conflict (P9).
 * Returns the positions that failed and must come again. A refusal is final and no failure.
 */
export async function receiveBatch<Received>(
  dependencies: ReceiveDependencies,
  incoming: readonly Incoming<Received>[],
  { book, referenceOf }: Receiving<Received>,
): Promise<number[]> {
  const deliveries: Delivery<Received>[] = [];
  const positions: number[] = [];
  const notices: PublishedEvent[] = [];
  for (const [position, { reading, ...named }] of incoming.entries()) {
    if (reading.ok) {
      deliveries.push({ ...named, received: reading.value });
      positions.push(position);
    } else notices.push(notice(named, { kind: 'refused', refusal: reading.failure }));
  }
  const outcomes = await book(deliveries);
  const failed: number[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const delivery = deliveries[at];
    const position = positions[at];
    if (delivery === undefined || position === undefined) continue;
    if (outcome.kind === 'failed') {
      failed.push(position);
      continue;
    }
    if (!isNotable(outcome)) continue;
    const entry = eventHash(dependencies.digest, referenceOf(delivery.received));
    notices.push(notice(delivery, outcome, entry));
  }
  await tell(dependencies, notices);
  return failed;
}

const noticeTypes = {
  refused: busEventTypes.eventRefused,
  duplicate: busEventTypes.eventDuplicate,
  conflict: busEventTypes.eventConflict,
} as const;

type Notable = Extract<Outcome, { kind: keyof typeof noticeTypes }>;

function isNotable(outcome: Outcome): outcome is Notable {
  return outcome.kind in noticeTypes;
}

function notice(
  { program, delivery }: Pick<Incoming<unknown>, 'program' | 'delivery'>,
  outcome: Notable | { readonly kind: 'refused'; readonly refusal: Refusal },
  entry?: string,
): PublishedEvent {
  const refused = 'refusal' in outcome ? { ...outcome.refusal } : {};
  const detail = { program, delivery, ...(entry !== undefined && { entry }), ...refused };
  return { type: noticeTypes[outcome.kind as Notable['kind']], detail };
}

async function tell(
  { logger, publisher }: ReceiveDependencies,
  notices: readonly PublishedEvent[],
): Promise<void> {
  if (notices.length === 0) return;
  await publisher.publish(notices);
  for (const [kind, code] of noticeCodes) {
    const count = notices.filter(({ type }) => type === noticeTypes[kind]).length;
    if (count > 0) logger.info(code, { count });
  }
}

const noticeCodes = [
  ['refused', 'EVENT_REFUSED'],
  ['duplicate', 'EVENT_DUPLICATE'],
  ['conflict', 'EVENT_CONFLICT'],
] as const;
