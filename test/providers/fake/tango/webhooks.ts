import { createHash, createHmac } from 'node:crypto';
import { pause } from '../tremendous/pause.ts';
import type { TangoCallFaults } from './faults.ts';

export interface TangoEvent {
  readonly category: string;
  readonly eventType: string;
  readonly eventData: Readonly<Record<string, unknown>>;
}

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

export interface WebhookSettings {
  /** Goes along in the header that the subscription names. */
  readonly key: string;
  /** Base64: what the bodies are signed with. */
  readonly hmacSecret: string;
  readonly lateMs: number;
  readonly nowMs: () => number;
}

export interface WebhookSender {
  setUrl(url: string | undefined): void;
  send(event: TangoEvent, faults: TangoCallFaults): void;
  sign(event: TangoEvent, forger?: 'forger'): SignedWebhook;
  /** Sent or still to be sent, and not yet answered. */
  underWay(): number;
  /** Forged webhooks that were answered as if they were good: there must be none. */
  forgedAccepted(): number;
  close(): void;
}

const sendings = 3;
const retryAfterMs = 250;

/** Sends each event until it is answered 2xx, three times at most: no schedule is published. */
export function createWebhookSender(settings: WebhookSettings): WebhookSender {
  let url: string | undefined;
  let underWay = 0;
  let forgedAccepted = 0;
  const closing = new AbortController();

  const post = async (signed: SignedWebhook): Promise<boolean> => {
    if (url === undefined || closing.signal.aborted) return false;
    try {
      const body = Buffer.from(signed.rawBody);
      const init = { method: 'POST', headers: signed.headers, body, signal: closing.signal };
      const response = await fetch(url, init);
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  };
  const deliver = async (signed: SignedWebhook, waitMs: number): Promise<void> => {
    await pause(waitMs, closing.signal);
    for (let sending = 1; sending <= sendings; sending += 1) {
      if (await post(signed)) return;
      await pause(retryAfterMs * sending, closing.signal);
    }
  };
  const track = (work: Promise<void>): void => {
    underWay += 1;
    void work.finally(() => {
      underWay -= 1;
    });
  };
  const sign: WebhookSender['sign'] = (event, forger) => signedWebhook(event, settings, forger);
  const forge = async (event: TangoEvent): Promise<void> => {
    if (await post(sign(event, 'forger'))) forgedAccepted += 1;
  };

  return {
    setUrl: (newUrl) => {
      url = newUrl;
    },
    underWay: () => underWay,
    forgedAccepted: () => forgedAccepted,
    sign,
    close: () => closing.abort(),
    send: (event, faults) => {
      if (url === undefined) return;
      if (faults.strikes('badSignature')) track(forge(event));
      if (faults.strikes('unknownEvent')) track(deliver(sign(unknownEvent(event)), 0));
      const waitMs = faults.strikes('lateWebhook') ? settings.lateMs : 0;
      const signed = sign(event);
      track(deliver(signed, waitMs));
      if (faults.strikes('duplicate')) track(deliver(signed, waitMs));
    },
  };
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
