import type { CatalogueProduct, OrderKind } from '../domain/catalogue/product.ts';
import type { Money } from '../domain/money/money.ts';
import type { DeliveredReward } from '../domain/redemption/delivered-reward.ts';
import type { Secret } from '../domain/secret.ts';
import type { Instant } from '../domain/time.ts';

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
      readonly reward?: DeliveredReward;
      /** What the provider charges, where it says so, its fee included. */
      readonly charge?: Money;
      /** How much of the charge is its fee, where it says so. */
      readonly fee?: Money;
    }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
  /** The order may exist. It is looked up by our reference; nothing else is sent. */
  | { readonly kind: 'unknown'; readonly detail: string };

/**
 * An order that had been delivered and was undone since (refund, cancellation, bounce) is found as
 * rejected for good.
 */
export type FindOutcome = OrderOutcome | { readonly kind: 'notFound' };

export interface PlaceOrder {
  /** Ours, stable over retries of one attempt: the provider's idempotency key. */
  readonly reference: string;
  /** The provider's own product ids; the first is what one-product providers take. */
  readonly products: readonly string[];
  readonly kind: OrderKind;
  readonly value: Money;
  /** Where the member is, ISO 3166. */
  readonly country: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly recipientEmail: string;
  /** Where goods are sent to, one line each. */
  readonly address?: Secret;
  /** Of a payout, whom it goes to: see `readPayee`. */
  readonly payee?: Secret;
}

/** What an order must be to be ours, and when it was first asked for. */
export interface AskedOrder {
  readonly value: Money;
  readonly products: readonly string[];
  readonly since: Instant;
  /** When it was sent last, where that was more than once: lists may lag behind it. */
  readonly lastSentAt?: Instant;
  /** The provider's own id of it, where it has told one. */
  readonly providerOrder?: string;
  /** What became of it is enough: no link is asked for, and the answer may lack the reward. */
  readonly withoutReward?: true;
}

export interface ProviderCapabilities {
  readonly kinds: readonly OrderKind[];
  /** What comes of a reference that was used before: the first order again, or a second one. */
  readonly repeatedReference: 'sameOrder' | 'newOrder';
  /** The provider itself refuses another body under a used reference. */
  readonly detectsConflict: boolean;
  /** An answer is kept with its reference, errors too: after one only a new reference helps. */
  readonly replaysErrors: boolean;
  /**
   * False where nothing can be looked up by our reference alone: an order is then looked up by the
   * provider's id, and sent again under its reference as long as none is known.
   */
  readonly findsByReference: boolean;
  readonly sendsWebhooks: boolean;
  /**
   * What it takes on is decided days later, and dispatch is told at once then: it is not looked up
   * soon after.
   */
  readonly decidesLater?: true;
  /** How long a reference is remembered; absent: no end is known. */
  readonly referenceLifeDays?: number;
  /** Orders a minute that the provider takes from one account, where it says so. */
  readonly requestsPerMinute?: number;
  /** How often the catalogue may be read. */
  readonly catalogueEveryMinutes: number;
  readonly resends: boolean;
  readonly cancels: boolean;
  readonly listsSettlements: boolean;
}

export type WebhookReading =
  | { readonly kind: 'order'; readonly webhookId: string; readonly providerOrder: string }
  | { readonly kind: 'reward'; readonly webhookId: string; readonly providerReward: string }
  /** Names our own reference. */
  | { readonly kind: 'reference'; readonly webhookId: string; readonly reference: string }
  /** Something about a product has changed: it is read again. */
  | { readonly kind: 'product'; readonly webhookId: string; readonly product: string }
  | { readonly kind: 'ignored'; readonly webhookId: string }
  /** Wrong signature, too old, or not this provider's form: answer 401 and keep nothing. */
  | { readonly kind: 'refused' };

/** That something which had been paid came back, from the provider's books: a hint as well. */
export type UndoneHint =
  | Extract<WebhookReading, { readonly kind: 'reference' }>
  /** The books do not say of whom it is. The id is the provider's, of the movement. */
  | { readonly kind: 'unnamed'; readonly webhookId: string };

/** What became of something that was asked of an order. */
export type ActOutcome =
  | { readonly kind: 'done' }
  /** Nothing was done. `detail` is a code of ours; `NOT_OFFERED`: the provider has no such call. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** One movement on our account, as the provider's own books say it. */
export interface SettlementLine {
  /** The provider's own id of it, or one made of what it says. */
  readonly id: string;
  readonly kind: 'charge' | 'refund' | 'funding' | 'other';
  readonly at: Instant;
  /** Negative where money leaves the account. */
  readonly amount: Money;
  /** Our reference, where the provider gives it. */
  readonly reference?: string;
  readonly providerOrder?: string;
}

/**
 * One account with a provider. Methods that return outcomes never throw for what a provider may do;
 * `catalogue`, `product`, `balances` and `settlements` throw `ProviderUnavailableError` where it
 * cannot be read, also half way: what was read then counts for nothing.
 */
export interface RewardProvider {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  /** Everything that is sold, page by page. */
  catalogue(): AsyncIterable<CatalogueProduct>;
  /** One product; `undefined` where it is not sold any more. */
  product(product: string): Promise<CatalogueProduct | undefined>;
  placeOrder(order: PlaceOrder): Promise<OrderOutcome>;
  /**
   * By our reference. May ask for a new link where the provider gives it only once. An order of
   * another value than was asked is not ours: unknown. `notFound` only where it is certain that the
   * provider has taken none so far: where lists lag behind, it is unknown until the lag is over.
   */
  findOrder(reference: string, asked: AskedOrder): Promise<FindOutcome>;
  /**
   * Our reference of an order that a webhook names by the provider's id; webhooks are hints only.
   * Throws `ProviderUnavailableError`.
   */
  referenceOf(reading: WebhookReading): Promise<string | undefined>;
  /** Checks the signature over the raw bytes before it parses anything, and its age. */
  readWebhook(
    webhook: {
      readonly headers: Readonly<Record<string, string | undefined>>;
      readonly rawBody: Uint8Array;
    },
    now: Instant,
  ): WebhookReading;
  /** What the account holds now, by currency. */
  balances(): Promise<readonly Money[]>;
  settlements(period: {
    readonly from: Instant;
    readonly to: Instant;
  }): AsyncIterable<SettlementLine>;
  /**
   * What came back in the period, where the provider tells of some of it by no webhook; each may
   * come more than once. Throws `ProviderUnavailableError`.
   */
  undone?(period: { readonly from: Instant; readonly to: Instant }): AsyncIterable<UndoneHint>;
  /** Sends the reward of a delivered order again, by the provider's own mail. */
  resend(order: {
    readonly reference: string;
    readonly providerOrder: string;
    readonly recipientEmail: string;
  }): Promise<ActOutcome>;
  /** Asks for an order to be given up. What has become of it is told by `findOrder` alone. */
  cancel(order: {
    readonly reference: string;
    readonly providerOrder: string;
  }): Promise<ActOutcome>;
}
