import { ceilingDivide } from '../money/fraction.ts';
import { minorPerMajor } from '../money/money.ts';
import type { Points } from '../points/points.ts';
import type { Program, Reward } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';

/** What a member asks for. The e-mail address is checked at the edge and travels sealed. */
export interface RedemptionRequest {
  readonly member: string;
  readonly rewardId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly country: string;
}

export interface PricedReward extends Points {
  readonly reward: Reward;
}

/** The reward and its price in points, or why it cannot be had. */
export function priceReward(
  program: Program,
  request: RedemptionRequest,
): Result<PricedReward, Refusal> {
  const reward = program.rewards.find(({ id }) => id === request.rewardId);
  if (reward === undefined) return failure(refusal('UNKNOWN_REWARD', 'rewardId'));
  if (!isOffered(program, reward, request.country)) {
    return failure(refusal('REWARD_NOT_IN_COUNTRY', 'country'));
  }
  if (reward.currency !== request.currency) {
    return failure(refusal('REWARD_CURRENCY_MISMATCH', 'currency'));
  }
  const points = ceilingDivide(
    request.amountMinor * BigInt(reward.pointsPerMajorUnit),
    minorPerMajor(reward.currency),
  );
  if (points < BigInt(reward.minimumPoints)) {
    return failure(refusal('BELOW_MINIMUM', 'amountMinor'));
  }
  return success({ reward, unit: reward.unit, points });
}

/** A reward is offered where it lists the country, or in every country that no reward lists. */
export function isOffered(program: Program, reward: Reward, country: string): boolean {
  if (reward.countries.includes(country)) return true;
  if (reward.otherCountries !== true) return false;
  return !program.rewards.some(({ countries }) => countries.includes(country));
}
