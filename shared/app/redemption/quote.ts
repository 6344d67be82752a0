import { programAt } from '../../domain/program/version.ts';
import type { RedemptionRequest } from '../../domain/redemption/price.ts';
import { quoteSeed, redemptionId } from '../../domain/redemption/reference.ts';
import type { Quote } from '../../domain/redemption/terms.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { addMs } from '../../domain/time.ts';
import type { QuoteStore } from '../../ports/offers.ts';
import type { Clock, Digest } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';
import { type PriceDependencies, priceRequest } from '../catalogue/price-request.ts';

export interface QuoteDependencies extends PriceDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly programs: ProgramStore;
  readonly quotes: QuoteStore;
}

export interface QuoteCommand {
  readonly program: string;
  /** Whose idempotency keys these are. */
  readonly caller: string;
  readonly idempotencyKey: string;
  readonly request: RedemptionRequest;
}

export interface Quoted {
  readonly quote: Quote;
  /** True when this request had been answered before: the same quote, whatever has happened. */
  readonly repeated: boolean;
}

const minuteMs = 60_000;

/**
 * A price that holds for a while, with all that was promised beside it. Nothing is held. Refusals
 * as of `priceRequest`, and `IDEMPOTENCY_CONFLICT`.
 */
export async function quote(
  dependencies: QuoteDependencies,
  command: QuoteCommand,
): Promise<Result<Quoted, Refusal>> {
  const { clock, digest, programs, quotes } = dependencies;
  const { program: name, request } = command;
  const id = redemptionId(digest.sha256Hex(quoteSeed(command)));
  const key = { program: name, member: request.member, quote: id };
  const before = await quotes.read(key);
  if (before !== undefined) return repeated(before, request);
  const now = clock.now();
  const compiled = compiledAt(await programs.load(name), now);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const agreed = await priceRequest(dependencies, { compiled, now }, request);
  if (!agreed.ok) return agreed;
  const { quoteMinutes } = compiled.program.redemption;
  const expiresAt = addMs(now, quoteMinutes * minuteMs);
  const { member } = request;
  const made: Quote = { ...agreed.value, id, program: name, member, quotedAt: now, expiresAt };
  if ((await quotes.put(made)) === 'done') return success({ quote: made, repeated: false });
  const first = await quotes.read(key);
  return first === undefined ? failure(refusal('TRY_AGAIN')) : repeated(first, request);
}

/** The first quote again, where the same was asked for. */
function repeated(quoted: Quote, request: RedemptionRequest): Result<Quoted, Refusal> {
  const { rewardId, currency, country, amountMinor, points, language } = request;
  const { value, terms } = quoted;
  const isSame =
    quoted.rewardId === rewardId &&
    quoted.country === country &&
    value.currency === currency &&
    (amountMinor === undefined || value.amountMinor === amountMinor) &&
    (points === undefined ? terms.cash === undefined : quoted.points === points) &&
    (language === undefined || terms.language === language);
  if (!isSame) return failure(refusal('IDEMPOTENCY_CONFLICT'));
  return success({ quote: quoted, repeated: true });
}

/** A member's own quote, also one that has expired; another member's does not exist for them. */
export async function viewQuote(
  { quotes, programs, clock }: Pick<QuoteDependencies, 'quotes' | 'programs' | 'clock'>,
  key: { readonly program: string; readonly member: string; readonly quote: string },
): Promise<Result<Quote, Refusal>> {
  const program = programAt(await programs.load(key.program), clock.now());
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const found = await quotes.read(key);
  return found === undefined ? failure(refusal('UNKNOWN_QUOTE')) : success(found);
}
