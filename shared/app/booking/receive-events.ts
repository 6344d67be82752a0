import type { ReceivedEvent } from '../../domain/earning/event.ts';
import { type AccrueDependencies, accrue } from './accrue.ts';
import { type Incoming, type ReceiveDependencies, receiveBatch } from './receive-batch.ts';

export type IncomingEvent = Incoming<ReceivedEvent>;

/** Books a batch of customers' events; see `receiveBatch`. */
export function receiveEvents(
  dependencies: AccrueDependencies & ReceiveDependencies,
  incoming: readonly IncomingEvent[],
): Promise<number[]> {
  return receiveBatch(dependencies, incoming, {
    book: (deliveries) => accrue(dependencies, deliveries),
    referenceOf: ({ event }) => event,
  });
}
