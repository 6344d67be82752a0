import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { madeText } from '../common/made-text.ts';
import {
  createWebhookSender,
  type SignedWebhook,
  type WebhookSender,
} from '../common/webhook-sender.ts';
import { type ItemStatus, latest, type StoredBatch } from './store.ts';
import { batchView, itemView } from './views.ts';

export interface WebhookEvent {
  readonly id: string;
  readonly event_type: string;
  readonly resource: object;
}

const pair = readFileSync(join(import.meta.dirname, 'signing-pair.pem'), 'utf8');
const blockOf = (name: string): string =>
  new RegExp(`-----BEGIN ${name}-----[^-]+-----END ${name}-----`).exec(pair)?.[0] ?? '';

/** What the stand-in signs with, as PayPal publishes its own. */
export const certificate = blockOf('CERTIFICATE');
const key = createPrivateKey(blockOf('PRIVATE KEY'));

export const certificateName = 'CERT-360caa42-fca2a594-a5cafa77';

let strangersKey: KeyObject | undefined;

/** Of somebody who has no certificate; made once, for it takes a while. */
function forgersKey(): KeyObject {
  strangersKey ??= generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  return strangersKey;
}

export interface SenderSettings {
  readonly webhookId: string;
  readonly baseUrl: () => string;
  readonly now: () => number;
  readonly lateMs: number;
  readonly closing: AbortSignal;
}

export interface PayPalSender extends WebhookSender<WebhookEvent> {
  sign(event: WebhookEvent): SignedWebhook;
  forge(event: WebhookEvent): SignedWebhook;
}

export function payPalSender(settings: SenderSettings): PayPalSender {
  const { lateMs, closing } = settings;
  const signed = (event: WebhookEvent) => signedWebhook(event, settings, key);
  const forge = (event: WebhookEvent) => signedWebhook(event, settings, forgersKey());
  const sender = createWebhookSender<WebhookEvent>({
    ...{ sign: signed, forge, lateMs, closing, signsAnew: false },
    unknownBeside: ({ id, resource }) => ({
      ...{ id: `${id}X`, event_type: 'CUSTOMER.DISPUTE.CREATED', resource },
    }),
  });
  return { ...sender, sign: signed, forge };
}

function signedWebhook(
  event: WebhookEvent,
  { webhookId, baseUrl, now }: SenderSettings,
  signingKey: KeyObject,
): SignedWebhook {
  const atMs = now();
  const create_time = new Date(atMs).toISOString();
  const rest = { create_time, event_version: '1.0', summary: 'Something has moved.', links: [] };
  const rawBody = Buffer.from(JSON.stringify({ ...event, resource_type: 'payouts', ...rest }));
  const transmission = madeText(32, ['transmission', event.id, atMs]);
  const time = create_time.replace(/\.\d+Z$/, 'Z');
  const text = `${transmission}|${time}|${webhookId}|${crc32(rawBody)}`;
  const headers = {
    'content-type': 'application/json',
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': `${baseUrl()}/v1/notifications/certs/${certificateName}`,
    'paypal-transmission-id': transmission,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': sign('sha256', Buffer.from(text), signingKey).toString('base64'),
  };
  return { headers, rawBody };
}

/** By which name an item's state is told; none is published for REVERSED, nor one for PENDING. */
const itemEvents: Readonly<Record<ItemStatus, string | undefined>> = {
  PENDING: undefined,
  SUCCESS: 'SUCCEEDED',
  UNCLAIMED: 'UNCLAIMED',
  ONHOLD: 'HELD',
  FAILED: 'FAILED',
  RETURNED: 'RETURNED',
  BLOCKED: 'BLOCKED',
  REFUNDED: 'REFUNDED',
  REVERSED: undefined,
};

/** What is told when a batch has come to its latest change. */
export function eventsOf(batch: StoredBatch, baseUrl: string): readonly WebhookEvent[] {
  const { changes } = batch;
  const [change, before] = [latest(batch), changes.at(-2)];
  const shown = { batch, baseUrl };
  const named = (about: string, event_type: string, resource: object) => ({
    ...{ id: `WH-${madeText(17, [about, batch.id, changes.length])}`, event_type, resource },
  });
  const item = itemEvents[change.item];
  return [
    ...(change.batch !== before?.batch && change.batch !== 'PENDING'
      ? [named('batch', `PAYMENT.PAYOUTSBATCH.${change.batch}`, batchView(shown))]
      : []),
    ...(item !== undefined && change.item !== before?.item
      ? [named('item', `PAYMENT.PAYOUTS-ITEM.${item}`, itemView(shown))]
      : []),
  ];
}
