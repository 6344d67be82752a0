import type { Money } from '../../../shared/domain/money/money.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type {
  AskedOrder,
  FindOutcome,
  PlaceOrder,
  ProviderCapabilities,
  RewardProvider,
} from '../../../shared/ports/provider.ts';

/** What the certified provider's stand-in can be made to do; each lasts until the next. */
export const troubles = [
  'none',
  /** The order is taken; the connection breaks. */
  'lostAnswer',
  /** The order is taken; 500 comes back. */
  'serverError',
  'lostRequest',
  'slow',
  'outOfFunds',
  'rateLimit',
  'rateLimitOtherForm',
  'invalid',
  /** The order is taken; the answer is a page, garbage, half of itself, or far too long. */
  'page',
  'garbage',
  'truncated',
  'endless',
  'emptyObject',
  /** Something between us and the provider answers, without knowing anything of orders. */
  'strangerNotFound',
  'redirect',
  'saysFailed',
  'saysCanceled',
  'otherAmount',
  'otherCurrency',
  'otherReference',
  'twoRewards',
  'unknownStatus',
  'unknownDelivery',
  'noNewLinks',
  'pending',
  /** The same reference is still being worked on. */
  'inProgress',
  /** The catalogue, or the account's books, break off after their first page. */
  'breaksOff',
  /** The order is taken; the lists that a look-up reads do not show it yet. */
  'listsLag',
  /**
   * 500 is kept with the reference, whether an order was taken or not. Played only where errors are
   * replayed.
   */
  'keptError',
] as const;
export type Trouble = (typeof troubles)[number];

export interface StandInOrder {
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly email: string;
  /** Links or codes: each of them opens the one reward of the order. */
  readonly rewards: readonly string[];
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
  /** A product that can be had in this currency, for any amount that is more than nothing. */
  productIn(currency: string): string;
  /** Keys and the like: they must show up nowhere. */
  readonly secrets: readonly string[];
  setTrouble(trouble: Trouble): void;
  orders(): readonly StandInOrder[];
  rewardsIssued(): number;
  /** Ends a pending order. */
  decide(reference: string, verdict: 'taken' | 'failed' | 'canceled'): void;
  /** Undoes an order that was delivered, as the provider does: a refund, a cancellation. */
  undo(reference: string): void;
  /** Lets so much time pass for the adapter and the stand-in. */
  pass(durationMs: number): void;
  /** The instant that the adapter's clock shows. */
  now(): number;
  webhook(about: 'order' | 'reward' | 'nothing', reference: string): SignedWebhook;
  /** As `webhook`, signed by somebody who does not have the key. */
  forgedWebhook(reference: string): SignedWebhook;
  /** How many products the stand-in sells, over more than one page where the provider has pages. */
  readonly productsSold: number;
  /** What the stand-in's books say the account holds. */
  balance(): Money;
  close(): Promise<void>;
}

/** What a provider need not have at all; the cases about it fall away. */
const absences = [
  /** Nobody can come with a wrong one: there is none. */
  'key',
  /** There is no address that could answer nobody. */
  'connection',
  /** Its rewards are bought beforehand: no account with money stands behind it. */
  'balance',
  /** An order may be for a reward that has no face value. */
  'faceValue',
  /** Delivered orders are never undone. */
  'undo',
  /** Money that comes back stands in none of the lists that settlements are read from. */
  'refundLines',
  /** An order does not say which product it is for. */
  'productOfOrder',
] as const;
export type Absence = (typeof absences)[number];

export interface Harness {
  readonly capabilities: ProviderCapabilities;
  /** Troubles that this provider cannot have, each with the reason; everything else is played. */
  readonly cannot: Readonly<Partial<Record<Trouble, string>>>;
  /** Likewise what it does not have. */
  readonly lacks?: Readonly<Partial<Record<Absence, string>>>;
  /** What its webhooks can be about; default: orders and rewards. */
  readonly webhooksAbout?: readonly ('order' | 'reward')[];
  /** Signed webhooks older than this are refused; absent where the provider signs no time. */
  readonly replayWindowMs?: number;
  /** A provider with a stand-in of its own, without orders. */
  start(): Promise<Stage>;
}

export const canaryEmail = 'canary.person@example.test';

export const canaryValue: Money = { amountMinor: 1_250n, currency: 'GBP' };

export function orderOf(stage: Stage, reference: string, change?: Partial<PlaceOrder>): PlaceOrder {
  const value = change?.value ?? canaryValue;
  return {
    ...{ reference, products: [stage.productIn(value.currency)], value, kind: 'eGiftCard' },
    ...{ country: 'GB', language: 'en', recipientEmail: canaryEmail },
    ...change,
  };
}

/** What a look-up is told of an order of `orderOf`, as if it was asked for just now. */
export function askedOf(stage: Stage, value: Money = canaryValue): AskedOrder {
  return { value, products: [stage.productIn(value.currency)], since: instantOf(stage.now()) };
}

/** The link or code of an outcome that is accepted for good, else a word for what it is. */
export function rewardOf(outcome: FindOutcome): string {
  if (outcome.kind !== 'accepted') return `(${outcome.kind})`;
  if (!outcome.final) return '(not final)';
  return outcome.reward?.value.reveal() ?? '(no reward)';
}
