import { messageWriter } from '../shared/adapters/mail/messages.ts';
import { notify } from '../shared/app/notify.ts';
import { redemptionEventDetailSchema } from '../shared/contracts/events.ts';
import { readEnvironment } from './_runtime/environment.ts';
import { composeMailer } from './_runtime/mail.ts';
import { busMessage } from './_runtime/middleware/bus-message.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeClaimTokens, composeSealer } from './_runtime/sealing.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('notify');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  mailer: composeMailer(),
  messages: messageWriter,
  sealer: composeSealer(runtime),
  tokens: composeClaimTokens(runtime),
  claimBaseUrl: readEnvironment('CLAIM_BASE_URL').CLAIM_BASE_URL,
};

/** `redemption.settled.v1` from the notify queue. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: busMessage(redemptionEventDetailSchema),
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 10,
    handle: ({ body }) => notify(dependencies, body),
  }),
});
