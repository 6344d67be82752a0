import type { Money } from '../money/money.ts';
import type { Instant } from '../time.ts';

/** One of the rewards that can be chosen, as it was when it was offered. */
export interface ChoiceOffer {
  readonly rewardId: string;
  readonly value: Money;
  readonly name: string;
  readonly disclosure?: string;
}

export interface Undelivered {
  readonly redemption: string;
  /** Whoever offered the choice has been told. */
  readonly isTold?: true;
}

/**
 * A set of rewards of which a member picks one. It costs the member nothing: whoever offers it has
 * the program pay, so that it is held with no points and costs what every reward costs.
 */
export interface Choice {
  readonly program: string;
  readonly member: string;
  /** A UUID. */
  readonly id: string;
  /** Who gives it, as the member is told. */
  readonly sender: string;
  /** Whoever made it, for the record. */
  readonly actor: string;
  /** From two to ten. */
  readonly offers: readonly ChoiceOffer[];
  readonly country: string;
  /** ISO 639-1. */
  readonly language: string;
  /** Where mails about it go to, sealed under the choice's id; without it, the member's contact. */
  readonly sealedEmail?: string;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  /** Number of the offer, from 0; with `redemption` once it is ordered. */
  readonly chosen?: { readonly offer: number; readonly at: Instant; readonly redemption?: string };
  /** What was chosen before and came to nothing, the first first: the choice was open again. */
  readonly undelivered?: readonly Undelivered[];
  /** One more with each write. */
  readonly version: number;
}

/**
 * The choice after a redemption of it was given back: open again. `undefined` where it has been
 * since, whatever was chosen then.
 */
export function reopened(choice: Choice, redemption: string): Choice | undefined {
  const { chosen: _, undelivered = [], ...rest } = choice;
  if (undelivered.some((each) => each.redemption === redemption)) return undefined;
  return { ...rest, undelivered: [...undelivered, { redemption }], version: rest.version + 1 };
}

/** As `reopened`, with the mark that it was told; `undefined` where it has one. */
export function reopenedAndTold(choice: Choice, redemption: string): Choice | undefined {
  const { undelivered = [], ...open } = reopened(choice, redemption) ?? choice;
  const untold = undelivered.findIndex((each) => each.redemption === redemption && !each.isTold);
  if (untold < 0) return undefined;
  const marked = undelivered.with(untold, { redemption, isTold: true });
  return { ...open, undelivered: marked, version: choice.version + 1 };
}

/** Whether nothing can be chosen any more; what was chosen before may still be ordered. */
export function isOver({ chosen, expiresAt }: Choice, now: Instant): boolean {
  return chosen === undefined && now >= expiresAt;
}
