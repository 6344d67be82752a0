import type { CallFaults } from './faults.ts';
import { pause } from './pause.ts';

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

export type WebhookFault = 'badSignature' | 'unknownEvent' | 'lateWebhook' | 'duplicate';
export type WebhookFaults = Pick<CallFaults<WebhookFault>, 'strikes'>;

export interface SenderSettings<Event> {
  sign(event: Event): SignedWebhook;
  /** As somebody else would, who has no key. */
  forge(event: Event): SignedWebhook;
  /** An event that nobody has heard of, to go before this one. */
  unknownBeside(event: Event): Event;
  /** Each sending has its own time and signature; else all have those of the first. */
  readonly signsAnew: boolean;
  readonly lateMs: number;
  readonly closing: AbortSignal;
}

export interface WebhookSender<Event> {
  setUrl(url: string | undefined): void;
  url(): string | undefined;
  send(event: Event, faults: WebhookFaults): void;
  /** Sent or still to be sent, and not yet answered. */
  underWay(): number;
  /** Forged webhooks that were answered as if they were good: there must be none. */
  forgedAccepted(): number;
}

const sendings = 3;
const retryAfterMs = 250;

/** Sends each event until it is answered 2xx, three times at most: few schedules are published. */
export function createWebhookSender<Event>(settings: SenderSettings<Event>): WebhookSender<Event> {
  const { sign, forge, signsAnew, lateMs, closing } = settings;
  let url: string | undefined;
  let underWay = 0;
  let forgedAccepted = 0;
  const post = async ({ headers, rawBody }: SignedWebhook): Promise<boolean> => {
    if (url === undefined || closing.aborted) return false;
    try {
      const body = Buffer.from(rawBody);
      const response = await fetch(url, { method: 'POST', headers, body, signal: closing });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  };
  const deliver = async (signed: () => SignedWebhook, waitMs: number): Promise<void> => {
    await pause(waitMs, closing);
    for (let sending = 1; sending <= sendings; sending += 1) {
      if (await post(signed())) return;
      await pause(retryAfterMs * sending, closing);
    }
  };
  const track = (work: Promise<void>): void => {
    underWay += 1;
    void work.finally(() => {
      underWay -= 1;
    });
  };
  const sendForged = async (event: Event): Promise<void> => {
    if (await post(forge(event))) forgedAccepted += 1;
  };
  const signedAs = (event: Event): (() => SignedWebhook) => {
    if (signsAnew) return () => sign(event);
    const once = sign(event);
    return () => once;
  };
  return {
    setUrl: (newUrl) => {
      url = newUrl;
    },
    ...{ url: () => url, underWay: () => underWay, forgedAccepted: () => forgedAccepted },
    send: (event, faults) => {
      if (url === undefined) return;
      if (faults.strikes('badSignature')) track(sendForged(event));
      if (faults.strikes('unknownEvent')) {
        track(deliver(signedAs(settings.unknownBeside(event)), 0));
      }
      const waitMs = faults.strikes('lateWebhook') ? lateMs : 0;
      const signed = signedAs(event);
      track(deliver(signed, waitMs));
      if (faults.strikes('duplicate')) track(deliver(signed, waitMs));
    },
  };
}
