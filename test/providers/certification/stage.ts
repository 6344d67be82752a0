import type { Money } from '../../../shared/domain/money/money.ts';
import type { OrderOutcome, PlaceOrder, RewardProvider } from '../../../shared/ports/provider.ts';

/** What the certified provider's stand-in can be made to do; each lasts until the next. */
export type Trouble =
  | 'none'
  /** The order is taken; the connection breaks. */
  | 'lostAnswer'
  /** The order is taken; 500 comes back. */
  | 'serverError'
  | 'lostRequest'
  | 'slow'
  | 'outOfFunds'
  | 'rateLimit'
  | 'rateLimitOtherForm'
  | 'invalid'
  /** The order is taken; the answer is a page, garbage, half of itself, or far too long. */
  | 'page'
  | 'garbage'
  | 'truncated'
  | 'endless'
  | 'emptyObject'
  /** Something between us and the provider answers, without knowing anything of orders. */
  | 'strangerNotFound'
  | 'redirect'
  | 'saysFailed'
  | 'saysCanceled'
  | 'otherAmount'
  | 'otherCurrency'
  | 'otherReference'
  | 'twoRewards'
  | 'unknownStatus'
  | 'unknownDelivery'
  | 'noNewLinks'
  | 'pending';

export interface StandInOrder {
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly email: string;
  readonly links: readonly string[];
}

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

/** One provider and its stand-in, fresh for each case. */
export interface Stage {
  readonly provider: RewardProvider;
  /** Gives up after some tens of milliseconds. */
  readonly hasty: RewardProvider;
  /** Has a key that is not this account's. */
  readonly mistaken: RewardProvider;
  /** Its address answers nobody. */
  readonly unreachable: RewardProvider;
  readonly product: string;
  /** Keys and the like: they must show up nowhere. */
  readonly secrets: readonly string[];
  setTrouble(trouble: Trouble): void;
  orders(): readonly StandInOrder[];
  rewardsIssued(): number;
  decide(reference: string, verdict: 'taken' | 'failed' | 'canceled'): void;
  webhook(about: 'order' | 'reward' | 'nothing', reference: string): SignedWebhook;
  /** As `webhook`, signed by somebody who does not have the key. */
  forgedWebhook(reference: string): SignedWebhook;
  close(): Promise<void>;
}

export const canaryEmail = 'canary.person@example.test';

export const canaryValue: Money = { amountMinor: 1_250n, currency: 'GBP' };

export function orderOf(stage: Stage, reference: string, change?: Partial<PlaceOrder>): PlaceOrder {
  return {
    reference,
    products: [stage.product],
    value: canaryValue,
    recipientEmail: canaryEmail,
    ...change,
  };
}

/** The link of an outcome that is accepted for good, else a word for what it is. */
export function linkOf(outcome: OrderOutcome | { readonly kind: 'notFound' }): string {
  if (outcome.kind !== 'accepted') return `(${outcome.kind})`;
  if (!outcome.final) return '(not final)';
  return outcome.reward?.value.reveal() ?? '(no reward)';
}
