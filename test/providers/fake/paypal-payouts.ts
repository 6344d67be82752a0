import { createFaultDice } from './common/faults.ts';
import { createLater } from './common/later.ts';
import { type AnswerHook, serve } from './common/server.ts';
import type { SignedWebhook } from './common/webhook-sender.ts';
import { currencies } from './paypal-payouts/amounts.ts';
import { type Books, balanceOf } from './paypal-payouts/batches.ts';
import { type FaultName, faultNames, type PayPalRates } from './paypal-payouts/faults.ts';
import { nextChange } from './paypal-payouts/progress.ts';
import type { Naming } from './paypal-payouts/reporting.ts';
import type { World } from './paypal-payouts/routes.ts';
import { payPalCounter } from './paypal-payouts/server.ts';
import { BatchStore, type Change, isStanding, type StoredBatch } from './paypal-payouts/store.ts';
import { createFakeTokens } from './paypal-payouts/tokens.ts';
import {
  certificate,
  eventsOf,
  type PayPalSender,
  payPalSender,
  type WebhookEvent,
} from './paypal-payouts/webhooks.ts';

export interface FakePayPalOptions {
  /** The same seed, batches and calls meet the same faults. */
  readonly seed: string | number;
  readonly faults?: PayPalRates;
  /** The books, as JSON lines; loaded when they exist. */
  readonly stateFile?: string;
  readonly webhookUrl?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly webhookId?: string;
  /** How long a slow answer takes; longer than any client waits. */
  readonly slowMs?: number;
  /** From taken to being worked on, and from then to the end; `now` tells when it is over. */
  readonly stepMs?: number;
  readonly lateWebhookMs?: number;
  readonly batchesPerMinute?: number;
  /** In hundredths of each currency. */
  readonly openingHundredths?: bigint;
  /** Which currencies the account keeps; default: all but BRL. */
  readonly heldCurrencies?: readonly string[];
  /** How long a movement is missing from the books. */
  readonly listLagMs?: number;
  readonly maximumPageSize?: number;
  readonly tokenLifeSeconds?: number;
  /** Of the fake's clock. */
  readonly now?: () => number;
}

