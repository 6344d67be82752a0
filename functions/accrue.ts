import * as z from 'zod/mini';
import { receiveEvents } from '../shared/app/booking/receive-events.ts';
import { customerEventDetailSchema, readCustomerEvent } from '../shared/contracts/events.ts';
import { composePublisher } from './_runtime/bus.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('accrue');
const dependencies = { ...runtime, ...composeLedger(runtime), publisher: composePublisher() };

/** Events of producers from the accrue queue, as the bus wraps them. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: z.object({ id: z.string(), detail: customerEventDetailSchema }),
  run: async (messages) => {
    const incoming = messages.map(({ body: { id, detail } }) => ({
      delivery: detail.delivery ?? id,
      program: detail.program,
      reading: readCustomerEvent(detail.event),
    }));
    const failed = await receiveEvents(dependencies, incoming);
    return failed.flatMap((position) => messages[position]?.messageId ?? []);
  },
});
