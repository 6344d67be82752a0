import type { Wanted } from '../../domain/catalogue/alternatives.ts';
import { faceValueOf, sourcesFor } from '../../domain/catalogue/face-value.ts';
import type { Offer, Viewer } from '../../domain/catalogue/offer.ts';
import { localDayAt } from '../../domain/earning/local-day.ts';
import { emptySnapshot } from '../../domain/member/snapshot.ts';
import type { Money } from '../../domain/money/money.ts';
import type { Points } from '../../domain/points/points.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import type { Program } from '../../domain/program/schema.ts';
import { freshRate } from '../../domain/rates/fresh-rate.ts';
import { noRates } from '../../domain/rates/rate-book.ts';
import {
  type AgreedPrice,
  type AskedPrice,
  priceOffer,
  type RateOf,
  type RedemptionRequest,
  rateNeeded,
} from '../../domain/redemption/price.ts';
import type { AgreedTerms } from '../../domain/redemption/terms.ts';
import { type Refusal, type RefusalCode, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { RateReader } from '../../ports/rates.ts';
import { readRates } from '../rates/rate-reader.ts';
import { kindOf, nearestOffers, type OfferDependencies, offerOf, rewardIn } from './offers.ts';
import { viewerOf } from './viewer.ts';

export interface PriceDependencies extends OfferDependencies {
  readonly ledger: LedgerStore;
  readonly rates: RateReader;
  readonly contacts: Pick<ContactStore, 'read'>;
}

/** What both sides agree on, before anything is held. */
export interface Agreed extends Points {
  readonly rewardId: string;
  readonly country: string;
  readonly value: Money;
  readonly promisedMinutes: number;
  readonly terms: Omit<AgreedTerms, 'promisedBy'>;
}

/** When it is asked, and the program that says what it costs then. */
export interface AskedAt {
  readonly compiled: CompiledProgram;
  readonly now: Instant;
}

/**
 * What a reward costs a member now, and where it can be had. Refusals: of the offer, of the amount,
 * of the rates and of the price; those of a reward that cannot be had name what is nearest to it.
 */
export function priceRequest(
  dependencies: PriceDependencies,
  at: AskedAt,
  request: RedemptionRequest,
): Promise<Result<Agreed, Refusal>> {
  return agreedOn(dependencies, at, request, priceNow);
}

/** What somebody else pays for: where it can be had, whatever points would buy of it. */
export function giftRequest(
  dependencies: PriceDependencies,
  at: AskedAt,
  request: RedemptionRequest,
): Promise<Result<Agreed, Refusal>> {
  return agreedOn(dependencies, at, request, async (_, __, { offer }) =>
    success({ unit: offer.unit, points: 0n }),
  );
}

type Pricing = (
  dependencies: PriceDependencies,
  at: AskedAt,
  asked: AskedPrice,
) => Promise<Result<AgreedPrice, Refusal>>;

async function agreedOn(
  dependencies: PriceDependencies,
  at: AskedAt,
  request: RedemptionRequest,
  pricing: Pricing,
): Promise<Result<Agreed, Refusal>> {
  const { program } = at.compiled;
  const viewer = await viewerFor(dependencies, at, request);
  const offer = await offerOf(dependencies, program, request.rewardId, viewer);
  if (!offer.ok) return withAlternatives(dependencies, program, offer.failure, { request, viewer });
  const offered = { request, offer: offer.value, viewer };
  const agreed = await agreedAt(offered, (asked) => pricing(dependencies, at, asked));
  if (agreed.ok) return agreed;
  const kind = offer.value.kind;
  return withAlternatives(dependencies, program, agreed.failure, { request, viewer, kind });
}

/** In the language that is asked for, else the member's own, else the program's first. */
async function viewerFor(
  { contacts, ledger }: PriceDependencies,
  { compiled, now }: AskedAt,
  request: RedemptionRequest,
): Promise<Viewer> {
  const { program } = compiled;
  const { member, rewardId, country } = request;
  const contact = request.language ?? (await contacts.read({ program: program.program, member }));
  const language = typeof contact === 'string' ? contact : contact?.language;
  const reward = rewardIn(program, rewardId);
  const isForSome = reward?.tiers !== undefined || reward?.segments !== undefined;
  const snapshot = isForSome
    ? await ledger.readMember({ program: program.program, member })
    : emptySnapshot(member);
  return viewerOf({ compiled, now, country, language }, snapshot);
}

interface Offered {
  readonly request: RedemptionRequest;
  readonly offer: Offer;
  readonly viewer: Viewer;
}

async function agreedAt(
  { request, offer, viewer }: Offered,
  priceOf: (asked: AskedPrice) => Promise<Result<AgreedPrice, Refusal>>,
): Promise<Result<Agreed, Refusal>> {
  if (offer.currency !== request.currency) {
    return failure(refusal('REWARD_CURRENCY_MISMATCH', 'currency'));
  }
  const value = faceValueOf(offer, request.amountMinor);
  if (!value.ok) return value;
  const sources = sourcesFor(offer, value.value);
  if (sources.length === 0) return failure(refusal('REWARD_UNAVAILABLE', 'rewardId'));
  const price = await priceOf({ offer, amountMinor: value.value, points: request.points });
  if (!price.ok) return price;
  const { points, unit, ...terms } = price.value;
  return success({
    ...{ rewardId: offer.rewardId, country: request.country, unit, points },
    value: { amountMinor: value.value, currency: offer.currency },
    promisedMinutes: offer.promisedMinutes,
    terms: {
      ...{ rewardName: offer.name, kind: offer.kind, sources, language: viewer.language },
      ...terms,
    },
  });
}

async function priceNow(
  { rates }: PriceDependencies,
  { compiled: { program }, now }: AskedAt,
  asked: AskedPrice,
): Promise<Result<AgreedPrice, Refusal>> {
  const needsRates = rateNeeded(program, asked) !== undefined;
  const book = needsRates ? await readRates(rates, program, [now]) : noRates;
  const on = localDayAt(now, program.timeZone).date;
  const { staleDays } = program.money;
  const rateOf: RateOf = (from, to) => freshRate(book, { from, to, on, staleDays });
  return priceOffer(program, asked, rateOf);
}

/** Refusals of something that was on offer, and is no more. */
const gone: readonly RefusalCode[] = ['REWARD_UNAVAILABLE', 'AMOUNT_NOT_OFFERED'];

interface Refused {
  readonly request: Pick<RedemptionRequest, 'rewardId' | 'amountMinor' | 'currency'>;
  readonly viewer: Viewer;
  /** Without it, that of the reward of that name. */
  readonly kind?: Wanted['kind'];
}

export async function withAlternatives(
  dependencies: OfferDependencies,
  program: Program,
  refused: Refusal,
  { request, viewer, kind }: Refused,
): Promise<Result<never, Refusal>> {
  const { rewardId, currency, amountMinor = 0n } = request;
  if (!gone.includes(refused.code)) return failure(refused);
  const wantedKind = kind ?? (await kindOf(dependencies, program, rewardId));
  if (wantedKind === undefined) return failure(refused);
  const wanted = { rewardId, kind: wantedKind, currency, amountMinor };
  const alternatives = await nearestOffers(dependencies, program, wanted, viewer);
  return failure({ ...refused, alternatives });
}
