import { formatMoney } from '../../domain/money/format.ts';
import type { Money } from '../../domain/money/money.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Instant } from '../../domain/time.ts';
import { type Html, html } from '../pages/html.ts';
import {
  formatCount,
  formatDay,
  type Language,
  type PluralNames,
  pickLanguage,
} from '../pages/language.ts';
import { accentColour } from '../pages/layout.ts';
import { mailTexts } from './mail-texts.ts';

const buttonStyle =
  `display:inline-block;padding:12px 20px;border-radius:6px;background:${accentColour};` +
  'color:#ffffff;font-weight:bold;text-decoration:none';

export interface MailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface AboutReward {
  /** A tag such as `en-GB`. */
  readonly language: string;
  readonly programName: string;
  readonly rewardName: string;
  readonly value?: Money;
}

export interface RewardReady extends AboutReward {
  /** The claim page's address with the token: the only way to the reward that a mail carries. */
  readonly claimLink: Secret;
  readonly expiresAt: Instant;
  /** Whose calendar names the last day; UTC where it is left out. */
  readonly timeZone?: string;
}

export interface PointsReturned extends AboutReward {
  readonly points: bigint;
  readonly unitNames?: PluralNames;
}

/** Words of every mail to members, in text and HTML. */
export const messageWriter = {
  /** "Your reward is ready", with the claim link and never with the reward itself. */
  rewardReady(about: RewardReady): MailMessage {
    const language = pickLanguage([about.language]);
    const texts = mailTexts[language];
    const link = about.claimLink.reveal();
    const ready = texts.ready(describe(about, language));
    const until = texts.until(formatDay(language, about.expiresAt, about.timeZone ?? 'UTC'));
    const body = html`<p>${ready}</p>
<p><a href="${link}" style="${buttonStyle}">${texts.openButton}</a></p>
<p>${until} ${texts.personal}</p>`;
    return {
      subject: oneLine(texts.readySubject(about.programName)),
      text: `${ready}\n\n${texts.openButton}: ${link}\n\n${until} ${texts.personal}\n`,
      html: document(about.programName, language, body),
    };
  },

  /** "Your points came back": a redemption was released. */
  pointsReturned(about: PointsReturned): MailMessage {
    const language = pickLanguage([about.language]);
    const texts = mailTexts[language];
    const points = formatCount(language, about.points, about.unitNames ?? texts.pointNames);
    const returned = texts.returned(describe(about, language), points);
    const body = html`<p>${returned}</p>\n<p>${texts.tryAgain}</p>`;
    return {
      subject: oneLine(texts.returnedSubject(about.programName)),
      text: `${returned}\n\n${texts.tryAgain}\n`,
      html: document(about.programName, language, body),
    };
  },
};

function describe({ rewardName, value }: AboutReward, language: Language): string {
  return value === undefined ? rewardName : `${rewardName}, ${formatMoney(language, value)}`;
}

/** A subject is a header: control characters would end it. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function document(programName: string, language: Language, body: Html): string {
  const { direction } = mailTexts[language];
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><title>${programName}</title></head>
<body style="margin:0;padding:24px;color:#1f2937;font:16px/1.5 sans-serif">
<p style="font-weight:bold">${programName}</p>
${body}
</body>
</html>
`.markup;
}