export interface FakePayPal {
  readonly baseUrl: string;
  /** What an account's secret holds. */
  readonly secret: {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly webhookId: string;
    readonly webhookCertificates: string;
  };
  /** Oldest first. */
  batches(): readonly StoredBatch[];
  /** Payouts that are on their way or have arrived. */
  payoutsStanding(): number;
  balanceHundredths(currency: string): bigint;
  tokensIssued(): number;
  revokeTokens(): void;
  /** How often each fault has struck. */
  counters(): Readonly<Record<FaultName, number>>;
  /** Forged webhooks that were answered as good ones: there must be none. */
  forgedAccepted(): number;
  setFaults(rates: PayPalRates): void;
  setWebhookUrl(url: string | undefined): void;
  /** What in the books leads from money that came back to its payout. */
  setNaming(naming: Naming): void;
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** Gives the newest batch under an id of the sender's another state, and tells by webhook. */
  decide(senderBatchId: string, change: Omit<Change, 'atMs'>): void;
  signWebhook(event: WebhookEvent): SignedWebhook;
  forgeWebhook(event: WebhookEvent): SignedWebhook;
  /** No webhook is under way and nothing waits for its time. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const defaults = {
  clientId: 'client-of-the-stand-in',
  clientSecret: 'secret-of-the-stand-in',
  webhookId: '5RR09500UT4826337',
  slowMs: 60_000,
  stepMs: 150,
  lateWebhookMs: 1_000,
  batchesPerMinute: 400,
  openingHundredths: 10n ** 14n,
  heldCurrencies: [...currencies].filter((currency) => currency !== 'BRL'),
  listLagMs: 10_800_000,
  maximumPageSize: 10,
  tokenLifeSeconds: 32_400,
  now: () => Date.now(),
} as const;

/** Timers may go off a little before the clock says so. */
const timerSlackMs = 5;

/** PayPal's Payouts API over HTTP on a free loopback port, one payout a batch, faults on demand. */
export async function startFakePayPal(options: FakePayPalOptions): Promise<FakePayPal> {
  const settings = { ...defaults, ...options };
  const { clientId, clientSecret, webhookId, now, stepMs, listLagMs, maximumPageSize } = settings;
  const store = new BatchStore(options.stateFile);
  const closing = new AbortController();
  let base = '';
  const baseUrl = () => base;
  const { lateWebhookMs: lateMs } = settings;
  const webhooks = payPalSender({ webhookId, baseUrl, now, lateMs, closing: closing.signal });
  webhooks.setUrl(options.webhookUrl);
  const dice = createFaultDice({ names: faultNames, seed: options.seed, rates: options.faults });
  const telling = { store, webhooks, baseUrl, dice };
  const advance = () => advanceAll(telling, { stepMs, now });
  const later = createLater(stepMs + timerSlackMs, closing.signal);
  const heldCurrencies = new Set<string>(settings.heldCurrencies);
  const books: Books = { ...settings, store, heldCurrencies, baseUrl };
  let naming: Naming = 'returns';
  const reporting = { listLagMs, maximumPageSize, naming: () => naming };
  const world: World = {
    ...{ books, reporting, advance },
    onNewBatch: () => {
      later.schedule(() => {
        advance();
        later.schedule(advance);
      });
    },
    change: (batch, change) => changed(telling, batch, { ...change, atMs: now() }),
  };
  const lifeSeconds = settings.tokenLifeSeconds;
  const access = { seed: String(options.seed), clientId, clientSecret, lifeSeconds, now };
  const tokens = createFakeTokens(access);
  const serving = await serve(payPalCounter(world, dice, { ...settings, tokens }), closing);
  base = serving.baseUrl;
  const secret = { baseUrl: base, clientId, clientSecret, webhookId };
  return {
    baseUrl: base,
    secret: { ...secret, webhookCertificates: certificate },
    batches: store.all.bind(store),
    payoutsStanding: () => store.all().filter(isStanding).length,
    balanceHundredths: (currency) => balanceOf(books, currency),
    ...{ tokensIssued: tokens.issued, revokeTokens: tokens.revokeAll },
    ...{ counters: dice.counters, forgedAccepted: webhooks.forgedAccepted },
    ...{ setFaults: dice.setRates, setWebhookUrl: webhooks.setUrl },
    setAnswerHook: serving.setAnswerHook,
    setNaming: (next) => {
      naming = next;
    },
    decide: (senderBatchId, change) => {
      const batch = store.findBySender(senderBatchId);
      if (batch === undefined) throw new Error('No batch stands under this id.');
      world.change(batch, change);
    },
    ...{ signWebhook: webhooks.sign, forgeWebhook: webhooks.forge },
    isIdle: () => later.waiting() === 0 && webhooks.underWay() === 0,
    close: serving.close,
  };
}

interface Telling {
  readonly store: BatchStore;
  readonly webhooks: PayPalSender;
  readonly baseUrl: () => string;
  readonly dice: ReturnType<typeof createFaultDice<FaultName>>;
}

function changed(telling: Telling, batch: StoredBatch, change: Change): StoredBatch {
  const { store, webhooks, baseUrl, dice } = telling;
  const [taken, ...rest] = batch.changes;
  const after: StoredBatch = { ...batch, changes: [taken, ...rest, change] };
  store.put(after);
  for (const event of eventsOf(after, baseUrl())) {
    webhooks.send(event, dice.forCall(batch.senderBatchId ?? batch.id, 'webhook'));
  }
  return after;
}

/** Everything that is due, in its order: a clock that jumped far lets several things happen. */
function advanceAll(telling: Telling, pace: Parameters<typeof nextChange>[1]): void {
  for (let batch of telling.store.all()) {
    for (let change = nextChange(batch, pace); change; change = nextChange(batch, pace)) {
      batch = changed(telling, batch, change);
    }
  }
}
