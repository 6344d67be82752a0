import type { Money } from '../../../domain/money/money.ts';
import { type Instant, parseInstant } from '../../../domain/time.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import type { Clock } from '../../../ports/runtime.ts';
import { type HttpError, isOwnNo } from '../http.ts';
import { type Asked, lookUpFailure, type Refusal, rejected, unknown } from '../order-outcome.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import { approvalWanted } from './approval.ts';
import type { WiseCalls } from './calls.ts';
import { feeOf, type QuoteReply, type TransferReply, type WiseProblem } from './reply.ts';

/** One profile, and the balance that its transfers are paid from. */
export interface WiseAccount {
  readonly calls: WiseCalls;
  readonly clock: Clock;
  readonly profileId: string;
  readonly sourceCurrency: string;
  readonly statementText: string;
  /** By our reference, what a look-up found made and not paid for: placing goes on there. */
  readonly drafts: Map<string, string>;
}

type AskedTransfer = Pick<Asked, 'reference' | 'value' | 'withoutReward'>;

/** Whoever says so: neither frees anybody's points, and nothing has come of the call. */
export const refusals: ReadonlyMap<number, Refusal> = new Map([
  [401, ['configuration', 'TOKEN_REFUSED']],
  [403, ['configuration', 'NOT_PERMITTED']],
  [429, ['waitForLimit', 'RATE_LIMITED']],
]);

/** Strong authentication that our key, or the lack of one, does not meet; else by the status. */
function refusalOf({ status, problem }: HttpError<WiseProblem>): Refusal | undefined {
  const isUnapproved =
    problem !== undefined && 'error' in problem && problem.error === approvalWanted;
  return isUnapproved ? ['configuration', 'APPROVAL_WANTED'] : refusals.get(status);
}

const refusedSteps = {
  recipient: 'PAYEE_REFUSED',
  quote: 'QUOTE_REFUSED',
  transfer: 'TRANSFER_REFUSED',
} as const;

/** What an error before anything is paid means: a no for good must name what Wise finds wrong. */
export function errorMeaning(
  step: keyof typeof refusedSteps,
): (error: HttpError<WiseProblem>) => OrderOutcome {
  return (error) => {
    const { status, problem } = error;
    const known = refusalOf(error);
    if (known !== undefined) return rejected(known);
    if (status >= 500) return unknown('SERVER_ERROR');
    if (status === 404 && step === 'quote' && problem !== undefined) {
      return rejected(['configuration', 'PROFILE_UNKNOWN']);
    }
    const faults = problem !== undefined && 'errors' in problem ? problem.errors : [];
    const isAbout = (field: string) => faults.some(({ path }) => path === field);
    if (status === 409 || isAbout('customerTransactionId')) return unknown('REFERENCE_CONFLICT');
    // It lives for half an hour: the next call makes a new one.
    if (isAbout('quoteUuid')) return rejected(['retrySameKey', 'QUOTE_STALE']);
    if (faults.length === 0 || (status !== 400 && status !== 422)) {
      return unknown('UNEXPECTED_STATUS');
    }
    return rejected(['permanent', refusedSteps[step]]);
  };
}

/** Whether it is paid is not certain then: no error frees the member's points. */
export function fundingErrorMeaning(error: HttpError<WiseProblem>): OrderOutcome {
  const known = refusalOf(error);
  if (known !== undefined) return rejected(known);
  return unknown(error.status >= 500 ? 'SERVER_ERROR' : 'UNEXPECTED_STATUS');
}

/** Made, and it waits for our money: either we never paid, or it has not been noticed yet. */
export function isWaiting({ status }: TransferReply): boolean {
  return status === 'incoming_payment_waiting';
}

/**
 * A transfer of another value, from another balance or under another reference is not ours. Wise
 * may write a uuid in capitals.
 */
export function contradicts(
  { sourceCurrency }: Pick<WiseAccount, 'sourceCurrency'>,
  transfer: TransferReply,
  { reference, value }: AskedTransfer,
): boolean {
  const { customerTransactionId, targetValue, targetCurrency } = transfer;
  if (customerTransactionId?.toLowerCase() !== reference) return true;
  if (transfer.sourceCurrency !== sourceCurrency) return true;
  return !isSameMoney(moneyOf(targetValue, targetCurrency), value);
}

