import { createHash, createHmac } from 'node:crypto';
import type { CallFaults } from './faults.ts';
import { pause } from './pause.ts';
import { madeId } from './store.ts';

export interface WebhookEvent {
  readonly event: string;
  readonly resource: { readonly id: string; readonly type: string };
}

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

export interface WebhookSettings {
  readonly key: string;
  readonly lateMs: number;
  readonly now: () => Date;
}

export interface WebhookSender {
  setUrl(url: string | undefined): void;
  url(): string | undefined;
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

/**
 * Sends each event until it is answered 2xx, three times at most: the vendor's schedule is not
 * published.
 */
export function createWebhookSender({ key, lateMs, now }: WebhookSettings): WebhookSender {
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
  const sign = (event: WebhookEvent, signingKey = key): SignedWebhook =>
    signedWebhook(event, signingKey, now());
  const forge = async (event: WebhookEvent): Promise<void> => {
    if (await post(sign(event, 'not the key'))) forgedAccepted += 1;
  };

  return {
    setUrl: (newUrl) => {
      url = newUrl;
    },
    url: () => url,
    underWay: () => underWay,
    forgedAccepted: () => forgedAccepted,
    sign,
    close: () => closing.abort(),
    send: (event, faults) => {
      if (url === undefined) return;
      if (faults.strikes('badSignature')) {
        track(forge(event));
      }
      if (faults.strikes('unknownEvent')) {
        const resource = { id: madeId('member', event.resource.id), type: 'members' } as const;
        track(deliver(sign({ event: 'MEMBERS.REARRANGED', resource }), 0));
      }
      const waitMs = faults.strikes('lateWebhook') ? lateMs : 0;
      const signed = sign(event);
      track(deliver(signed, waitMs));
      if (faults.strikes('duplicate')) track(deliver(signed, waitMs));
    },
  };
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
