import { createHmac } from 'node:crypto';
import { pause } from '../tremendous/pause.ts';
import type { CallFaults } from './faults.ts';
import type { StoredOrder } from './store.ts';

export interface WebhookEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

export interface WebhookSettings {
  readonly key: string;
  readonly scheme: 'bodyAndTime' | 'body';
  readonly lateMs: number;
  readonly now: () => number;
}

export interface WebhookSender {
  setUrl(url: string | undefined): void;
  send(event: WebhookEvent, faults: CallFaults): void;
  sign(event: WebhookEvent, key?: string): SignedWebhook;
  /** Sent or still to be sent, and not yet answered. */
  underWay(): number;
  /** Forged webhooks that were answered as if they were good: there must be none. */
  forgedAccepted(): number;
  close(): void;
}

const sendings = 3;
const retryAfterMs = 250;

export function statusEvent({ id, externalId, status }: StoredOrder): WebhookEvent {
  const data = { transactionId: id, customIdentifier: externalId, status };
  return { type: 'giftcard_transaction.status', data };
}

/** Sends each event until it is answered 2xx, three times at most: no schedule is published. */
export function createWebhookSender(settings: WebhookSettings): WebhookSender {
  let url: string | undefined;
  let underWay = 0;
  let forgedAccepted = 0;
  const closing = new AbortController();
  const sign = (event: WebhookEvent, key = settings.key) => signedWebhook(event, settings, key);

  const post = async ({ headers, rawBody }: SignedWebhook): Promise<boolean> => {
    if (url === undefined || closing.signal.aborted) return false;
    try {
      const body = Buffer.from(rawBody);
      const response = await fetch(url, { method: 'POST', headers, body, signal: closing.signal });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  };
  const deliver = async (event: WebhookEvent, waitMs: number): Promise<void> => {
    await pause(waitMs, closing.signal);
    for (let sending = 1; sending <= sendings; sending += 1) {
      if (await post(sign(event))) return;
      await pause(retryAfterMs * sending, closing.signal);
    }
  };
  const forge = async (event: WebhookEvent): Promise<void> => {
    if (await post(sign(event, 'not the key'))) forgedAccepted += 1;
  };
  const track = (work: Promise<void>): void => {
    underWay += 1;
    void work.finally(() => {
      underWay -= 1;
    });
  };
  return {
    setUrl: (newUrl) => {
      url = newUrl;
    },
    ...{ sign, underWay: () => underWay, forgedAccepted: () => forgedAccepted },
    close: () => closing.abort(),
    send: (event, faults) => {
      if (url === undefined) return;
      if (faults.strikes('badSignature')) track(forge(event));
      const waitMs = faults.strikes('lateWebhook') ? settings.lateMs : 0;
      track(deliver(event, waitMs));
      if (faults.strikes('duplicate')) track(deliver(event, waitMs));
    },
  };
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