export function taken({ id }: TransferReply): OrderOutcome {
  return { kind: 'accepted', providerOrder: id.text, final: false };
}

/** What has become of a transfer that was paid for or called off; else it is under way. */
export async function outcomeOf(
  wise: WiseAccount,
  transfer: TransferReply,
  asked: AskedTransfer,
): Promise<OrderOutcome> {
  if (contradicts(wise, transfer, asked)) return unknown('CONTRADICTION');
  switch (transfer.status) {
    case 'outgoing_payment_sent':
      return sent(wise, transfer, asked);
    case 'cancelled':
      return cancelled(wise, transfer);
    case 'funds_refunded':
      return rejected(['permanent', 'FUNDS_REFUNDED']);
    // Our own money was taken back: no status says what becomes of the payee's.
    case 'charged_back':
      return unknown('CHARGED_BACK');
    default:
      return taken(transfer);
  }
}

/** What it costs is said in two places: in the transfer without, in its quote the fee. */
async function sent(
  { calls }: WiseAccount,
  transfer: TransferReply,
  { withoutReward }: AskedTransfer,
): Promise<OrderOutcome> {
  const { id, quoteUuid } = transfer;
  const done = { kind: 'accepted', providerOrder: id.text, final: true } as const;
  if (withoutReward || !quoteUuid) return done;
  const reply = await calls.getQuote(quoteUuid);
  if (isOwnNo(reply, 404)) return done;
  if (reply.kind !== 'answer') return lookUpFailure(reply, refusals);
  const fee = reply.body.id === quoteUuid ? feeOf(reply.body) : undefined;
  const charge = fee && chargeOf(transfer, fee);
  return fee === undefined || charge === undefined ? done : { ...done, charge, fee };
}

/**
 * Why a quote is not for what was asked, where it says so; nothing is paid for by a quote. Wise may
 * round an amount in a currency whose coins are not paid out.
 */
export function quoteRefusal(
  { sourceCurrency }: Pick<WiseAccount, 'sourceCurrency'>,
  quote: QuoteReply,
  { currency, amountMinor }: Money,
): Refusal | undefined {
  const isOther = (told: string | null | undefined, asked: string) => told && told !== asked;
  if (isOther(quote.sourceCurrency, sourceCurrency) || isOther(quote.targetCurrency, currency)) {
    return ['retrySameKey', 'QUOTE_FOR_ANOTHER'];
  }
  const { rateType, targetAmount } = quote;
  if (targetAmount && moneyOf(targetAmount, currency)?.amountMinor !== amountMinor) {
    return ['permanent', 'AMOUNT_NOT_EXACT'];
  }
  // What arrives would depend on the rate of another day.
  const isFloating = rateType === 'FLOATING' && currency !== sourceCurrency;
  return isFloating ? ['configuration', 'RATE_FLOATS'] : undefined;
}

function chargeOf({ sourceValue, sourceCurrency }: TransferReply, fee: Money): Money | undefined {
  const net = sourceValue ? moneyOf(sourceValue, sourceCurrency) : undefined;
  if (net === undefined || net.amountMinor <= 0n || net.currency !== fee.currency) return undefined;
  if (fee.amountMinor < 0n) return undefined;
  return { amountMinor: net.amountMinor + fee.amountMinor, currency: net.currency };
}

/** Wise gives up a transfer that nobody pays for in 14 days: one so old has lapsed. */
const lapsedAfterMs = 13 * 86_400_000;

/**
 * One that waited too long for our money says nothing against the payout: it goes on under another
 * reference. Any other is over, whether or not its money is back yet.
 */
async function cancelled(
  { calls, clock }: WiseAccount,
  { created, id }: TransferReply,
): Promise<OrderOutcome> {
  const over = rejected(['permanent', 'TRANSFER_CANCELLED']);
  const createdAt = instantOfWire(created ?? '');
  if (createdAt === undefined || clock.now() - createdAt < lapsedAfterMs) return over;
  const payments = await calls.listPayments(id.text);
  if (payments.kind !== 'answer') return lookUpFailure(payments, refusals);
  return payments.body.length > 0 ? over : rejected(['retryNewKey', 'TRANSFER_LAPSED']);
}

/** `created` has been written without a zone; all of Wise's times are UTC. */
function instantOfWire(text: string): Instant | undefined {
  return parseInstant(text) ?? parseInstant(`${text.replace(' ', 'T')}Z`);
}
