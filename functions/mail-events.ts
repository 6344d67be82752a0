import { heedReturnedMail } from '../shared/app/messages/bounce.ts';
import { mailEventSchema } from '../shared/contracts/mail-events.ts';
import { composePublisher } from './_runtime/bus.ts';
import { composeMessages } from './_runtime/messages.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('mail-events');
const dependencies = {
  ...{ ...runtime, ...composeLedger(runtime), ...composeMessages(runtime) },
  publisher: composePublisher(),
};

/** Mails that came back or were called unwanted, as SES tells it. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: mailEventSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 5,
    handle: ({ body }) => heedReturnedMail(dependencies, body),
  }),
});
