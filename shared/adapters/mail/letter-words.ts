import type { LetterContent } from '../../app/messages/notify-letter.ts';
import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import { formatMoney } from '../../domain/money/format.ts';
import type { Money } from '../../domain/money/money.ts';
import type { PayeeMask } from '../../domain/payout/payee-mask.ts';
import { reachingAmount, type ToldPayout } from '../../domain/payout/told.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Instant } from '../../domain/time.ts';
import { formatDate, formatDay, formatNumber } from '../pages/language.ts';
import { describeReward } from '../pages/reward-words.ts';
import { mailTexts } from '../texts/mail-texts.ts';
import type { PayoutChoiceTexts } from '../texts/payout-choice-texts.ts';
import { cameBack, workedOut } from '../texts/payout-lines.ts';
import type { PayoutTexts } from '../texts/payout-texts.ts';
import { formatQuantity } from '../texts/quantity.ts';
import type { Values } from '../texts/say.ts';
import type { MailTexts } from '../texts/texts.ts';

/** A sentence of a letter, which text and markup say each in its own way. */
export interface Sentence {
  readonly key: keyof LetterTexts;
  readonly values?: Values;
}

/** A letter in sentences: the first one after the subject says it all. */
export interface LetterWords {
  readonly subject: Sentence;
  readonly opening: readonly Sentence[];
  readonly listed?: readonly Sentence[];
  readonly button?: { readonly key: keyof MailTexts; readonly link: Secret };
  readonly closing: readonly Sentence[];
}

/** Everything that letters are made of. */
export type LetterTexts = MailTexts & PayoutTexts & PayoutChoiceTexts;

type Content<About extends LetterContent['about']> = Extract<LetterContent, { about: About }>;

/** Amounts and days as the language of a letter writes them. */
class Wording {
  readonly language: Language;
  readonly #face: Face;

  constructor(language: Language, face: Face) {
    this.language = language;
    this.#face = face;
  }

  money(money: Money): string {
    return formatMoney(this.language, money);
  }

  reward({ rewardName, value }: { readonly rewardName: string; readonly value: Money }): string {
    return describeReward(this.language, { name: rewardName, value });
  }

