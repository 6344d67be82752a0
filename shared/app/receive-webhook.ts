import type { RewardProvider } from '../ports/provider.ts';
import type { Logger, QueueSender } from '../ports/runtime.ts';

export interface WebhookDependencies {
  readonly logger: Logger;
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly settleQueue: QueueSender;
}

export interface IncomingWebhook {
  readonly provider: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
}

/** Checks who sent it and queues the hint: ids only. False for a forgery or an unknown provider. */
export async function receiveWebhook(
  { logger, providers, settleQueue }: WebhookDependencies,
  { provider: name, headers, rawBody }: IncomingWebhook,
): Promise<boolean> {
  const provider = providers.get(name);
  const reading = provider?.readWebhook({ headers, rawBody });
  if (reading === undefined || reading.kind === 'refused') {
    logger.warn('WEBHOOK_REFUSED', {});
    return false;
  }
  if (reading.kind === 'ignored') return true;
  await settleQueue.send({ body: { kind: 'webhook', provider: name, reading }, group: name });
  logger.info('WEBHOOK_RECEIVED', { provider: name });
  return true;
}
