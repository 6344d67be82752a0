import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createQueueSender } from '../../../shared/adapters/aws/queue-sender.ts';
import { createSealer } from '../../../shared/adapters/aws/sealer.ts';
import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { createLogger } from '../../../shared/adapters/telemetry/logger.ts';
import type { PayMemberDependencies } from '../../../shared/app/payouts/paying-run.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { planLocalStack } from '../../local/local-plan.ts';
import { clientSettings } from '../client-settings.ts';
import { say } from '../exit.ts';
import type { Session } from '../run/session.ts';

/** What a run of payouts works with, on a session's own table, keys and queues. */
export interface PayoutDesk {
  readonly dependencies: PayMemberDependencies;
  close(): void;
}

export async function openPayoutDesk(session: Session): Promise<PayoutDesk> {
  const { stack, table } = session;
  const clock = { now: () => session.now() };
  const { keys, functions } = await planLocalStack();
  const [dataKey] = keys;
  invariant(dataKey !== undefined, 'The stack has a key to seal with.');
  const environments = functions.map(({ environment }) => environment);
  const planned = environments.find(({ CHECK_QUEUE_URL }) => CHECK_QUEUE_URL)?.CHECK_QUEUE_URL;
  invariant(planned !== undefined, 'A function of the stack is told where checks wait.');
  const kms = new KMSClient(clientSettings(stack.clientEnvironment, 'KMS'));
  const atQueues = clientSettings(stack.clientEnvironment, 'SQS');
  const sqs = new SQSClient(atQueues);
  // A plan without a running stack knows the path alone.
  const queueUrl = new URL(new URL(planned).pathname, atQueues.endpoint).href;
  return {
    dependencies: {
      ...{ clock, digest: systemDigest, logger: createLogger({ write: writeWhereAsked }) },
      ...{ ledger: table.ledger, redemptions: table.redemptions, programs: table.programs },
      ...{
        payouts: table.payouts,
        sanctions: table.sanctions,
        contacts: table.contacts,
        rates: table.rates,
      },
      sealer: createSealer({ client: kms, keyArn: dataKey.arn, clock }),
      checkQueue: createQueueSender({ client: sqs, queueUrl }),
    },
    close: () => {
      kms.destroy();
      sqs.destroy();
    },
  };
}

function writeWhereAsked(line: string): void {
  if (process.env.GUERDON_DEBUG === '1') say(line.trimEnd());
}
