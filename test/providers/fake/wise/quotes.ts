import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import {
  digitsOf,
  dollarCents,
  dollarText,
  dollarThousandths,
  thousandths,
} from '../common/dollars.ts';
import { isRawNumber, type RawNumber, rawNumber } from '../common/raw-json.ts';
import { notFound, refused } from './answer.ts';
import type { StoredQuote, WiseStore } from './store.ts';
import { uuidOf } from './webhooks.ts';

/** What every transfer is paid from. */
export const sourceCurrency = 'USD';

const lifeMs = 1_800_000;

const requestSchema = z.object({
  sourceCurrency: z.literal(sourceCurrency),
  targetCurrency: z.string().regex(/^[A-Z]{3}$/),
  targetAmount: z.custom<RawNumber>(isRawNumber),
  targetAccount: z.custom<RawNumber>(isRawNumber).optional(),
});

/** Another one each time; the rate is good for half an hour. */
export function createQuote(store: WiseStore, body: unknown, nowMs: number): Answer {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return refused(422, 'NOT_VALID', 'sourceCurrency');
  const { targetCurrency: currency, targetAmount, targetAccount } = parsed.data;
  const target = targetAmount.rawJSON;
  const value = thousandths(target, digitsOf(currency));
  if (value === undefined || value === 0n) return refused(422, 'NOT_VALID', 'targetAmount');
  if (targetAccount && store.recipient(targetAccount.rawJSON)?.currency !== currency) {
    return refused(422, 'NOT_VALID', 'targetAccount');
  }
  const netCents = dollarCents(value, currency);
  const quote: StoredQuote = {
    ...{ kind: 'quote', id: uuidOf(`quote ${store.nextId()}`), target, currency },
    ...{ netCents: `${netCents}`, feeCents: `${feeCents(netCents)}` },
    ...{ expiresAtMs: nowMs + lifeMs, isUsed: false },
  };
  store.put(quote);
  return answered(quoteView(quote, nowMs));
}

export function readQuote(store: WiseStore, id: string, nowMs: number): Answer {
  const quote = store.quote(id);
  return quote === undefined ? notFound : answered(quoteView(quote, nowMs));
}

/** Half a per cent and thirty-five cents. */
function feeCents(netCents: bigint): bigint {
  return 35n + netCents / 200n;
}

function quoteView(quote: StoredQuote, nowMs: number): object {
  const { id, currency, expiresAtMs, isUsed } = quote;
  const expirationTime = new Date(expiresAtMs).toISOString();
  const unusedStatus = nowMs < expiresAtMs ? 'PENDING' : 'EXPIRED';
  const rate = (1_000 / Number(dollarThousandths[currency] ?? 1_000n)).toFixed(5);
  return {
    ...{ id, sourceCurrency, targetCurrency: currency, targetAmount: rawNumber(quote.target) },
    ...{ rate: rawNumber(rate), rateType: 'FIXED', rateExpirationTime: expirationTime },
    ...{ expirationTime, providedAmountType: 'TARGET', status: isUsed ? 'ACCEPTED' : unusedStatus },
    paymentOptions: [
      option(quote, 'BANK_TRANSFER', BigInt(quote.feeCents) + 100n),
      option(quote, 'BALANCE', BigInt(quote.feeCents)),
    ],
  };
}

function option({ target, currency, netCents }: StoredQuote, payIn: string, fee: bigint): object {
  const value = { amount: rawNumber(dollarText(fee)), currency: sourceCurrency };
  return {
    ...{ disabled: false, payIn, payOut: 'BANK_TRANSFER' },
    sourceAmount: rawNumber(dollarText(BigInt(netCents) + fee)),
    ...{ sourceCurrency, targetAmount: rawNumber(target), targetCurrency: currency },
    price: { total: { type: 'TOTAL', value } },
  };
}
