import { createHmac } from 'node:crypto';
import {
  createWebhookSender,
  type SignedWebhook,
  type WebhookSender,
} from '../common/webhook-sender.ts';
import { madeId } from './store.ts';

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
  readonly closing: AbortSignal;
}

export interface RunaSender extends WebhookSender<WebhookEvent> {
  /** Several secrets, as while one takes the place of another, make several signatures. */
  sign(event: WebhookEvent, ...secrets: readonly string[]): SignedWebhook;
}

const otherSecret = 'whsec_bm90IHRoZSBrZXkgb2YgdGhpcyBhY2NvdW50';

export function runaSender({ secret, lateMs, now, closing }: WebhookSettings): RunaSender {
  const sign: RunaSender['sign'] = (event, ...secrets) =>
    signedWebhook(event, now(), secrets.length === 0 ? [secret] : secrets);
  const sender = createWebhookSender<WebhookEvent>({
    ...{ sign: (event) => sign(event), lateMs, closing, signsAnew: true },
    forge: (event) => sign(event, otherSecret),
    unknownBeside: ({ id }) => ({ id: `${id}N`, body: { weather: 'fair' } }),
  });
  return { ...sender, sign };
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
