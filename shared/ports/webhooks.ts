import type { Secret } from '../domain/secret.ts';
import type { Instant } from '../domain/time.ts';
import type { Delivery, Subscription } from '../domain/webhooks/subscription.ts';

export interface SubscriptionStore {
  list(program: string): Promise<readonly Subscription[]>;
  read(key: {
    readonly program: string;
    readonly subscription: string;
  }): Promise<Subscription | undefined>;
  /** On condition of the version that was read; without one, only if there is none. */
  put(next: Subscription, read?: Subscription): Promise<'done' | 'lost'>;
  remove(subscription: Subscription): Promise<void>;
  /** Keeps the first one for some weeks. */
  addDelivery(delivery: Delivery): Promise<'new' | 'known'>;
  readDelivery(
    key: Pick<Delivery, 'program' | 'subscription' | 'id' | 'at'>,
  ): Promise<Delivery | undefined>;
  /** Replaces what is known of it, whatever that is. */
  putDelivery(delivery: Delivery): Promise<void>;
  /** Oldest first. */
  deliveries(period: {
    readonly program: string;
    readonly subscription: string;
    readonly from: Instant;
    readonly to: Instant;
  }): AsyncIterable<Delivery>;
}

/** What came of a request; nothing of what the other side wrote is kept. */
export type PostOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unreachable' }
  /** The address leads into a network that nobody outside may choose. */
  | { readonly kind: 'forbidden' };

/** Signs by Standard Webhooks and sends, once; follows no redirect. */
export interface WebhookPoster {
  post(webhook: {
    readonly url: string;
    readonly id: string;
    readonly body: string;
    readonly secret: Secret;
  }): Promise<PostOutcome>;
}
