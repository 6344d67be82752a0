import { createHmac } from 'node:crypto';
import { pause } from '../tremendous/pause.ts';
import type { CallFaults } from './faults.ts';
import { madeId } from './store.ts';

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

/** One event; `id` is the same whenever it is sent. */
export interface WebhookEvent {
  readonly id: string;
  readonly body: object;
}

export interface WebhookSettings {
  /** `whsec_<base64>`. */
  readonly secret: string;
  readonly lateMs: number;
  readonly now: () => Date;
}

export interface WebhookSender {
  setUrl(url: string | undefined): void;
  send(event: WebhookEvent, faults: Pick<CallFaults, 'strikes'>): void;
  /** Several secrets, as while one takes the place of another, make several signatures. */
  sign(event: WebhookEvent, ...secrets: readonly string[]): SignedWebhook;
  /** Sent or still to be sent, and not yet answered. */
  underWay(): number;
  /** Forged webhooks that were answered as if they were good: there must be none. */
  forgedAccepted(): number;
  close(): void;
}

const sendings = 3;
const retryAfterMs = 250;
const otherSecret = 'whsec_bm90IHRoZSBrZXkgb2YgdGhpcyBhY2NvdW50';

/** Sends each event until it is answered 2xx, three times at most: the vendor goes on for days. */
export function createWebhookSender({ secret, lateMs, now }: WebhookSettings): WebhookSender {
  let url: string | undefined;
  let underWay = 0;
  let forgedAccepted = 0;
  const closing = new AbortController();

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
  const sign = (event: WebhookEvent, ...secrets: readonly string[]): SignedWebhook =>
    signedWebhook(event, now(), secrets.length === 0 ? [secret] : secrets);
  /** Each sending is signed anew, with its own time. */
  const deliver = async (event: WebhookEvent, waitMs: number): Promise<void> => {
    await pause(waitMs, closing.signal);
    for (let sending = 1; sending <= sendings; sending += 1) {
      if (await post(sign(event))) return;
      await pause(retryAfterMs * sending, closing.signal);
    }
  };
  const track = (work: Promise<void>): void => {
    underWay += 1;
    void work.finally(() => {
      underWay -= 1;
    });
  };
  const forge = async (event: WebhookEvent): Promise<void> => {
    if (await post(sign(event, otherSecret))) forgedAccepted += 1;
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
      if (faults.strikes('unknownEvent')) {
        track(deliver({ id: `${event.id}N`, body: { weather: 'fair' } }, 0));
      }
      const waitMs = faults.strikes('lateWebhook') ? lateMs : 0;
      track(deliver(event, waitMs));
      if (faults.strikes('duplicate')) track(deliver(event, waitMs));
    },
  };
}

export function webhookId(...parts: readonly (string | number)[]): string {
  return madeId('msg_', 24, ...parts);
}

function signedWebhook(
  { id, body }: WebhookEvent,
  at: Date,
  secrets: readonly string[],
): SignedWebhook {
  const rawBody = Buffer.from(JSON.stringify(body));
  const time = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signed = Buffer.concat([Buffer.from(`${id}.${time}.`), rawBody]);
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  const headers = {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': time,
    'svix-signature': signatures.join(' '),
  };
  return { headers, rawBody };
}
