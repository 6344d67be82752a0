import type { ReceivedEvent } from '../domain/earning/event.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import type { PublishedEvent, Publisher } from '../ports/runtime.ts';
import {
  type AccrualOutcome,
  type AccrueDependencies,
  accrue,
  type EventDelivery,
  eventHash,
} from './accrue.ts';

export interface IncomingEvent {
  readonly delivery: string;
  readonly program: string;
  /** The event as the edge read it, or why it could not. */
  readonly reading: Result<ReceivedEvent, Refusal>;
}

export interface ReceiveDependencies extends AccrueDependencies {
  readonly publisher: Publisher;
}

/**
 * Books a batch of events and tells the bus of those that changed nothing: refused, repeated, in
 * conflict (P9). Returns the positions that failed and must come again. A refusal is final and no
 * failure.
 */
export async function receiveEvents(
  dependencies: ReceiveDependencies,
  incoming: readonly IncomingEvent[],
): Promise<number[]> {
  const deliveries: EventDelivery[] = [];
  const positions: number[] = [];
  const notices: PublishedEvent[] = [];
  for (const [position, { reading, ...named }] of incoming.entries()) {
    if (reading.ok) {
      deliveries.push({ ...named, received: reading.value });
      positions.push(position);
    } else notices.push(notice(named, { kind: 'refused', refusal: reading.failure }));
  }
  const outcomes = await accrue(dependencies, deliveries);
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
    const entry = eventHash(dependencies.digest, delivery.received.event);
    notices.push(notice(delivery, outcome, entry));
  }
  await tell(dependencies, notices);
  return failed;
}

const noticeTypes = {
  refused: 'event.refused.v1',
  duplicate: 'event.duplicate.v1',
  conflict: 'event.conflict.v1',
} as const;

type Notable = Extract<AccrualOutcome, { kind: keyof typeof noticeTypes }>;

function isNotable(outcome: AccrualOutcome): outcome is Notable {
  return outcome.kind in noticeTypes;
}

function notice(
  { program, delivery }: Pick<IncomingEvent, 'program' | 'delivery'>,
  outcome: Notable,
  entry?: string,
): PublishedEvent {
  const refused = outcome.kind === 'refused' ? { ...outcome.refusal } : {};
  const detail = { program, delivery, ...(entry !== undefined && { entry }), ...refused };
  return { type: noticeTypes[outcome.kind], detail };
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
