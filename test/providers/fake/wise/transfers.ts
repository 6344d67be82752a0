import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { dollarText } from '../common/dollars.ts';
import { isRawNumber, type RawNumber, rawNumber } from '../common/raw-json.ts';
import { refused } from './answer.ts';
import { sourceCurrency } from './quotes.ts';
import type { Due, StoredTransfer, TransferStatus, WiseStore } from './store.ts';

export interface Books {
  readonly store: WiseStore;
  readonly openingBalanceCents: bigint;
  readonly now: () => number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const unpaidLifeMs = 14 * dayMs;

/** What is left on the balance: what was called off comes back with its fee. */
export function balanceCents({ store, openingBalanceCents }: Books): bigint {
  let cents = openingBalanceCents;
  for (const topUp of store.topUps()) cents += BigInt(topUp.cents);
  for (const transfer of store.transfers()) {
    if (transfer.paidAtMs !== undefined) cents -= chargeCents(transfer);
    if (transfer.refundedAtMs !== undefined) cents += chargeCents(transfer);
  }
  return cents;
}

export function chargeCents({ netCents, feeCents }: StoredTransfer): bigint {
  return BigInt(netCents) + BigInt(feeCents);
}

const requestSchema = z.object({
  targetAccount: z.custom<RawNumber>(isRawNumber),
  quoteUuid: z.uuid(),
  customerTransactionId: z.uuid(),
  details: z.object({ reference: z.string().max(10).optional() }),
});

/** The first one stands, whatever a later call under its reference asks for. */
export function createTransfer({ store, now }: Books, body: unknown): Answer {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return refused(422, 'NOT_VALID', 'targetAccount');
  const { customerTransactionId: reference, quoteUuid, targetAccount } = parsed.data;
  const known = store.transferUnder(reference);
  if (known !== undefined) return answered(transferView(known));
  const quote = store.quote(quoteUuid);
  const recipient = store.recipient(targetAccount.rawJSON);
  if (quote === undefined || quote.isUsed || quote.expiresAtMs <= now()) {
    return refused(422, 'NOT_VALID', 'quoteUuid');
  }
  if (recipient?.currency !== quote.currency) return refused(422, 'NOT_VALID', 'targetAccount');
  store.put({ ...quote, isUsed: true });
  const { target, currency, netCents, feeCents } = quote;
  const transfer: StoredTransfer = {
    ...{ kind: 'transfer', id: store.nextId(), reference, recipient: recipient.id },
    ...{ quote: quote.id, target, currency, netCents, feeCents, due: [] },
    ...{ status: 'incoming_payment_waiting', createdAtMs: now(), changedAtMs: now() },
  };
  store.put(transfer);
  return answered(transferView(transfer));
}

/** Newest first; both ends of the period belong to it. */
export function listTransfers({ store }: Books, query: URLSearchParams): Answer {
  const from = Date.parse(query.get('createdDateStart') ?? '1970-01-01');
  const to = Date.parse(query.get('createdDateEnd') ?? '9999-01-01');
  const statuses = query.get('status')?.split(',');
  const matching = store.transfers().filter(({ createdAtMs, status }) => {
    if (createdAtMs < from || createdAtMs > to) return false;
    return statuses === undefined || statuses.includes(status);
  });
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? 10), 100);
  return answered(
    matching
      .reverse()
      .slice(offset, offset + limit)
      .map(transferView),
  );
}

export function transferView(transfer: StoredTransfer): object {
  const { id, recipient, quote, status, reference, currency } = transfer;
  const isGivenUp = status === 'cancelled' && transfer.paidAtMs === undefined;
  return {
    ...{ id, user: 4_000_001, targetAccount: recipient, sourceAccount: null, quoteUuid: quote },
    ...{ status, created: new Date(transfer.createdAtMs).toISOString(), hasActiveIssues: false },
    ...{ customerTransactionId: reference, sourceCurrency, targetCurrency: currency },
    sourceValue: rawNumber(isGivenUp ? '0' : dollarText(BigInt(transfer.netCents))),
    targetValue: rawNumber(transfer.target),
    details: { reference: 'Payout' },
  };
}

/** What was paid with, where it is complete. */
export function paymentViews(transfer: StoredTransfer): readonly object[] {
  if (transfer.paidAtMs === undefined) return [];
  const amount = rawNumber(dollarText(chargeCents(transfer)));
  const time = new Date(transfer.paidAtMs).toISOString();
  const times = { timeCreated: time, timeUpdated: time };
  return [{ id: transfer.id + 1, method: 'BALANCE', amount, currency: sourceCurrency, ...times }];
}

export function withStatus(
  transfer: StoredTransfer,
  status: TransferStatus,
  atMs: number,
): StoredTransfer {
  const changed = { ...transfer, status, changedAtMs: atMs };
  const isRefunded = status === 'funds_refunded' && transfer.paidAtMs !== undefined;
  return isRefunded && transfer.refundedAtMs === undefined
    ? { ...changed, refundedAtMs: atMs }
    : changed;
}

/** Sent, back three days later, looked into, called off, and the money after that. */
export function bounceAfter(atMs: number): readonly Due[] {
  const days = { bounced_back: 3, processing: 4, cancelled: 5, funds_refunded: 6 } as const;
  return Object.entries(days).map(([status, after]) => ({
    status: status as keyof typeof days,
    atMs: atMs + after * dayMs,
  }));
}

/** Called off by us: what was paid comes back an hour later. */
export function calledOff(transfer: StoredTransfer, nowMs: number): StoredTransfer {
  const over = withStatus(transfer, 'cancelled', nowMs);
  const due = [{ status: 'funds_refunded', atMs: nowMs + hourMs }] as const;
  return { ...over, due: transfer.paidAtMs === undefined ? [] : due };
}

/** The next change that its time has come for. */
export function nextDue(transfer: StoredTransfer, nowMs: number): Due | undefined {
  const [first] = transfer.due;
  if (first !== undefined) return first.atMs <= nowMs ? first : undefined;
  const givenUpAtMs = transfer.createdAtMs + unpaidLifeMs;
  const isUnpaid = transfer.status === 'incoming_payment_waiting' && givenUpAtMs <= nowMs;
  return isUnpaid ? { status: 'cancelled', atMs: givenUpAtMs } : undefined;
}
