import { createHash, createHmac } from 'node:crypto';
import {
  createWebhookSender,
  type SignedWebhook,
  type WebhookSender,
} from '../common/webhook-sender.ts';

export interface TangoEvent {
  readonly category: string;
  readonly eventType: string;
  readonly eventData: Readonly<Record<string, unknown>>;
}

export interface WebhookSettings {
  /** Goes along in the header that the subscription names. */
  readonly key: string;
  /** Base64: what the bodies are signed with. */
  readonly hmacSecret: string;
  readonly lateMs: number;
  readonly nowMs: () => number;
  readonly closing: AbortSignal;
}

export interface TangoSender extends WebhookSender<TangoEvent> {
  sign(event: TangoEvent, forger?: 'forger'): SignedWebhook;
}

export function tangoSender(settings: WebhookSettings): TangoSender {
  const { lateMs, closing } = settings;
  const sign: TangoSender['sign'] = (event, forger) => signedWebhook(event, settings, forger);
  const sender = createWebhookSender<TangoEvent>({
    ...{
      sign: (event) => sign(event),
      lateMs,
      closing,
      signsAnew: false,
      unknownBeside: unknownEvent,
    },
    forge: (event) => sign(event, 'forger'),
  });
  return { ...sender, sign };
}

function unknownEvent({ eventData }: TangoEvent): TangoEvent {
  return { category: 'ACCOUNT', eventType: 'AccountRepainted', eventData };
}

function signedWebhook(
  event: TangoEvent,
  { key, hmacSecret, nowMs }: WebhookSettings,
  forger?: 'forger',
): SignedWebhook {
  const eventId = createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 32);
  const eventOccurredAt = new Date(nowMs()).toISOString();
  const rawBody = Buffer.from(JSON.stringify({ eventId, revision: 1, ...event, eventOccurredAt }));
  const secret = forger === undefined ? Buffer.from(hmacSecret, 'base64') : 'not the secret';
  return {
    headers: {
      'content-type': 'application/json',
      'x-guerdon-webhook-key': forger === undefined ? key : 'not the key of the subscription',
      'x-signed-payload': createHmac('sha256', secret).update(rawBody).digest('base64'),
    },
    rawBody,
  };
}
