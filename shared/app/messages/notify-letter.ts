import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import type { Money } from '../../domain/money/money.ts';
import type { PayeeMask } from '../../domain/payout/payee-mask.ts';
import type { ReturnedMoney, ToldPayout } from '../../domain/payout/told.ts';
import type { MessageKind } from '../../domain/program/schema/messages.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';

interface Quantity {
  readonly unit: string;
  readonly amount: bigint;
}

interface AboutReward {
  readonly rewardName: string;
  readonly value: Money;
}

/** What a message says, by kind; adapters have the words of each language. */
export type LetterContent =
  | ({
      readonly about: 'rewardReady';
      readonly link: Secret;
      readonly until: Instant;
    } & AboutReward)
  | ({ readonly about: 'pointsReturned'; readonly points: Quantity } & AboutReward)
  | ({ readonly about: 'rewardDelayed'; readonly promisedBy: Instant } & AboutReward)
  | ({ readonly about: 'rewardReplaced' } & AboutReward)
  | ({ readonly about: 'underReview' } & AboutReward)
  | ({ readonly about: 'paymentDue'; readonly cash: Money; readonly until: Instant } & AboutReward)
  | ({ readonly about: 'payout'; readonly promisedBy: Instant } & ToldPayout)
  | ({ readonly about: 'payoutPaid' } & ToldPayout)
  | ({ readonly about: 'payoutDelayed'; readonly promisedBy: Instant } & ToldPayout)
  | ({ readonly about: 'payoutSentBack' } & ToldPayout)
  | ({ readonly about: 'payoutReview' } & ToldPayout)
  | ({ readonly about: 'payoutReturned'; readonly returned: ReturnedMoney } & ToldPayout)
  | {
      readonly about: 'donationReceipt';
      readonly amount: Money;
      readonly charity: string;
      readonly givenAt: Instant;
      readonly number: string;
    }
  | {
      readonly about: 'payoutChoice';
      readonly rail: string;
      readonly payee?: PayeeMask;
      readonly isRemoved: boolean;
    }
  | { readonly about: 'rewardChanged'; readonly rewardName: string; readonly isGone: boolean }
  | {
      readonly about: 'tierChanged';
      readonly level: string;
      readonly isRaised: boolean;
      /** What the next level takes by the nearest way. */
      readonly next?: { readonly level: string; readonly missing: readonly MissingQuantity[] };
    }
  | {
      readonly about: 'pointsExpiring';
      readonly lots: readonly (Quantity & { readonly lastDay: LocalDate })[];
    }
  | {
      readonly about: 'choice';
      readonly sender: string;
      readonly count: number;
      readonly link: Secret;
      readonly until: Instant;
    }
  | ({
      readonly about: 'choiceReopened';
      readonly sender: string;
      /** Absent where the time to choose is over. */
      readonly again?: { readonly link: Secret; readonly until: Instant };
    } & AboutReward);

/** A figure of a tier: an amount of a unit, or a number of something that has only an id. */
export interface MissingQuantity {
  readonly metric: string;
  readonly missing: bigint;
  readonly atLeast: bigint;
  readonly unit?: string;
}

export type Letter = LetterContent & {
  readonly face: Face;
  readonly language: Language;
  /** Turns messages of this kind off; none for those that are owed. */
  readonly unsubscribe?: Secret;
};

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Words for the member. */
export interface MessageWriter {
  write(letter: Letter): Message;
}

/**
 * The kind that programs and members turn off; a replacement is a delay with a reason. Of payouts,
 * what goes as it should is a kind of its own; whatever else is owed as it is of rewards, and a
 * receipt is what a gift delivers.
 */
export function kindOf({ about }: LetterContent): MessageKind {
  return kinds[about] ?? (about as MessageKind);
}

const kinds: Partial<Record<LetterContent['about'], MessageKind>> = {
  rewardReplaced: 'rewardDelayed',
  choiceReopened: 'choice',
  payoutPaid: 'payout',
  payoutDelayed: 'rewardDelayed',
  payoutSentBack: 'rewardDelayed',
  payoutReturned: 'pointsReturned',
  payoutReview: 'underReview',
  donationReceipt: 'rewardReady',
};
