import { currencyExponent } from '../money/currency.ts';
import { failure, invariant, type Result, success } from '../result.ts';
import { add, type Decimal, isWhole, negate, toWhole, zero } from './decimal.ts';
import { amountColumns, type Mapping } from './mapping.ts';
import type { OrderLine } from './order-line.ts';
import { type Rejection, type RejectionCode, rejection } from './rejection.ts';

/** One line of the output file, in the contract of a customer event. */
export interface ImportedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly member: string;
  readonly occurredAt: string;
  /** Digits. */
  readonly amountMinor: string;
  readonly currency: string;
  readonly country?: string;
  readonly lines?: readonly ImportedItem[];
  readonly refersTo?: { readonly source: string; readonly id: string };
}

interface ImportedItem {
  readonly sku: string;
  readonly quantity: number;
  readonly amountMinor: string;
}

/** An order while its lines arrive, in the order of the file. */
export interface OrderDraft {
  readonly first: OrderLine;
  /** Lines not yet reported; whoever reports them early empties the list. */
  lineNumbers: number[];
  lineCount: number;
  total: Decimal;
  earliest: { occurredAt: string; epochMs: number };
  country: string | undefined;
  items: OrderLine[] | undefined;
  /** Set once no further line can save the order. */
  fault: Rejection | undefined;
}

const maxOrderLines = 100_000;
const maxItems = 2_000;
/** An event's amount has no more than 18 digits. */
const mostMinor = 10n ** 18n - 1n;
/** A character is at most three bytes of UTF-8, and a body stays under 256 KB. */
const maxItemCharacters = 80_000;

export function startOrder(mapping: Mapping, first: OrderLine): OrderDraft {
  const draft: OrderDraft = {
    first,
    lineNumbers: [],
    lineCount: 0,
    total: zero,
    earliest: { occurredAt: first.occurredAt, epochMs: first.epochMs },
    country: undefined,
    items: mapping.lines === undefined ? undefined : [],
    fault: undefined,
  };
  addLine(mapping, draft, first);
  return draft;
}

function faultOf(mapping: Mapping, draft: OrderDraft, line: OrderLine): Rejection | undefined {
  const { first } = draft;
  if (line.member !== first.member) return rejection('SEVERAL_MEMBERS', mapping.member.column);
  if (line.currency !== first.currency && 'column' in mapping.currency) {
    return rejection('SEVERAL_CURRENCIES', mapping.currency.column);
  }
  if (line.isCancellation !== first.isCancellation) {
    return rejection('SEVERAL_KINDS', mapping.cancellation?.column);
  }
  if (line.isCancellation && line.refersTo !== first.refersTo) {
    return rejection('SEVERAL_ORIGINALS', mapping.refersTo?.column);
  }
  if (draft.lineCount > maxOrderLines) return rejection('ORDER_TOO_LARGE', mapping.order.column);
  return undefined;
}

/** Adds a line of the same order; lines come in the order of the file. */
export function addLine(mapping: Mapping, draft: OrderDraft, line: OrderLine): void {
  draft.lineNumbers.push(line.line);
  draft.lineCount += 1;
  draft.fault ??= faultOf(mapping, draft, line);
  if (draft.fault !== undefined) return;
  draft.total = add(draft.total, line.value);
  if (line.epochMs < draft.earliest.epochMs) {
    draft.earliest = { occurredAt: line.occurredAt, epochMs: line.epochMs };
  }
  draft.country ??= line.country;
  if (draft.items !== undefined && draft.items.length < maxItems) draft.items.push(line);
  else draft.items = undefined;
}

/** A line of the order could not be read: rather no event than one of a wrong amount. */
export function spoilOrder(mapping: Mapping, draft: OrderDraft): void {
  draft.fault ??= rejection('ORDER_INCOMPLETE', mapping.order.column);
}

/** Each line is worth the difference that it makes to the rounded sum, so that they add up. */
function itemsOf(
  mapping: Mapping,
  draft: OrderDraft,
  sign: Sign,
  exponent: number,
): ImportedItem[] | undefined {
  const items: ImportedItem[] = [];
  let [sum, told] = [zero, 0n];
  for (const line of draft.items ?? []) {
    const value = sign(line.value);
    const quantity = line.item === undefined ? zero : sign(line.item.quantity);
    const sku = line.item?.sku ?? '';
    const isExact = mapping.lines?.amounts === 'shares' || isWhole(value, exponent);
    sum = add(sum, value);
    const [amountMinor, pieces] = [toWhole(sum, exponent) - told, toWhole(quantity, 0)];
    told += amountMinor;
    const isSafe = amountMinor <= mostMinor && pieces <= Number.MAX_SAFE_INTEGER;
    const isItem = isWhole(quantity, 0) && sku !== '' && amountMinor > 0n && pieces > 0n;
    if (!isExact || !isSafe || !isItem) return undefined;
    items.push({ sku, quantity: Number(pieces), amountMinor: `${amountMinor}` });
  }
  const isSmall = JSON.stringify(items).length <= maxItemCharacters;
  return items.length > 0 && isSmall ? items : undefined;
}

type Sign = (value: Decimal) => Decimal;

/**
 * The order as an event, or why not. The exact sum of the lines is rounded here, once, half up, and
 * is positive for orders and cancellations alike. `lines` stand in the event only where each of
 * them is a positive whole number of pieces and of minor units, so that they add up to the total;
 * a mapping may let those with fractions share the rounded total instead. Otherwise, and where they
 * would make the body too large, they are left out rather than rounded one by one.
 */
export function closeOrder(mapping: Mapping, draft: OrderDraft): Result<ImportedEvent, Rejection> {
  if (draft.fault !== undefined) return failure(draft.fault);
  const { first } = draft;
  const exponent = mapping.amount.in === 'minor' ? 0 : currencyExponent(first.currency);
  invariant(exponent !== undefined, 'The currency of an accepted line has an exponent.');
  const isFlipped = first.isCancellation && mapping.cancellation?.amounts === 'negative';
  const sign: Sign = isFlipped ? negate : (value) => value;
  const amountMinor = toWhole(sign(draft.total), exponent);
  const refuse = (code: RejectionCode) =>
    failure(rejection(code, amountColumns(mapping).join(' ')));
  if (amountMinor <= 0n) return refuse(isFlipped ? 'TOTAL_NOT_NEGATIVE' : 'TOTAL_NOT_POSITIVE');
  if (amountMinor > mostMinor) return refuse('AMOUNT_UNSAFE');
  const lines = itemsOf(mapping, draft, sign, exponent);
  const original = first.isCancellation ? first.refersTo : undefined;
  return success({
    id: first.order,
    source: mapping.source,
    type: first.isCancellation ? mapping.types.returned : mapping.types.placed,
    member: first.member,
    occurredAt: draft.earliest.occurredAt,
    amountMinor: `${amountMinor}`,
    currency: first.currency,
    ...(draft.country === undefined ? {} : { country: draft.country }),
    ...(lines === undefined ? {} : { lines }),
    ...(original === undefined
      ? {}
      : { refersTo: { source: mapping.refersTo?.source ?? mapping.source, id: original } }),
  });
}
