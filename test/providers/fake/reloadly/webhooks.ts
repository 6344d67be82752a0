import { createHmac } from 'node:crypto';
import {
  createWebhookSender,
  type SignedWebhook,
  type WebhookSender,
} from '../common/webhook-sender.ts';
import type { StoredOrder } from './store.ts';

export interface WebhookEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface WebhookSettings {
  readonly key: string;
  readonly scheme: 'bodyAndTime' | 'body';
  readonly lateMs: number;
  readonly now: () => number;
  readonly closing: AbortSignal;
}

export interface ReloadlySender extends WebhookSender<WebhookEvent> {
  sign(event: WebhookEvent, key?: string): SignedWebhook;
}

export function statusEvent({ id, externalId, status }: StoredOrder): WebhookEvent {
  const data = { transactionId: id, customIdentifier: externalId, status };
  return { type: 'giftcard_transaction.status', data };
}

export function reloadlySender(settings: WebhookSettings): ReloadlySender {
  const { lateMs, closing } = settings;
  const sign = (event: WebhookEvent, key = settings.key) => signedWebhook(event, settings, key);
  const sender = createWebhookSender<WebhookEvent>({
    ...{ sign: (event) => sign(event), lateMs, closing, signsAnew: true },
    forge: (event) => sign(event, 'not the key'),
    unknownBeside: ({ data }) => ({ type: 'airtime_transaction.status', data }),
  });
  return { ...sender, sign };
}

function signedWebhook(
  event: WebhookEvent,
  { scheme, now }: WebhookSettings,
  key: string,
): SignedWebhook {
  const rawBody = Buffer.from(JSON.stringify(event));
  const time = String(now());
  const hmac = createHmac('sha256', key).update(rawBody);
  const signature = (scheme === 'bodyAndTime' ? hmac.update(`:${time}`) : hmac).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-reloadly-signature': signature,
    'x-reloadly-request-timestamp': time,
  };
  return { headers, rawBody };
}
