import { stillSold } from '../../domain/catalogue/listed.ts';
import { mergedOffers } from '../../domain/catalogue/merge.ts';
import { isSoldIn } from '../../domain/catalogue/offer.ts';
import { isOffered } from '../../domain/catalogue/product.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { AskedReward } from '../../domain/redemption/asked.ts';
import type { Quote, RewardSource } from '../../domain/redemption/terms.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { QuoteStore } from '../../ports/offers.ts';
import { readCatalogues, readSources, rewardIn } from '../catalogue/offers.ts';
import {
  type Agreed,
  type AskedAt,
  giftRequest,
  type PriceDependencies,
  priceRequest,
  withAlternatives,
} from '../catalogue/price-request.ts';
import { anybody } from '../catalogue/viewer.ts';

export interface AgreeDependencies extends PriceDependencies {
  readonly quotes: QuoteStore;
}

/**
 * What a redemption is held for: as quoted, or as it is priced now. Refusals as of `priceRequest`;
 * of a quote `UNKNOWN_QUOTE`, `QUOTE_EXPIRED`, and those of a reward that has changed since.
 */
export async function agree(
  dependencies: AgreeDependencies,
  at: AskedAt,
  { member, asked }: { readonly member: string; readonly asked: AskedReward },
): Promise<Result<Agreed, Refusal>> {
  if (asked.kind === 'reward') return priceRequest(dependencies, at, asked.request);
  if (asked.kind === 'gift') return agreeGift(dependencies, at, asked);
  const { program } = at.compiled.program;
  const quoted = await dependencies.quotes.read({ program, member, quote: asked.quote });
  if (quoted === undefined) return failure(refusal('UNKNOWN_QUOTE', 'quote'));
  if (quoted.expiresAt <= at.now) return failure(refusal('QUOTE_EXPIRED', 'quote'));
  return agreeQuoted(dependencies, at, quoted);
}

async function agreeGift(
  dependencies: AgreeDependencies,
  at: AskedAt,
  { request, choice }: AskedReward & { readonly kind: 'gift' },
): Promise<Result<Agreed, Refusal>> {
  const agreed = await giftRequest(dependencies, at, request);
  if (!agreed.ok) return agreed;
  return success({ ...agreed.value, terms: { ...agreed.value.terms, choice } });
}

/** Everything stands as quoted; what is looked at is whether the reward can still be had. */
async function agreeQuoted(
  dependencies: AgreeDependencies,
  { compiled, now }: AskedAt,
  quoted: Quote,
): Promise<Result<Agreed, Refusal>> {
  const { program } = compiled;
  const { rewardId, country, unit, points, promisedMinutes, value, terms } = quoted;
  const sources = await sourcesLeft(dependencies, program, quoted);
  if (sources.ok && sources.value.length > 0) {
    const agreed = { ...terms, sources: sources.value, quote: quoted.id };
    return success({ rewardId, country, unit, points, promisedMinutes, value, terms: agreed });
  }
  const refused = sources.ok ? refusal('REWARD_UNAVAILABLE', 'quote') : sources.failure;
  const viewer = anybody({ compiled, now, country, language: terms.language });
  const request = { rewardId, ...value };
  const { kind } = terms;
  return withAlternatives(dependencies, program, refused, { request, viewer, kind });
}

async function sourcesLeft(
  dependencies: AgreeDependencies,
  program: Program,
  quoted: Quote,
): Promise<Result<readonly RewardSource[], Refusal>> {
  const { rewardId, country, value, terms } = quoted;
  const reward = rewardIn(program, rewardId);
  if (reward === undefined) return catalogueSources(dependencies, program, quoted);
  const { amountsMinor } = reward;
  const isListed = amountsMinor?.some((amount) => BigInt(amount) === value.amountMinor) ?? true;
  if (!isListed) return failure(refusal('AMOUNT_NOT_OFFERED', 'quote'));
  if (!isSoldIn(program, reward, country)) return failure(refusal('REWARD_UNAVAILABLE', 'quote'));
  const [first, ...alternatives] = terms.sources.map(({ provider }) => ({
    ...{ provider, products: [] },
  }));
  if (first === undefined) return success([]);
  const { currency } = value;
  const catalogues = await readSources(dependencies, program, { ...first, alternatives, currency });
  return success(stillSold(terms.sources, quoted, catalogues));
}

async function catalogueSources(
  dependencies: AgreeDependencies,
  program: Program,
  quoted: Quote,
): Promise<Result<readonly RewardSource[], Refusal>> {
  const { rewardId, value, terms } = quoted;
  const unavailable = failure(refusal('REWARD_UNAVAILABLE', 'quote'));
  if (program.catalogue === undefined) return unavailable;
  const catalogues = await readCatalogues(dependencies, program, value.currency);
  const offers = mergedOffers(program.catalogue, catalogues, quoted);
  const found = offers.find((offer) => offer.rewardId === rewardId);
  if (found === undefined) return unavailable;
  if (!isOffered(found.bands ?? [], value.amountMinor)) {
    return failure(refusal('AMOUNT_NOT_OFFERED', 'quote'));
  }
  return success(stillSold(terms.sources, quoted, catalogues));
}
