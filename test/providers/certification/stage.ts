import type { Money } from '../../../shared/domain/money/money.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type {
  AskedOrder,
  FindOutcome,
  PlaceOrder,
  ProviderCapabilities,
  RewardProvider,
} from '../../../shared/ports/provider.ts';
import type { AnswerHook } from '../fake/common/server.ts';

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
  /** Rewrites what the stand-in answers: for the cases that only one provider has. */
  setAnswerHook?(hook: AnswerHook): void;
  /** What in the provider's books leads from money that came back to its order. */
  setNaming?(naming: string): void;
  /** Lets so much time pass for the adapter and the stand-in. */
  pass(durationMs: number): void;
  /** The instant that the adapter's clock shows. */
  now(): number;
  webhook(about: 'order' | 'reward' | 'nothing', reference: string): SignedWebhook;
  /** As `webhook`, signed by somebody who does not have the key. */
  forgedWebhook(reference: string): SignedWebhook;
  /** How many products the stand-in sells, over more than one page where the provider has pages. */
  readonly productsSold: number;
  /** What the stand-in's books say the account holds, of this currency where it keeps several. */
  balance(currency: string): Money;
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
  /** Money arrives where it is sent to: nothing is handed out that could be opened. */
  'reward',
  /** Nothing is sold: what is ordered is money. */
  'catalogue',
  /** Placing only takes an order, and repeats nothing of it: look-ups tell what becomes of it. */
  'decidedAtOnce',
] as const;
export type Absence = (typeof absences)[number];

export interface Harness {
  readonly capabilities: ProviderCapabilities;
  /** Troubles that this provider cannot have, each with the reason; everything else is played. */
  readonly cannot: Readonly<Partial<Record<Trouble, string>>>;
  /** Likewise what it does not have. */
  readonly lacks?: Readonly<Partial<Record<Absence, string>>>;
  /** What every order of it is; default: an e-gift card for somebody with an address. */
  readonly order?: Partial<PlaceOrder>;
  /** The same for somebody else; default: another address. */
  readonly orderForAnother?: Partial<PlaceOrder>;
  /** Currencies of `amounts.ts` that orders cannot be in: refused for good, and nothing is sent. */
  readonly refusesCurrencies?: readonly string[];
  /** What its webhooks can be about; default: orders and rewards. */
  readonly webhooksAbout?: readonly ('order' | 'reward')[];
  /**
   * Where some returns are told by no webhook: what in the books may lead to the order, each a word
   * for `setNaming`; beside it there is `nothing`, which leads nowhere.
   */
  readonly namings?: readonly string[];
  /** Signed webhooks older than this are refused; absent where the provider signs no time. */
  readonly replayWindowMs?: number;
  /** And those from further ahead than this; default: as far as they may be old. */
  readonly clockSkewMs?: number;
  /** A provider with a stand-in of its own, without orders. */
  start(): Promise<Stage>;
}

export const canaryEmail = 'canary.person@example.test';

export const canaryValue: Money = { amountMinor: 1_250n, currency: 'GBP' };

/** A stage while a case is played on it. */
export interface Played extends Stage {
  readonly harness: Harness;
  /** The provider's own ids of what it has taken, by our references: what dispatch would keep. */
  readonly toldIds: Map<string, string>;
}

export function orderOf(
  stage: Played,
  reference: string,
  change?: Partial<PlaceOrder>,
): PlaceOrder {
  const value = change?.value ?? canaryValue;
  const products = stage.harness.lacks?.catalogue ? [] : [stage.productIn(value.currency)];
  return {
    ...{ reference, products, value, kind: 'eGiftCard' },
    ...{ country: 'GB', language: 'en', recipientEmail: canaryEmail },
    ...stage.harness.order,
    ...change,
  };
}

/** What a look-up is told of an order of `orderOf`, as if it was asked for just now. */
export function askedOf(stage: Played, reference: string, value: Money = canaryValue): AskedOrder {
  const { products } = orderOf(stage, reference, { value });
  const providerOrder = stage.toldIds.get(reference);
  const told = providerOrder === undefined ? {} : { providerOrder };
  return { value, products, since: instantOf(stage.now()), ...told };
}

/** The link or code of an outcome that is accepted for good, else a word for what it is. */
export function rewardOf(outcome: FindOutcome): string {
  if (outcome.kind !== 'accepted') return `(${outcome.kind})`;
  if (!outcome.final) return '(not final)';
  return outcome.reward?.value.reveal() ?? '(no reward)';
}
