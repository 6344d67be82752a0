import type { Choice } from '../domain/choice/choice.ts';
import { formatInstant } from '../domain/time.ts';

/** A choice as the API tells it to whoever offers it. */
export function choiceView({ id, sender, offers, country, language, expiresAt, chosen }: Choice) {
  return {
    ...{ choice: id, sender, country, language },
    rewards: offers.map(({ rewardId, name, value }) => ({
      ...{ rewardId, name, currency: value.currency },
      amountMinor: value.amountMinor.toString(),
    })),
    ...(chosen?.redemption !== undefined && { redemption: chosen.redemption }),
    expiresAt: formatInstant(expiresAt),
  };
}
