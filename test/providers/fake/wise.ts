import type { KeyObject } from 'node:crypto';
import { createFaultDice } from './common/faults.ts';
import { createLater } from './common/later.ts';
import { type AnswerHook, serve } from './common/server.ts';
import type { SignedWebhook } from './common/webhook-sender.ts';
import { createApprovals } from './wise/approvals.ts';
import { createDesk } from './wise/desk.ts';
import { type FaultName, faultNames, type WiseRates } from './wise/faults.ts';
import { sourceCurrency } from './wise/quotes.ts';
import type { World } from './wise/routes.ts';
import { wiseCounter } from './wise/server.ts';
import { type StoredTransfer, type TransferStatus, WiseStore } from './wise/store.ts';
import { type Books, balanceCents } from './wise/transfers.ts';
import { publicKeyPem, type WebhookEvent, wiseSender } from './wise/webhooks.ts';

export interface FakeWiseOptions {
  /** The same seed, transfers and calls meet the same faults. */
  readonly seed: string | number;
  readonly faults?: WiseRates;
  /** The books, as JSON lines; loaded when they exist. */
  readonly stateFile?: string;
  readonly webhookUrl?: string;
  readonly token?: string;
  readonly profileId?: string;
  /** How long a slow answer takes; longer than any client waits. */
  readonly slowMs?: number;
  /** When a pending transfer is decided; absent: after 300 ms; `never`: by `decide` only. */
  readonly pendingMs?: number | 'never';
  readonly lateWebhookMs?: number;
  /** Off by default. */
  readonly requestsPerSecond?: number;
  readonly openingBalanceCents?: bigint;
  /** Of the fake's clock: what is due by it happens at the next call, or in `catchUp`. */
  readonly now?: () => number;
}

export interface FakeTransfer {
  readonly id: string;
  readonly reference: string;
  readonly status: TransferStatus;
  /** Decimal text, as it was sent. */
  readonly target: string;
  readonly currency: string;
  readonly isPaid: boolean;
}

export interface FakeWise {
  readonly baseUrl: string;
  readonly token: string;
  /** What the secret of an account holds. */
  readonly secret: Readonly<
    Record<'baseUrl' | 'token' | 'profileId' | 'sourceCurrency' | 'webhookPublicKey', string>
  >;
  /** Oldest first. */
  transfers(): readonly FakeTransfer[];
  recipientsMade(): number;
  /** Transfers that are paid for and not called off. */
  paidOut(): number;
  /** US cents that the balance holds. */
  balanceCents(): bigint;
  /** How often each fault has struck. */
  counters(): Readonly<Record<FaultName, number>>;
  /** Forged webhooks that were answered as good ones: there must be none. */
  forgedAccepted(): number;
  setFaults(rates: WiseRates): void;
  setWebhookUrl(url: string | undefined): void;
  /** From now on payments and statements need a signature that this public key verifies. */
  demandApproval(publicKey: KeyObject): void;
  /** How often a call was answered with a token to be signed. */
  approvalsAsked(): number;
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** Moves a transfer by our reference, and tells by webhook. */
  decide(reference: string, status: TransferStatus): void;
  catchUp(): void;
  signWebhook(event: WebhookEvent, signer?: 'wise' | 'another'): SignedWebhook;
  /** No webhook is under way and no pending transfer waits for its time. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const defaults = {
  token: 'token-of-the-stand-in',
  profileId: '30000001',
  slowMs: 60_000,
  pendingMs: 300,
  lateWebhookMs: 1_000,
  openingBalanceCents: 100_000_000_000_00n,
  now: () => Date.now(),
} as const;

/** Wise's platform over HTTP on a free loopback port, with faults on demand. */
export async function startFakeWise(options: FakeWiseOptions): Promise<FakeWise> {
  const settings = { ...defaults, ...options };
  const { now, openingBalanceCents, profileId, slowMs, token } = settings;
  const store = new WiseStore(options.stateFile);
  const books: Books = { store, openingBalanceCents, now };
  const closing = new AbortController();
  const sending = { profileId, lateMs: settings.lateWebhookMs, now, closing: closing.signal };
  const webhooks = wiseSender(sending);
  webhooks.setUrl(options.webhookUrl);
  const dice = createFaultDice({ names: faultNames, seed: options.seed, rates: options.faults });
  const later = createLater(settings.pendingMs, closing.signal);
  const faultsOf = (reference: string) => dice.forCall(reference, 'webhook');
  const desk = createDesk({ books, webhooks, profileId, faultsOf, later });
  const world: World = { books, desk, profileId };
  const approvals = createApprovals();
  const manners = { token, approvals, slowMs, requestsPerSecond: options.requestsPerSecond };
  const serving = await serve(wiseCounter(world, dice, manners), closing);
  const { baseUrl } = serving;
  const webhookPublicKey = publicKeyPem();
  return {
    ...{ baseUrl, token },
    secret: { baseUrl, token, profileId, sourceCurrency, webhookPublicKey },
    transfers: () => store.transfers().map(fakeTransfer),
    recipientsMade: () => store.recipients().length,
    paidOut: () => store.transfers().filter(isPaidOut).length,
    balanceCents: () => balanceCents(books),
    ...{ counters: dice.counters, forgedAccepted: webhooks.forgedAccepted },
    ...{ setFaults: dice.setRates, setWebhookUrl: webhooks.setUrl },
    setAnswerHook: serving.setAnswerHook,
    demandApproval: approvals.demand,
    approvalsAsked: approvals.asked,
    decide: (reference, status) => {
      const transfer = store.transferUnder(reference);
      if (transfer === undefined) throw new Error('No transfer stands under this reference.');
      desk.move(transfer, status);
    },
    ...{ catchUp: desk.catchUp, signWebhook: webhooks.sign },
    isIdle: () => later.waiting() === 0 && webhooks.underWay() === 0,
    close: serving.close,
  };
}

function isPaidOut({ paidAtMs, status }: StoredTransfer): boolean {
  return paidAtMs !== undefined && status !== 'cancelled' && status !== 'funds_refunded';
}

function fakeTransfer(transfer: StoredTransfer): FakeTransfer {
  const { id, reference, status, target, currency, paidAtMs } = transfer;
  const isPaid = paidAtMs !== undefined;
  return { id: String(id), reference, status, target, currency, isPaid };
}
