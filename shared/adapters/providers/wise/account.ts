import { createHash } from 'node:crypto';
import type { Money } from '../../../domain/money/money.ts';
import { addMs, formatInstant, type Instant, parseInstant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import type { WireNumber } from '../exact-json.ts';
import { moneyOf } from '../wire-money.ts';
import type { WiseCalls } from './calls.ts';
import type { StatementRow } from './reply.ts';

interface Period {
  readonly from: Instant;
  /** Not in it any more. */
  readonly to: Instant;
}

/** What each balance of the profile holds. Throws `ProviderUnavailableError`. */
export async function balances(calls: WiseCalls): Promise<readonly Money[]> {
  const held = answerOf('wise', await calls.listBalances());
  return held.map(({ amount }) => exactMoney(amount.value, amount.currency));
}

function exactMoney(value: WireNumber, currency: string): Money {
  const money = moneyOf(value, currency);
  if (money === undefined) throw new ProviderUnavailableError('wise');
  return money;
}

/** A statement covers 469 days at most. */
const statementMs = 468 * 86_400_000;

/**
 * The movements of every balance, as its statement says them: the fee is a part of the amount. In
 * the UK and the EEA Wise asks for strong authentication: without the key for it they cannot be
 * read. Throws `ProviderUnavailableError`.
 */
export async function* settlements(
  calls: WiseCalls,
  period: Period,
): AsyncGenerator<SettlementLine> {
  const held = answerOf('wise', await calls.listBalances());
  for (const { id, currency } of held) {
    const seen = new Map<string, number>();
    for (const { from, to } of windowsOf(period)) {
      const reply = await calls.getStatement(id.text, {
        ...{ currency, type: 'COMPACT' },
        ...{ intervalStart: formatInstant(from), intervalEnd: formatInstant(to) },
      });
      for (const row of answerOf('wise', reply).transactions) {
        const line = lineOf(row, seen);
        if (line.at >= from && line.at < to) yield line;
      }
    }
  }
}

function* windowsOf({ from, to }: Period): Generator<Period> {
  for (let start = from; start < to; start = addMs(start, statementMs)) {
    const end = addMs(start, statementMs);
    yield { from: start, to: end < to ? end : to };
  }
}

function lineOf(row: StatementRow, seen: Map<string, number>): SettlementLine {
  const at = parseInstant(row.date);
  if (at === undefined) throw new ProviderUnavailableError('wise');
  const amount = exactMoney(row.amount.value, row.amount.currency);
  const providerOrder = transferIn(row);
  return {
    ...{ id: idOf(row, amount, seen), kind: kindOf(row, amount), at, amount },
    ...(providerOrder !== undefined && { providerOrder }),
  };
}

/** The form is widely seen and nowhere promised: any other leaves the line without an order. */
function transferIn({ referenceNumber }: StatementRow): string | undefined {
  return /^TRANSFER-([1-9]\d{0,17})$/.exec(referenceNumber ?? '')?.[1];
}

const fundings: ReadonlySet<string> = new Set(['DEPOSIT', 'MONEY_ADDED']);

function kindOf(row: StatementRow, { amountMinor }: Money): SettlementLine['kind'] {
  if (transferIn(row) !== undefined) return amountMinor < 0n ? 'charge' : 'refund';
  return amountMinor > 0n && fundings.has(row.details?.type ?? '') ? 'funding' : 'other';
}

/** What comes back has the number of what went: the rest of the row tells them apart. */
function idOf(
  { date, referenceNumber, type }: StatementRow,
  { amountMinor, currency }: Money,
  seen: Map<string, number>,
): string {
  const text = JSON.stringify([referenceNumber ?? '', type, date, `${amountMinor}`, currency]);
  const number = (seen.get(text) ?? 0) + 1;
  seen.set(text, number);
  return createHash('sha256').update(`${text}${number}`).digest('base64url').slice(0, 22);
}
