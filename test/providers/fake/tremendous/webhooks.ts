import { createHash, createHmac } from 'node:crypto';
import {
  createWebhookSender,
  type SignedWebhook,
  type WebhookSender,
} from '../common/webhook-sender.ts';
import { madeId } from './store.ts';

export interface WebhookEvent {
  readonly event: string;
  readonly resource: { readonly id: string; readonly type: string };
}

export interface WebhookSettings {
  readonly key: string;
  readonly lateMs: number;
  readonly now: () => Date;
  readonly closing: AbortSignal;
}

export interface TremendousSender extends WebhookSender<WebhookEvent> {
  sign(event: WebhookEvent, key?: string): SignedWebhook;
}

export function tremendousSender({ key, now, lateMs, closing }: WebhookSettings): TremendousSender {
  const sign = (event: WebhookEvent, signingKey = key) => signedWebhook(event, signingKey, now());
  const sender = createWebhookSender<WebhookEvent>({
    ...{ sign: (event) => sign(event), lateMs, closing, signsAnew: false },
    forge: (event) => sign(event, 'not the key'),
    unknownBeside: ({ resource: { id } }) => {
      const resource = { id: madeId('member', id), type: 'members' };
      return { event: 'MEMBERS.REARRANGED', resource };
    },
  });
  return { ...sender, sign };
}

function signedWebhook(event: WebhookEvent, key: string, at: Date): SignedWebhook {
  const { resource } = event;
  const body = {
    event: event.event,
    uuid: uuidOf(`${event.event}|${resource.id}`),
    created_utc: at.toISOString(),
    payload: { resource, meta: {} },
  };
  const rawBody = Buffer.from(JSON.stringify(body));
  const signature = createHmac('sha256', key).update(rawBody).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'tremendous-webhook-signature': `sha256=${signature}`,
  };
  return { headers, rawBody };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
