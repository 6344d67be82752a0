import { busEventTypes } from '../../domain/bus-event.ts';
import { faceValueOf } from '../../domain/catalogue/face-value.ts';
import type { Choice, ChoiceOffer } from '../../domain/choice/choice.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Instant } from '../../domain/time.ts';
import type { ChoiceStore } from '../../ports/choices.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Clock, Publisher } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { compiledAt } from '../booking/compiled-programs.ts';
import { type OfferDependencies, offerOf } from '../catalogue/offers.ts';
import { viewerOf } from '../catalogue/viewer.ts';
import { endOfChoice, repeatChoice } from './choose-repeat.ts';

export interface OfferChoiceDependencies extends OfferDependencies {
  readonly clock: Clock;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly choices: ChoiceStore;
  readonly sealer: Sealer;
  readonly publisher: Publisher;
}

export interface OfferChoiceCommand {
  readonly program: string;
  readonly member: string;
  /** A UUID that is the caller's idempotency key, or made from it: the same id is one choice. */
  readonly id: string;
  readonly actor: string;
  /** Who gives it, as the member is told. */
  readonly sender: string;
  readonly rewards: readonly {
    readonly rewardId: string;
    readonly amountMinor?: bigint;
    readonly currency: string;
  }[];
  readonly country: string;
  /** ISO 639-1; without it, the program's first. */
  readonly language?: string;
  /** Without it, the member's contact. */
  readonly email?: Secret;
  readonly validDays: number;
}

const fewestRewards = 2;
const mostRewards = 10;

/**
 * Offers a set of rewards to choose one of, and has the member told. Each must be one that the
 * member can have there now. Safe to repeat: the first one stands. Refusals: `UNKNOWN_PROGRAM`,
 * `FIELD_INVALID` for fewer than two rewards or more than ten, those of the rewards,
 * `REWARD_BY_POST` for goods, and `IDEMPOTENCY_CONFLICT` where the id is that of another choice.
 */
export async function offerChoice(
  dependencies: OfferChoiceDependencies,
  command: OfferChoiceCommand,
): Promise<Result<Choice, Refusal>> {
  const { choices, clock, programs, publisher } = dependencies;
  const { program: name, member, id, rewards } = command;
  const before = await choices.read(command);
  if (before !== undefined) return repeatChoice(dependencies, before, command);
  const now = clock.now();
  const compiled = compiledAt(await programs.load(name), now);
  if (compiled === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  if (rewards.length < fewestRewards || rewards.length > mostRewards) {
    return failure(refusal('FIELD_INVALID', 'rewards'));
  }
  const offers = await readOffers(dependencies, command, { compiled, now });
  if (!offers.ok) return offers;
  const choice = await choiceOf(dependencies, command, {
    ...{ offers: offers.value, now },
    language: command.language ?? compiled.program.languages[0] ?? 'en',
  });
  if ((await choices.put(choice)) === 'lost') {
    const first = (await choices.read(choice)) ?? choice;
    return repeatChoice(dependencies, first, command);
  }
  const detail = { program: name, member, choice: id };
  await publisher.publish([{ type: busEventTypes.choiceOffered, detail }]);
  return success(choice);
}

async function choiceOf(
  { sealer }: OfferChoiceDependencies,
  { program, member, id, actor, sender, country, email, validDays }: OfferChoiceCommand,
  made: { offers: readonly ChoiceOffer[]; now: Instant; language: string },
): Promise<Choice> {
  const { offers, now: offeredAt, language } = made;
  const context = { program, redemption: id, field: 'email' } as const;
  const sealedEmail = email && (await sealer.seal(context, email));
  return {
    ...{ program, member, id, actor, sender, offers, country, language, offeredAt, version: 1 },
    expiresAt: endOfChoice({ offeredAt }, validDays),
    ...(sealedEmail !== undefined && { sealedEmail }),
  };
}

async function readOffers(
  dependencies: OfferChoiceDependencies,
  { program: name, member, rewards, country, language }: OfferChoiceCommand,
  { compiled, now }: { readonly compiled: CompiledProgram; readonly now: Instant },
): Promise<Result<ChoiceOffer[], Refusal>> {
  const snapshot = await dependencies.ledger.readMember({ program: name, member });
  const viewer = viewerOf({ compiled, now, country, language }, snapshot);
  const offers: ChoiceOffer[] = [];
  for (const [index, { rewardId, amountMinor, currency }] of rewards.entries()) {
    const at = (refused: Refusal) => {
      const field = [`rewards.${index}`, refused.field].filter(Boolean).join('.');
      return failure(refusal(refused.code, field));
    };
    const offer = await offerOf(dependencies, compiled.program, rewardId, viewer);
    if (!offer.ok) return at(offer.failure);
    if (offer.value.kind === 'merchandise') return at(refusal('REWARD_BY_POST', 'rewardId'));
    if (offer.value.currency !== currency) return at(refusal('REWARD_CURRENCY_MISMATCH'));
    const value = faceValueOf(offer.value, amountMinor);
    if (!value.ok) return at(value.failure);
    const { disclosure, name: rewardName } = offer.value;
    offers.push({
      ...{ rewardId, name: rewardName, value: { amountMinor: value.value, currency } },
      ...(disclosure !== undefined && { disclosure }),
    });
  }
  return success(offers);
}
