import type { Offer, OfferPrice } from '../../domain/catalogue/offer.ts';
import type { RewardKind } from '../../domain/catalogue/product.ts';
import { profileOf } from '../../domain/member/profile.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';
import { type OfferDependencies, offersOf } from './offers.ts';
import { viewerOf } from './viewer.ts';

export interface CatalogueDependencies extends OfferDependencies {
  readonly clock: Clock;
  readonly contacts: Pick<ContactStore, 'read'>;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
}

export interface CatalogueQuery {
  readonly program: string;
  readonly member: string;
  /** Without it, the member's own. */
  readonly country?: string | undefined;
  readonly currency?: string | undefined;
  readonly kind?: RewardKind | undefined;
  /** Without it, the member's own, else the program's first. */
  readonly language?: string | undefined;
  /** The last reward of the page before. */
  readonly after?: string | undefined;
}

export interface OfferView {
  readonly rewardId: string;
  readonly kind: RewardKind;
  readonly name: string;
  readonly currency: string;
  readonly unit: string;
  readonly price: OfferPrice;
  readonly minimumPoints: string;
  /** Face values in minor units, as digits; none: it has no face value that anybody names. */
  readonly bands?: readonly { readonly minimumMinor: string; readonly maximumMinor: string }[];
  readonly promisedMinutes: number;
  readonly disclosure?: string;
  readonly image?: string;
}

export interface CataloguePage {
  readonly country: string;
  readonly rewards: readonly OfferView[];
  readonly next?: string;
}

const pageRewards = 50;

/**
 * What a member can redeem for now, by reward id, a page at a time. Refusals: `UNKNOWN_PROGRAM`,
 * and `FIELD_MISSING` where neither the query nor the profile names a country.
 */
export async function viewCatalogue(
  dependencies: CatalogueDependencies,
  query: CatalogueQuery,
): Promise<Result<CataloguePage, Refusal>> {
  const { clock, contacts, ledger, programs } = dependencies;
  const now = clock.now();
  const compiled = compiledAt(await programs.load(query.program), now);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const [snapshot, contact] = await Promise.all([ledger.readMember(query), contacts.read(query)]);
  const country = query.country ?? profileOf(snapshot)?.country;
  if (country === undefined) return failure(refusal('FIELD_MISSING', 'country'));
  const language = query.language ?? contact?.language;
  const viewer = viewerOf({ compiled, now, country, language }, snapshot);
  const offers = await offersOf(dependencies, compiled.program, viewer);
  const wanted = offers
    .filter((offer) => isWanted(offer, query))
    .sort((left, right) => (left.rewardId < right.rewardId ? -1 : 1));
  const page = wanted.slice(0, pageRewards);
  const last = page.at(-1);
  return success({
    ...{ country, rewards: page.map(offerView) },
    ...(wanted.length > page.length && last !== undefined && { next: last.rewardId }),
  });
}

function isWanted(
  offer: Offer,
  { currency, kind, after }: Pick<CatalogueQuery, 'currency' | 'kind' | 'after'>,
): boolean {
  if (currency !== undefined && offer.currency !== currency) return false;
  if (kind !== undefined && offer.kind !== kind) return false;
  return after === undefined || offer.rewardId > after;
}

function offerView(offer: Offer): OfferView {
  const { rewardId, kind, name, currency, unit, price, promisedMinutes } = offer;
  const { bands, disclosure, image } = offer;
  return {
    ...{ rewardId, kind, name, currency, unit, price, promisedMinutes },
    minimumPoints: offer.minimumPoints.toString(),
    ...(bands && {
      bands: bands.map(({ minimumMinor, maximumMinor, stepMinor }) => ({
        ...{ minimumMinor: minimumMinor.toString(), maximumMinor: maximumMinor.toString() },
        ...(stepMinor !== undefined && { stepMinor: stepMinor.toString() }),
      })),
    }),
    ...(disclosure !== undefined && { disclosure }),
    ...(image !== undefined && { image }),
  };
}
