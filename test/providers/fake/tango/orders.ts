import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { digitsOf, dollarCents, dollarText, thousandths } from '../common/dollars.ts';
import { madeText } from '../common/made-text.ts';
import { isRawNumber, type RawNumber, rawNumber } from '../common/raw-json.ts';
import { notThere, refused, refusedField } from './answer.ts';
import { itemOf, type SoldItem } from './catalogue.ts';
import type { OrderStore, StoredOrder } from './store.ts';
import { type AccountNames, orderView, rowView } from './views.ts';

export interface Books {
  readonly store: OrderStore;
  readonly account: AccountNames;
  readonly openingBalanceCents: bigint;
  /** Rows that a list gives at once, whatever is asked for. */
  readonly maximumRows: number;
  readonly nowMs: () => number;
}

/** Of the fee of what was cancelled nothing comes back. */
export function balanceCents({ store, openingBalanceCents }: Books): bigint {
  let balance = openingBalanceCents;
  for (const { status, valueCents, feeCents } of store.all()) {
    if (status !== 'FAILED') balance -= BigInt(feeCents);
    if (status !== 'FAILED' && status !== 'CANCELLED') balance -= BigInt(valueCents);
  }
  return balance;
}

const requestSchema = z.object({
  accountIdentifier: z.string(),
  customerIdentifier: z.string(),
  utid: z.string(),
  amount: z.custom<RawNumber>(isRawNumber),
  externalRefID: z
    .string()
    .regex(/^[A-Za-z0-9]{1,100}$/)
    .optional(),
  deliveryMethod: z.enum(['EMAIL', 'PHONE', 'ADDRESS', 'EMBEDDED', 'NONE']).default('EMAIL'),
  recipient: z.object({ email: z.email().optional(), firstName: z.string().optional() }).optional(),
  notes: z.string().max(150).optional(),
});

type OrderRequest = z.infer<typeof requestSchema>;

/** 201 new; 200 the order that stands under the reference, even where this one is another. */
export function createOrder(books: Books, body: unknown, isPending: boolean): Answer {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    return refusedField(parsed.error.issues[0]?.path.join('.') ?? '', '422.001');
  }
  const request = parsed.data;
  const { store, account } = books;
  if (request.accountIdentifier !== account.accountIdentifier) return refused('404.004');
  if (request.customerIdentifier !== account.customerIdentifier) return refused('404.004');
  const existing = request.externalRefID
    ? store.findByReference(request.externalRefID, books.nowMs())
    : undefined;
  if (existing !== undefined) return answered(orderView(existing, account));
  const item = itemOf(request.utid);
  if (item === undefined) return refusedField('utid', '422.024');
  const fault = faultOf(request, item);
  if (fault !== undefined) return fault;
  const order = newOrder(books, { request, item, isPending });
  const cost = BigInt(order.valueCents) + BigInt(order.feeCents);
  if (cost > balanceCents(books)) return refused('402.001');
  store.put(order);
  return answered(orderView(order, account), 201);
}

function faultOf({ amount, deliveryMethod, recipient }: OrderRequest, item: SoldItem) {
  const digits = digitsOf(item.currency);
  const asked = thousandths(amount.rawJSON, digits);
  const [least, most] = item.amounts.map((text) => thousandths(text, digits) ?? 0n);
  if (item.availability !== undefined) return refused('503.002');
  if (asked === undefined || least === undefined) return refusedField('amount', '422.025');
  if (most === undefined) return asked === least ? undefined : refusedField('amount', '422.027');
  if (asked < least || asked > most) return refusedField('amount', '422.025');
  if (item.wholeOnly && asked % 1_000n !== 0n) return refusedField('amount', '422.026');
  if (deliveryMethod !== 'EMAIL') return undefined;
  if (!recipient?.email) return refusedField('recipient.email', '422.028');
  return recipient.firstName ? undefined : refusedField('recipient.firstName', '422.029');
}

function newOrder(
  { store, nowMs }: Books,
  {
    request,
    item,
    isPending,
  }: {
    readonly request: OrderRequest;
    readonly item: SoldItem;
    readonly isPending: boolean;
  },
): StoredOrder {
  const sequence = store.nextSequence();
  const { externalRefID = null, amount, recipient } = request;
  const asked = thousandths(amount.rawJSON, digitsOf(item.currency)) ?? 0n;
  const mark = madeText(4, ['order', externalRefID ?? '', sequence]);
  const valueCents = dollarCents(asked, item.currency);
  return {
    id: `RA${String(sequence).padStart(6, '0')}-${mark}`,
    lineItemId: `L${madeText(11, ['line', externalRefID ?? '', sequence])}`,
    ...{ sequence, externalRefId: externalRefID, utid: item.utid },
    createdAt: new Date(nowMs()).toISOString(),
    status: isPending ? 'PENDING' : 'COMPLETE',
    ...{ amount: amount.rawJSON, currency: item.currency },
    ...{ valueCents: `${valueCents}`, feeCents: `${feeCents(item, valueCents)}` },
    ...{
      deliveryMethod: request.deliveryMethod,
      email: recipient?.email ?? null,
      resentAtMs: null,
    },
  };
}

function feeCents({ fee }: SoldItem, valueCents: bigint): bigint {
  if (fee === undefined) return 0n;
  const hundredths = (thousandths(fee.value, 2) ?? 0n) / 10n;
  return fee.type === 'PERCENT' ? (valueCents * hundredths + 5_000n) / 10_000n : hundredths;
}

export function readOrder({ store, account }: Books, id: string): Answer {
  const order = store.find(id);
  return order === undefined ? refused('404.017') : answered(orderView(order, account));
}

type Query = { get(name: string): string | null };

const maximumDays = 100;
const dayMs = 86_400_000;

/** Newest first; pages count from 0. */
export function listOrders(books: Books, query: Query): Answer {
  const { store, account, nowMs, maximumRows } = books;
  const perBlock = Number(query.get('elementsPerBlock') ?? '10');
  const page = Number(query.get('page') ?? '0');
  const from = Date.parse(query.get('startDate') ?? '') || nowMs() - 30 * dayMs;
  const to = Date.parse(query.get('endDate') ?? '') || nowMs();
  if (perBlock > 100) return refusedField('elementsPerBlock', '422.042');
  if (to - from > maximumDays * dayMs) return refusedField('endDate', '422.043');
  const wanted = query.get('accountIdentifier');
  if (wanted && wanted !== account.accountIdentifier) return refused('404.004');
  const reference = query.get('externalRefID');
  const matching = store
    .all()
    .filter(({ createdAt }) => Date.parse(createdAt) >= from && Date.parse(createdAt) <= to)
    .filter(({ externalRefId }) => !reference || externalRefId === reference)
    .reverse();
  const size = Math.min(perBlock, maximumRows);
  const rows = matching.slice(page * size, (page + 1) * size);
  return answered({
    orders: rows.map((order) => rowView(order, account)),
    page: {
      ...{ number: page, elementsPerBlock: size },
      ...{ resultCount: rows.length, totalCount: matching.length },
    },
  });
}

export function readAccount(books: Books, id: string): Answer {
  const { accountIdentifier } = books.account;
  if (id !== accountIdentifier) return notThere('404.004');
  return answered({
    ...{ accountIdentifier, accountNumber: 'A12345678', displayName: 'Stand-in' },
    ...{ currencyCode: 'USD', currentBalance: rawNumber(dollarText(balanceCents(books))) },
    ...{ status: 'ACTIVE', contactEmail: 'ops@example.test', createdAt: '2025-01-01T00:00:00Z' },
  });
}
