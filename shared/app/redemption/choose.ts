import { type Choice, isOver, reopened } from '../../domain/choice/choice.ts';
import { type Face, faceOf } from '../../domain/message/face.ts';
import { type Language, pickLanguage } from '../../domain/message/language.ts';
import { programAt } from '../../domain/program/version.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { ChoiceKey, ChoiceStore } from '../../ports/choices.ts';
import type { PageTokens } from '../../ports/page-tokens.ts';
import type { Clock, Logger } from '../../ports/runtime.ts';
import type { ProgramStore, RedemptionStore } from '../../ports/stores.ts';
import type { OpenedLink } from '../messages/claim.ts';
import { changeChoice } from './choose-reopen.ts';

/**
 * Orders the chosen offer, once for each time that the choice is open; `isReleased` where it was
 * ordered before and came to nothing.
 */
export type RedeemChoice = (
  choice: Choice,
  offer: Choice['offers'][number],
) => Promise<Result<{ readonly redemption: string; readonly isReleased?: boolean }, Refusal>>;

export interface ChooseDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pageTokens: Pick<PageTokens, 'read'>;
  readonly choices: ChoiceStore;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly redemptions: Pick<RedemptionStore, 'read'>;
  readonly redeemChoice: RedeemChoice;
}

export interface ChooseView {
  readonly face: Face;
  readonly language: Language;
  readonly sender: string;
  readonly offers: Choice['offers'];
  readonly expiresAt: Instant;
}

/** Why the list is shown again; `undelivered`: what was chosen before came to nothing. */
export type ChooseProblem = 'missing' | 'refused' | 'undelivered';

export type ChooseOutcome =
  /** Also for tokens that are not ours: they learn nothing. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'list'; readonly view: ChooseView; readonly problem?: ChooseProblem }
  | { readonly kind: 'confirm' | 'chosen'; readonly view: ChooseView; readonly offer: number };

/** What a form of the page says. */
export interface ChooseAnswer {
  readonly step: 'choose' | 'confirm';
  /** Number of the offer, from 0. */
  readonly offer?: number;
}

interface Opened {
  readonly choice: Choice;
  readonly now: Instant;
  readonly view: ChooseView;
}

/** The page as it stands for whoever opens the link. */
export async function openChoice(
  dependencies: ChooseDependencies,
  link: OpenedLink,
): Promise<ChooseOutcome> {
  const opened = await open(dependencies, link);
  return 'kind' in opened ? opened : pageOf(opened);
}

/** A form was sent: asks back first, and orders only what is confirmed. Safe to repeat. */
export async function choose(
  dependencies: ChooseDependencies,
  link: OpenedLink,
  { step, offer }: ChooseAnswer,
): Promise<ChooseOutcome> {
  const opened = await open(dependencies, link);
  if ('kind' in opened) return opened;
  const { choice, view, now } = opened;
  if (choice.chosen?.redemption !== undefined) return pageOf(opened);
  if (offer === undefined || choice.offers[offer] === undefined) {
    return { kind: 'list', view, problem: 'missing' };
  }
  if (step === 'choose') return { kind: 'confirm', view, offer };
  const taken = await take(dependencies, choice, offer);
  return order(dependencies, { choice: taken, view, now });
}

function pageOf({ choice, view, now }: Opened): ChooseOutcome {
  const { chosen, undelivered } = choice;
  if (chosen?.redemption !== undefined) return { kind: 'chosen', view, offer: chosen.offer };
  if (isOver(choice, now)) return { kind: 'expired' };
  const isAgain = chosen === undefined && undelivered !== undefined;
  return { kind: 'list', view, ...(isAgain && { problem: 'undelivered' }) };
}

async function open(
  dependencies: ChooseDependencies,
  { token, wish }: OpenedLink,
): Promise<Opened | { readonly kind: 'invalid' | 'expired' }> {
  const { clock, pageTokens, programs } = dependencies;
  const link = await pageTokens.read('choose', token);
  const [name, member, id] = link?.subject ?? [];
  if (name === undefined || member === undefined || id === undefined) return { kind: 'invalid' };
  const choice = await standing(dependencies, { program: name, member, id });
  const now = clock.now();
  const program = programAt(await programs.load(name), now);
  if (choice === undefined || program === undefined) return { kind: 'invalid' };
  if (isOver(choice, now)) return { kind: 'expired' };
  const { expiresAt, language, offers, sender } = choice;
  const picked = pickLanguage([language, wish]);
  const view = { face: faceOf(program), language: picked, sender, offers, expiresAt };
  return { choice, view, now };
}

/** The choice, open again where the reward that was chosen has come to nothing. */
async function standing(
  { choices, redemptions }: Pick<ChooseDependencies, 'choices' | 'redemptions'>,
  key: ChoiceKey,
): Promise<Choice | undefined> {
  const choice = await choices.read(key);
  const redemption = choice?.chosen?.redemption;
  if (redemption === undefined) return choice;
  const { order: row } = (await redemptions.read(redemption)) ?? {};
  if (row?.state !== 'released') return choice;
  return changeChoice(choices, key, (each) => reopened(each, redemption));
}

/** Notes what is chosen before it is ordered: of two answers at once the first one counts. */
async function take(
  { choices, clock }: ChooseDependencies,
  choice: Choice,
  offer: number,
): Promise<Choice> {
  if (choice.chosen !== undefined) return choice;
  const next = { ...choice, chosen: { offer, at: clock.now() }, version: choice.version + 1 };
  if ((await choices.put(next)) === 'done') return next;
  const faster = await choices.read(keyOf(choice));
  return faster?.chosen === undefined ? next : faster;
}

async function order(
  { choices, logger, redeemChoice }: ChooseDependencies,
  opened: Opened,
): Promise<ChooseOutcome> {
  const { choice, view } = opened;
  const { chosen, version, ...unchosen } = choice;
  const offer = chosen && choice.offers[chosen.offer];
  if (chosen === undefined || offer === undefined) return { kind: 'list', view };
  if (chosen.redemption !== undefined) return { kind: 'chosen', view, offer: chosen.offer };
  const redeemed = await redeemChoice(choice, offer);
  if (redeemed.ok) {
    const { redemption, isReleased } = redeemed.value;
    const noted = { ...choice, chosen: { ...chosen, redemption } };
    const stands = await changeChoice(choices, keyOf(choice), (each) => {
      if (isReleased) return reopened(each, redemption);
      return each.version === version ? { ...noted, version: version + 1 } : undefined;
    });
    if (!isReleased) logger.info('CHOICE_MADE', { redemption, program: choice.program });
    return pageOf({ ...opened, choice: stands ?? noted });
  }
  // A definite no: another offer can be chosen. Whoever was faster has decided it already.
  await choices.put({ ...unchosen, version: version + 1 });
  logger.warn('CHOICE_REFUSED', { code: redeemed.failure.code, program: choice.program });
  return { kind: 'list', view, problem: 'refused' };
}

function keyOf({ program, member, id }: Choice): ChoiceKey {
  return { program, member, id };
}
