import type { Program, Reward } from '../program/schema.ts';
import type { LocalDate } from '../time.ts';
import type { Band, RewardKind } from './product.ts';

/** How many points a reward costs. */
export type OfferPrice =
  | { readonly kind: 'perMajorUnit'; readonly points: number }
  | { readonly kind: 'fixed'; readonly points: number }
  /** By what the points are worth, at the rate of the day, and a margin. */
  | { readonly kind: 'byWorth'; readonly marginBasisPoints: number };

export interface OfferedProduct {
  readonly product: string;
  /** `undefined`: its catalogue has never been read; none: the provider names no face values. */
  readonly bands?: readonly Band[];
  readonly costBasisPoints?: number;
}

/** One way to get the reward now: products of one provider that are ordered together. */
export interface OfferSource {
  readonly provider: string;
  readonly products: readonly OfferedProduct[];
}

/** A reward as it can be had today: what the program says, where a provider sells it. */
export interface Offer {
  readonly rewardId: string;
  readonly kind: RewardKind;
  /** In the language that was asked for, else the program's first. */
  readonly name: string;
  readonly currency: string;
  /** Empty: everywhere. */
  readonly countries: readonly string[];
  readonly unit: string;
  readonly price: OfferPrice;
  readonly minimumPoints: bigint;
  /** What can be asked for; none: nobody names face values; `undefined`: nobody has said. */
  readonly bands?: readonly Band[];
  readonly sources: readonly OfferSource[];
  readonly promisedMinutes: number;
  readonly disclosure?: string;
  readonly image?: string;
}

/** Who looks at the catalogue, and from where. */
export interface Viewer {
  readonly country: string;
  readonly language: string;
  readonly today: LocalDate;
  readonly tier?: string;
  readonly segments: readonly string[];
}

/** Whether a listed reward is for this viewer today. */
export function isFor(program: Program, reward: Reward, viewer: Viewer): boolean {
  return (
    isForMember(reward, viewer) &&
    isOnSale(reward, viewer.today) &&
    isSoldIn(program, reward, viewer.country)
  );
}

export function isForMember({ tiers, segments }: Reward, viewer: Viewer): boolean {
  if (tiers !== undefined && !tiers.includes(viewer.tier ?? '')) return false;
  return segments === undefined || segments.some((id) => viewer.segments.includes(id));
}

export function isOnSale({ available }: Reward, today: LocalDate): boolean {
  if (available?.from !== undefined && today < available.from) return false;
  return available?.to === undefined || today < available.to;
}

/** A reward is sold where it lists the country, or in every country that no reward lists. */
export function isSoldIn(program: Program, reward: Reward, country: string): boolean {
  if (reward.countries.includes(country)) return true;
  if (reward.otherCountries !== true) return false;
  return !program.rewards.some(({ countries }) => countries.includes(country));
}
