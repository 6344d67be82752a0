import type { RewardProvider, WebhookReading } from '../../ports/provider.ts';
import type { WebhookMemory } from '../../ports/provider-health.ts';
import type { Clock, Logger, QueueSender } from '../../ports/runtime.ts';

export interface WebhookDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly webhooks: WebhookMemory;
  readonly settleQueue: QueueSender;
}

export interface IncomingWebhook {
  readonly provider: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
}

/**
 * Checks who sent it and queues the hint, once: ids only. False for a forgery or an unknown
 * provider. Remembered only after it is queued, so that one whose answer was lost is taken again.
 */
export async function receiveWebhook(
  { clock, logger, providers, settleQueue, webhooks }: WebhookDependencies,
  { provider: name, headers, rawBody }: IncomingWebhook,
): Promise<boolean> {
  const now = clock.now();
  const reading = providers.get(name)?.readWebhook({ headers, rawBody }, now);
  if (reading === undefined || reading.kind === 'refused') {
    logger.warn('WEBHOOK_REFUSED', {});
    return false;
  }
  if (reading.kind === 'ignored') return true;
  const webhook = { provider: name, webhookId: reading.webhookId };
  if (await webhooks.knows(webhook)) return true;
  await settleQueue.send({ body: messageOf(name, reading), group: name });
  await webhooks.remember({ ...webhook, at: now });
  logger.info('WEBHOOK_RECEIVED', { provider: name });
  return true;
}

type Hint = Exclude<WebhookReading, { readonly kind: 'ignored' | 'refused' }>;

function messageOf(provider: string, reading: Hint): Readonly<Record<string, unknown>> {
  if (reading.kind !== 'product') return { kind: 'webhook', provider, reading };
  return { kind: 'catalogue', provider, product: reading.product };
}
