import { type Decimal, isWhole, toWhole } from '../import/decimal.ts';
import { currencyExponent } from '../money/currency.ts';
import type { Money } from '../money/money.ts';

/** What a bank has said of a file that it was sent: pain.002 of ISO 20022. */
export interface StatusReport {
  readonly messageId: string;
  /** The file that this is about, and what it was: `pain.001.001.09`. */
  readonly originalMessageId: string;
  readonly originalMessageName: string;
  /** As the bank read them: absent if it does not say. */
  readonly originalCount?: number;
  readonly originalSum?: Decimal;
  readonly status?: ToldStatus;
  readonly payments: readonly PaymentReport[];
}

export interface PaymentReport {
  readonly paymentInformationId: string;
  readonly status?: ToldStatus;
  readonly transactions: readonly TransactionReport[];
}

export interface TransactionReport {
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly status?: ToldStatus;
}

export interface ToldStatus {
  /** As the bank wrote it, such as `ACSP`. */
  readonly code: string;
  readonly standing: Standing;
  readonly reasons: readonly StatusReason[];
}

export interface StatusReason {
  /** Of ISO 20022's list, such as `AC04`, or the bank's own. */
  readonly code?: string;
  readonly information: readonly string[];
}

/**
 * `settled` is no promise that the payee has it: money comes back on a statement days later.
 * `partial`: some were accepted and some rejected, so only what is said of each counts.
 */
export type Standing = 'pending' | 'accepted' | 'settled' | 'rejected' | 'partial' | 'unknown';

/** External code list of ISO 20022, payment group and transaction status. */
const standings: ReadonlyMap<string, Standing> = new Map([
  ['RCVD', 'pending'],
  ['PDNG', 'pending'],
  ['ACTC', 'accepted'],
  ['ACCP', 'accepted'],
  ['ACSP', 'accepted'],
  ['ACWC', 'accepted'],
  ['ACFC', 'accepted'],
  ['ACSC', 'settled'],
  ['ACCC', 'settled'],
  ['RJCT', 'rejected'],
  ['PART', 'partial'],
]);

/** A code that the list does not have stands for nothing: the transfer stays as it was. */
export function standingOf(code: string): Standing {
  return standings.get(code) ?? 'unknown';
}

export interface SentFile {
  readonly messageId: string;
  readonly transfers: number;
  readonly total: Money;
}

/** Why a report is not about this file, or not about what was in it. */
export function checkReport(
  report: StatusReport,
  sent: SentFile,
): 'OTHER_FILE' | 'COUNT' | 'CONTROL_SUM' | undefined {
  if (report.originalMessageId !== sent.messageId) return 'OTHER_FILE';
  const { originalCount, originalSum } = report;
  if (originalCount !== undefined && originalCount !== sent.transfers) return 'COUNT';
  if (originalSum === undefined) return undefined;
  const exponent = currencyExponent(sent.total.currency) ?? 0;
  const isSame =
    isWhole(originalSum, exponent) && toWhole(originalSum, exponent) === sent.total.amountMinor;
  return isSame ? undefined : 'CONTROL_SUM';
}

export type StatusLookup = (endToEndId: string) => ToldStatus | undefined;

/** The innermost thing said of a transfer: of itself, of its payment, or of the whole file. */
export function statusLookup(report: StatusReport): StatusLookup {
  const own = new Map<string | undefined, ToldStatus | undefined>();
  for (const { transactions, status } of report.payments) {
    for (const { endToEndId, instructionId, status: told } of transactions) {
      const innermost = told ?? status ?? report.status;
      own.set(folded(instructionId), innermost);
      own.set(folded(endToEndId), innermost);
    }
  }
  // Our files have one payment information: what is said of it holds for all that is in it.
  const ofPayment = report.payments.find(({ status }) => status !== undefined)?.status;
  return (endToEndId) => own.get(folded(endToEndId)) ?? ofPayment ?? report.status;
}

/** Banks may change the letters' case, and pad. */
function folded(id: string | undefined): string | undefined {
  return id?.trim().toLowerCase();
}
