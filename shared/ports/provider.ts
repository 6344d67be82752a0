import type { Money } from '../domain/money/money.ts';
import type { Secret } from '../domain/secret.ts';

/** Why a provider said no, and what may be done about it. */
export type RejectionReason =
  | 'permanent'
  | 'retrySameKey'
  | 'retryNewKey'
  | 'waitForFunds'
  | 'waitForLimit'
  | 'configuration';

/** `detail` is a short code of ours, safe to log and store: never the provider's own text. */
export type OrderOutcome =
  | {
      readonly kind: 'accepted';
      readonly providerOrder: string;
      /** False while the provider may still refuse (an answer 202, a pending order). */
      readonly final: boolean;
      /** Present once `final`: a link or code to seal. */
      readonly reward?: { readonly kind: 'link' | 'code'; readonly value: Secret };
      /** What the provider charges, where it says so. */
      readonly charge?: Money;
    }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
  /** The order may exist. It is looked up by our reference; nothing else is sent. */
  | { readonly kind: 'unknown'; readonly detail: string };

export type FindOutcome = OrderOutcome | { readonly kind: 'notFound' };

export interface PlaceOrder {
  /** Ours, stable over retries of one attempt: the provider's idempotency key. */
  readonly reference: string;
  readonly products: readonly string[];
  readonly value: Money;
  readonly recipientEmail: string;
}

export interface ProviderCapabilities {
  /** The provider itself refuses another body under a used reference. */
  readonly detectsConflict: boolean;
  readonly findsByReference: boolean;
  readonly sendsWebhooks: boolean;
  /** How long a reference is remembered; absent: no end is known. */
  readonly referenceLifeDays?: number;
}

export type WebhookReading =
  | { readonly kind: 'order'; readonly webhookId: string; readonly providerOrder: string }
  | { readonly kind: 'reward'; readonly webhookId: string; readonly providerReward: string }
  | { readonly kind: 'ignored'; readonly webhookId: string }
  /** Wrong signature or not this provider's form: answer 401 and keep nothing. */
  | { readonly kind: 'refused' };

export interface RewardProvider {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  placeOrder(order: PlaceOrder): Promise<OrderOutcome>;
  /**
   * By our reference. May ask for a new link where the provider gives it only once. An order of
   * another value than was asked is not ours: unknown.
   */
  findOrder(reference: string, asked: Money): Promise<FindOutcome>;
  /**
   * Our reference of an order that a webhook names by the provider's id; webhooks are hints only.
   */
  referenceOf(reading: WebhookReading): Promise<string | undefined>;
  /** Checks the signature over the raw bytes before it parses anything. */
  readWebhook(webhook: {
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly rawBody: Uint8Array;
  }): WebhookReading;
}
