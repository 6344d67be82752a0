import type { Choice } from '../../domain/choice/choice.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { OfferChoiceCommand } from './choose-offer.ts';

const dayMs = 86_400_000;

export function endOfChoice({ offeredAt }: Pick<Choice, 'offeredAt'>, validDays: number): Instant {
  return addMs(offeredAt, validDays * dayMs);
}

/** The choice that stands, for whoever asks for it again; else `IDEMPOTENCY_CONFLICT`. */
export async function repeatChoice(
  { sealer }: { readonly sealer: Sealer },
  choice: Choice,
  command: OfferChoiceCommand,
): Promise<Result<Choice, Refusal>> {
  const isSame = isSameOffer(choice, command) && (await isSameEmail(sealer, choice, command));
  return isSame ? success(choice) : failure(refusal('IDEMPOTENCY_CONFLICT'));
}

function isSameOffer(choice: Choice, command: OfferChoiceCommand): boolean {
  const { sender, country, language, rewards, validDays } = command;
  return (
    choice.sender === sender &&
    choice.country === country &&
    (language === undefined || choice.language === language) &&
    choice.expiresAt === endOfChoice(choice, validDays) &&
    choice.offers.length === rewards.length &&
    rewards.every((asked, at) => isSameReward(choice.offers[at], asked))
  );
}

function isSameReward(
  offered: Choice['offers'][number] | undefined,
  asked: OfferChoiceCommand['rewards'][number],
): boolean {
  if (offered === undefined) return false;
  const { rewardId, value } = offered;
  const { amountMinor = value.amountMinor, currency } = asked;
  const isSameValue = amountMinor === value.amountMinor && currency === value.currency;
  return rewardId === asked.rewardId && isSameValue;
}

/** No hash of an address is kept: the sealed one is opened. */
async function isSameEmail(
  sealer: Sealer,
  { program, id, sealedEmail }: Choice,
  { email }: OfferChoiceCommand,
): Promise<boolean> {
  if (sealedEmail === undefined || email === undefined) return sealedEmail === email;
  const opened = await sealer.open({ program, redemption: id, field: 'email' }, sealedEmail);
  return opened.reveal() === email.reveal();
}
