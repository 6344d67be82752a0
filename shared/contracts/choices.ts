import type { Choice } from '../domain/choice/choice.ts';
import { formatInstant } from '../domain/time.ts';
import type { ChoiceBody } from './redemption-acts.ts';

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

/** Whether a choice is what is asked for; addresses are not compared. */
export function isSameChoice(choice: Choice, body: ChoiceBody): boolean {
  const { sender, country, language, rewards } = body;
  const isSameReward = (at: number): boolean => {
    const [offered, asked] = [choice.offers[at], rewards[at]];
    if (offered === undefined || asked === undefined) return false;
    const { rewardId, value } = offered;
    const { amountMinor = value.amountMinor, currency } = asked;
    const isSameValue = amountMinor === value.amountMinor && currency === value.currency;
    return rewardId === asked.rewardId && isSameValue;
  };
  return (
    choice.sender === sender &&
    choice.country === country &&
    (language === undefined || choice.language === language) &&
    choice.offers.length === rewards.length &&
    rewards.every((_, at) => isSameReward(at))
  );
}