  quantity(quantity: { readonly unit: string; readonly amount: bigint }): string {
    const fallback = mailTexts[this.language].points;
    return formatQuantity(this.language, quantity, { units: this.#face.units, fallback });
  }

  day(instant: Instant): string {
    return formatDay(this.language, instant, this.#face.timeZone);
  }

  date(date: string): string {
    return formatDate(this.language, date);
  }

  payout(told: ToldPayout) {
    return { amount: this.money(reachingAmount(told)), rail: told.rail };
  }

  missing({
    metric,
    missing,
    unit,
  }: NonNullable<Content<'tierChanged'>['next']>['missing'][number]) {
    if (unit !== undefined) return this.quantity({ unit, amount: missing });
    return `${formatNumber(this.language, missing)} ${metric.replaceAll('-', ' ')}`;
  }
}

type Compose<About extends LetterContent['about']> = (
  content: Content<About>,
  wording: Wording,
) => Omit<LetterWords, 'subject'> & { readonly subject?: Values };

const composers: { readonly [About in LetterContent['about']]: Compose<About> } = {
  rewardReady: (content, wording) => ({
    opening: [{ key: 'rewardReady', values: { reward: wording.reward(content) } }],
    button: { key: 'rewardReadyButton', link: content.link },
    closing: [
      { key: 'linkUntil', values: { day: wording.day(content.until) } },
      { key: 'keepPrivate' },
    ],
  }),
  pointsReturned: (content, wording) => {
    const points = wording.quantity(content.points);
    const reward = wording.reward(content);
    return {
      opening: [{ key: 'pointsReturned', values: { reward, points } }],
      closing: [{ key: 'pointsReturnedHint' }],
    };
  },
  rewardDelayed: (content, wording) => {
    const values = { reward: wording.reward(content), day: wording.day(content.promisedBy) };
    return {
      opening: [{ key: 'rewardDelayed', values }],
      closing: [{ key: 'rewardDelayedHint' }],
    };
  },
  rewardReplaced: (content, wording) => ({
    opening: [{ key: 'rewardReplaced', values: { reward: wording.reward(content) } }],
    closing: [{ key: 'rewardReplacedHint' }],
  }),
  underReview: (content, wording) => ({
    opening: [{ key: 'underReview', values: { reward: wording.reward(content) } }],
    closing: [{ key: 'underReviewHint' }],
  }),
  paymentDue: (content, wording) => {
    const values = { reward: wording.reward(content), cash: wording.money(content.cash) };
    return {
      opening: [{ key: 'paymentDue', values }],
      closing: [{ key: 'paymentDueUntil', values: { day: wording.day(content.until) } }],
    };
  },
  payout: (content, wording) => ({
    opening: [promised('payout', content, wording)],
    listed: workedOut(wording.language, content),
    closing: [],
  }),
  payoutPaid: (content, wording) => ({
    opening: [{ key: 'payoutPaid', values: wording.payout(content) }],
    listed: workedOut(wording.language, content),
    closing: [],
  }),
  payoutDelayed: (content, wording) => ({
    opening: [promised('payoutDelayed', content, wording)],
    closing: [{ key: 'payoutDelayedHint' }],
  }),
  payoutSentBack: (content, wording) => ({
    opening: [{ key: 'payoutSentBack', values: wording.payout(content) }],
    closing: [{ key: 'payoutDelayedHint' }],
  }),
  payoutReturned: (content, wording) => ({
    opening: [{ key: 'payoutReturned', values: wording.payout(content) }],
    listed: cameBack(wording.language, content, content.returned),
    closing: [{ key: 'payoutReturnedHint' }],
  }),
  payoutReview: (content, wording) => ({
    opening: [{ key: 'payoutReview', values: wording.payout(content) }],
    closing: [{ key: 'payoutReviewHint' }],
  }),
  donationReceipt: ({ amount, charity, givenAt, number }, wording) => ({
    opening: [
      {
        key: 'donationReceipt',
        values: { amount: wording.money(amount), charity, day: wording.day(givenAt) },
      },
    ],
    closing: [{ key: 'donationReceiptNumber', values: { number } }],
  }),
  payoutChoice: ({ rail, payee, isRemoved }) =>
    isRemoved
      ? { opening: [{ key: 'payoutChoiceRemoved' }], closing: [{ key: 'payoutChoiceRemovedHint' }] }
      : {
          opening: [{ key: 'payoutChoice', values: { rail } }],
          listed: accountOf(payee),
          closing: [{ key: 'payoutChoiceHint' }],
        },
  rewardChanged: ({ isGone, rewardName: reward }) => ({
    opening: [{ key: isGone ? 'rewardGone' : 'rewardChanged', values: { reward } }],
    closing: [{ key: 'rewardChangedHint' }],
  }),
  tierChanged: ({ isRaised, level, next }, wording) => {
    const missing = (next?.missing ?? []).map((each) => wording.missing(each)).join(', ');
    const isNear = next !== undefined && missing !== '';
    return {
      subject: { level },
      opening: [{ key: isRaised ? 'tierRaised' : 'tierLowered', values: { level } }],
      closing: isNear ? [{ key: 'tierNext', values: { level: next.level, missing } }] : [],
    };
  },
  pointsExpiring: ({ lots }, wording) => ({
    opening: [{ key: 'pointsExpiring' }],
    listed: lots.map((lot) => {
      const values = { points: wording.quantity(lot), day: wording.date(lot.lastDay) };
      return { key: 'pointsExpiringLine', values };
    }),
    closing: [{ key: 'pointsExpiringHint' }],
  }),
  choice: ({ count, link, sender, until }, wording) => ({
    opening: [{ key: 'choice', values: { sender, count } }],
    button: { key: 'choiceButton', link },
    closing: [{ key: 'linkUntil', values: { day: wording.day(until) } }],
  }),
  choiceReopened: ({ again, sender, ...reward }, wording) => ({
    opening: [{ key: 'choiceReopened', values: { reward: wording.reward(reward) } }],
    ...(again && { button: { key: 'choiceButton', link: again.link } }),
    closing: [
      again === undefined
        ? { key: 'choiceOver', values: { sender } }
        : { key: 'choiceAgain', values: { day: wording.day(again.until) } },
    ],
  }),
};

/** Of an address only its first part is known, of which the end is shown. */
function accountOf(payee: PayeeMask | undefined): Sentence[] {
  if (payee === undefined || payee.ending === '') return [];
  const account = `…${payee.ending}${payee.kind === 'email' ? '@…' : ''}`;
  return [{ key: 'payoutChoiceAccount', values: { account } }];
}

function promised(
  key: 'payout' | 'payoutDelayed',
  content: ToldPayout & { readonly promisedBy: Instant },
  wording: Wording,
): Sentence {
  return { key, values: { ...wording.payout(content), day: wording.day(content.promisedBy) } };
}

export function wordsOf(content: LetterContent, language: Language, face: Face): LetterWords {
  const compose = composers[content.about] as Compose<LetterContent['about']>;
  const { subject, ...rest } = compose(content as never, new Wording(language, face));
  const values = { program: face.programName, ...subject };
  return { ...rest, subject: { key: `${content.about}Subject`, values } };
}
