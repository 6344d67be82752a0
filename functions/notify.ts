import { messageWriter } from '../shared/adapters/mail/messages.ts';
import { notify } from '../shared/app/messages/notify.ts';
import { noticeSchema } from '../shared/contracts/notices.ts';
import { readEnvironment } from './_runtime/environment.ts';
import { composeMailer } from './_runtime/mail.ts';
import { composeMessages } from './_runtime/messages.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeNotifyQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeClaimTokens, composePageTokens, composeSealer } from './_runtime/sealing.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('notify');
const dependencies = {
  ...{ ...runtime, ...composeLedger(runtime), ...composeMessages(runtime) },
  mailer: composeMailer(),
  messages: messageWriter,
  sealer: composeSealer(runtime),
  tokens: composeClaimTokens(runtime),
  pageTokens: composePageTokens(runtime),
  notifyQueue: composeNotifyQueue(),
  pagesBaseUrl: readEnvironment('PAGES_BASE_URL').PAGES_BASE_URL,
};

/** Events of the bus that members are told of, and messages that have waited. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: noticeSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 10,
    handle: ({ body }) => notify(dependencies, body),
  }),
});
