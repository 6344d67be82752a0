import { randomBytes } from 'node:crypto';
import { Secret } from '../shared/domain/secret.ts';
import { composePublisher } from './_runtime/bus.ts';
import { readEnvironment } from './_runtime/environment.ts';
import { composeWebhookQueue } from './_runtime/queues.ts';
import { apiHandler } from './_runtime/routes.ts';
import { intakeAnswers } from './_runtime/routes-intake.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeLedger, composeSubscriptions } from './_runtime/stores.ts';

const runtime = composeRuntime('intake-api');
const stores = composeLedger(runtime);

/** What systems tell, and the addresses that want to be told what happens. */
export const handler = apiHandler({
  ...{ logger: runtime.logger, ledger: stores.ledger, name: 'intake-api' },
  answers: intakeAnswers({
    ...{ ...runtime, ...stores },
    subscriptions: composeSubscriptions(runtime),
    sealer: composeSealer(runtime),
    publisher: composePublisher(),
    webhookQueue: composeWebhookQueue(),
    newWebhookSecret: () => new Secret(`whsec_${randomBytes(32).toString('base64')}`),
    allowsHttp: readEnvironment('STAGE').STAGE === 'local',
  }),
});
