import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  createWebhookSender,
  type SignedWebhook,
  type WebhookSender,
} from '../common/webhook-sender.ts';
import type { StoredTransfer, TransferStatus } from './store.ts';

export interface WebhookEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface WebhookSettings {
  readonly profileId: string;
  readonly lateMs: number;
  readonly now: () => number;
  readonly closing: AbortSignal;
}

export interface WiseSender extends WebhookSender<WebhookEvent> {
  /** By the stand-in itself, or by somebody else. */
  sign(event: WebhookEvent, signer?: 'wise' | 'another'): SignedWebhook;
}

/** Made once a process: a pair of this length takes its time. */
const made = new Map<string, KeyPair>();

export function keysOf(owner: 'wise' | 'another'): KeyPair {
  const keys = made.get(owner) ?? generateKeyPairSync('rsa', { modulusLength: 2_048 });
  made.set(owner, keys);
  return keys;
}

export function publicKeyPem(): string {
  return keysOf('wise').publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** What is told of a change: a bounce and a refund have events of their own beside it. */
export function changeEvents(
  { id, changedAtMs, status }: StoredTransfer,
  before: TransferStatus,
  profileId: string,
): readonly WebhookEvent[] {
  const occurred_at = new Date(changedAtMs).toISOString();
  const profile_id = Number(profileId);
  const resource = { type: 'transfer', id, profile_id, account_id: 4_000_001 };
  const data = { resource, current_state: status, previous_state: before, occurred_at };
  const change = { type: 'transfers#state-change', data };
  if (status === 'funds_refunded') return [change, { type: 'transfers#refund', data }];
  if (status !== 'bounced_back') return [change];
  const failed = {
    transfer_id: id,
    profile_id,
    failure_reason_code: 'ACCOUNT_CLOSED',
    occurred_at,
  };
  return [change, { type: 'transfers#payout-failure', data: failed }];
}

export function wiseSender({ profileId, now, lateMs, closing }: WebhookSettings): WiseSender {
  const signed = (event: WebhookEvent, signer: 'wise' | 'another' = 'wise') =>
    signedWebhook(event, keysOf(signer).privateKey, now());
  const sender = createWebhookSender<WebhookEvent>({
    ...{ sign: (event) => signed(event), lateMs, closing, signsAnew: false },
    forge: (event) => signed(event, 'another'),
    unknownBeside: () => {
      const resource = { type: 'balance', id: 200_001, profile_id: Number(profileId) };
      return { type: 'balances#rearranged', data: { resource } };
    },
  });
  return { ...sender, sign: signed };
}

function signedWebhook({ type, data }: WebhookEvent, key: KeyObject, nowMs: number): SignedWebhook {
  const body = {
    ...{ data, subscription_id: uuidOf('subscription'), event_type: type },
    ...{ schema_version: '2.0.0', sent_at: new Date(nowMs).toISOString() },
  };
  const rawBody = Buffer.from(JSON.stringify(body));
  const headers = {
    'content-type': 'application/json',
    'x-signature-sha256': sign('RSA-SHA256', rawBody, key).toString('base64'),
    'x-delivery-id': uuidOf(JSON.stringify([type, data])),
  };
  return { headers, rawBody };
}

/** Always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
