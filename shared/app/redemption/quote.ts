import { localDayAt } from '../../domain/earning/local-day.ts';
import { type Means, meansFor } from '../../domain/redemption/means.ts';
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
import { type AskedAt, type PriceDependencies, priceRequest } from '../catalogue/price-request.ts';

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

/** A quote, and what its member has and may spend now: it is given to whoever may earn the rest. */
export interface SeenQuote {
  readonly quote: Quote;
  readonly means: Means;
}

export interface Quoted extends SeenQuote {
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
  const { clock, programs } = dependencies;
  const now = clock.now();
  const compiled = compiledAt(await programs.load(command.program), now);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const at = { compiled, now };
  const once = await quoteOnce(dependencies, at, command);
  if (!once.ok) return once;
  const means = await meansOf(dependencies, at, once.value.quote);
  return success({ ...once.value, means });
}

type Once = Omit<Quoted, 'means'>;

async function quoteOnce(
  dependencies: QuoteDependencies,
  at: AskedAt,
  command: QuoteCommand,
): Promise<Result<Once, Refusal>> {
  const { digest, quotes } = dependencies;
  const { program: name, request } = command;
  const id = redemptionId(digest.sha256Hex(quoteSeed(command)));
  const key = { program: name, member: request.member, quote: id };
  const before = await quotes.read(key);
  if (before !== undefined) return repeated(before, request);
  const agreed = await priceRequest(dependencies, at, request);
  if (!agreed.ok) return agreed;
  const { now, compiled } = at;
  const { quoteMinutes } = compiled.program.redemption;
  const expiresAt = addMs(now, quoteMinutes * minuteMs);
  const { member } = request;
  const made: Quote = { ...agreed.value, id, program: name, member, quotedAt: now, expiresAt };
  if ((await quotes.put(made)) === 'done') return success({ quote: made, repeated: false });
  const first = await quotes.read(key);
  return first === undefined ? failure(refusal('TRY_AGAIN')) : repeated(first, request);
}

/** The first quote again, where the same was asked for. */
function repeated(quoted: Quote, request: RedemptionRequest): Result<Once, Refusal> {
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

type MeansDependencies = Pick<QuoteDependencies, 'ledger'>;

/** One item of the member. Nothing is settled for it: what has vested counts as it will. */
async function meansOf(
  { ledger }: MeansDependencies,
  { compiled: { program }, now }: AskedAt,
  { member, unit, points }: Quote,
): Promise<Means> {
  const balance = await ledger.readBalance({ program: program.program, member, unit });
  return meansFor(program, { unit, points }, balance, localDayAt(now, program.timeZone).date);
}

/** A member's own quote, also one that has expired; another member's does not exist for them. */
export async function viewQuote(
  dependencies: MeansDependencies & Pick<QuoteDependencies, 'quotes' | 'programs' | 'clock'>,
  key: { readonly program: string; readonly member: string; readonly quote: string },
): Promise<Result<SeenQuote, Refusal>> {
  const { quotes, programs, clock } = dependencies;
  const now = clock.now();
  const compiled = compiledAt(await programs.load(key.program), now);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const quote = await quotes.read(key);
  if (quote === undefined) return failure(refusal('UNKNOWN_QUOTE'));
  return success({ quote, means: await meansOf(dependencies, { compiled, now }, quote) });
}
