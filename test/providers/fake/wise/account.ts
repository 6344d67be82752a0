import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { dollarText, thousandths } from '../common/dollars.ts';
import { isRawNumber, type RawNumber, rawNumber } from '../common/raw-json.ts';
import { notFound, refused } from './answer.ts';
import { sourceCurrency } from './quotes.ts';
import { type Books, balanceCents, chargeCents } from './transfers.ts';

const balanceIds: Readonly<Record<string, string>> = { '200001': sourceCurrency, '200002': 'EUR' };
const longestStatementMs = 469 * 86_400_000;

/** One that pays, and one that has never held anything. */
export function listBalances(books: Books): Answer {
  const views = Object.entries(balanceIds).map(([id, currency]) => {
    const cents = currency === sourceCurrency ? balanceCents(books) : 0n;
    const amount = { value: rawNumber(dollarText(cents)), currency };
    const reservedAmount = { value: rawNumber('0'), currency };
    return { id: rawNumber(id), currency, type: 'STANDARD', amount, reservedAmount };
  });
  return answered(views);
}

const topUpSchema = z.object({
  balanceId: z.custom<RawNumber>((value) => isRawNumber(value) && value.rawJSON === '200001'),
  currency: z.literal(sourceCurrency),
  amount: z.custom<RawNumber>(isRawNumber),
});

/** As the sandbox lets money arrive. */
export function simulateTopUp({ store, now }: Books, body: unknown): Answer {
  const parsed = topUpSchema.safeParse(body);
  const amount = parsed.success ? thousandths(parsed.data.amount.rawJSON, 2) : undefined;
  if (amount === undefined) return refused(422, 'NOT_VALID', 'amount');
  store.put({ kind: 'topUp', id: store.nextId(), cents: `${amount / 10n}`, atMs: now() });
  return answered({ state: 'COMPLETED' });
}

interface Row {
  readonly atMs: number;
  readonly cents: bigint;
  readonly about: string;
  readonly type: 'TRANSFER' | 'MONEY_ADDED';
}

/** Without pages, newest first; the fee is a part of what leaves. */
export function readStatement(books: Books, balanceId: string, query: URLSearchParams): Answer {
  const currency = balanceIds[balanceId];
  if (currency === undefined || query.get('currency') !== currency) return notFound;
  const from = Date.parse(query.get('intervalStart') ?? '');
  const to = Date.parse(query.get('intervalEnd') ?? '');
  const isPeriod = from <= to && to - from <= longestStatementMs;
  if (!isPeriod) return refused(400, 'NOT_VALID', 'intervalEnd');
  const rows = currency === sourceCurrency ? rowsOf(books) : [];
  const shown = rows.filter(({ atMs }) => atMs >= from && atMs <= to);
  const transactions = shown.sort((left, right) => right.atMs - left.atMs).map(rowView);
  return answered({ transactions, query: { intervalStart: query.get('intervalStart') } });
}

function rowsOf({ store }: Books): Row[] {
  const moved = store.transfers().flatMap((transfer) => {
    const cents = chargeCents(transfer);
    const about = { about: `TRANSFER-${transfer.id}`, type: 'TRANSFER' } as const;
    const { paidAtMs, refundedAtMs } = transfer;
    return [
      ...(paidAtMs === undefined ? [] : [{ ...about, atMs: paidAtMs, cents: -cents }]),
      ...(refundedAtMs === undefined ? [] : [{ ...about, atMs: refundedAtMs, cents }]),
    ];
  });
  const added = store.topUps().map(({ id, cents, atMs }) => {
    return { about: `BALANCE-${id}`, type: 'MONEY_ADDED', atMs, cents: BigInt(cents) } as const;
  });
  return [...moved, ...added];
}

function rowView({ about, atMs, cents, type }: Row): object {
  return {
    type: cents < 0n ? 'DEBIT' : 'CREDIT',
    date: new Date(atMs).toISOString(),
    amount: { value: rawNumber(dollarText(cents)), currency: sourceCurrency },
    ...{ details: { type, description: about }, exchangeDetails: null, referenceNumber: about },
  };
}
