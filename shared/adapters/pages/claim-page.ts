import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import type { Money } from '../../domain/money/money.ts';
import type { DeliveredReward } from '../../domain/redemption/delivered-reward.ts';
import type { Instant } from '../../domain/time.ts';
import { claimTexts } from '../texts/claim-texts.ts';
import { sayHtml } from '../texts/say.ts';
import { copyScript } from './copy-script.ts';
import { type Html, html, safeLink } from './html.ts';
import { formatDate, formatDay } from './language.ts';
import { type RenderedPage, renderPage } from './layout.ts';
import { qrCode } from './qr.ts';
import { describeReward } from './reward-words.ts';

/** What a page may say about a claim before it is confirmed. */
export interface ClaimPageView {
  readonly language: Language;
  readonly face: Face;
  readonly rewardName: string;
  readonly value: Money;
  /** When the link stops working. */
  readonly expiresAt: Instant;
}

/**
 * Answers GET (status 200): names the reward and asks. It never shows the reward, because mail
 * scanners and link previews follow links. The form posts to the page's own address.
 */
export function confirmPage(view: ClaimPageView): RenderedPage {
  const { language, face } = view;
  const texts = claimTexts[language];
  const body = html`<p>${sayHtml(language, texts.claim, { reward: describe(view) })}</p>
<p class="hint" id="hint">${texts.claimHint}</p>
<form method="post">
<button class="action" type="submit" aria-describedby="hint">${texts.claimButton}</button>
</form>
${until(view)}`;
  return renderPage({ language, face, title: texts.claimTitle, body });
}

/** Answers the confirming POST (status 200): the only place where a reward is shown. */
export function revealPage(view: ClaimPageView, reward: DeliveredReward): RenderedPage {
  const { language, face } = view;
  const texts = claimTexts[language];
  const value = reward.value.reveal();
  const isLink = reward.kind === 'link';
  const link = isLink ? safeLink(value) : undefined;
  const website = reward.website === undefined ? undefined : safeLink(reward.website.reveal());
  const label = isLink ? texts.linkLabel : texts.codeLabel;
  const body = html`<p><bdi>${describe(view)}</bdi></p>
${link === undefined ? '' : opener(link, texts.openLink)}
${copyField({ id: 'reward', label, value, language })}
${reward.pin === undefined ? '' : pinField(reward.pin.reveal(), language)}
<p class="hint" role="status" id="copied"></p>
${website === undefined ? '' : opener(website, texts.openWebsite)}
${reward.expiresOn === undefined ? '' : useUntil(language, reward.expiresOn)}
<p class="hint" id="copy"><span class="screen">${texts.copyHint}</span> ${texts.keepHint}</p>
${figure(qrCode(value, texts.qrLabel), texts.qrHint)}
${until(view)}`;
  return renderPage({ language, face, title: texts.hereTitle, body, script: copyScript });
}

function pinField(value: string, language: Language): Html {
  return copyField({ id: 'pin', label: claimTexts[language].pinLabel, value, language });
}

/** What a line of the field holds on a phone. */
const columns = 20;

function copyField(field: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly language: Language;
}): Html {
  const { id, label, value, language } = field;
  const { copy, copied } = claimTexts[language];
  // For browsers that do not fit the field to its text by themselves.
  const rows = String(Math.ceil(value.length / columns));
  return html`<div class="field"><label for="${id}">${label}</label>
<div class="row"><textarea id="${id}" rows="${rows}" dir="ltr" readonly
 aria-describedby="copy" autocomplete="off" spellcheck="false">${value}</textarea>
<button class="copy" type="button" hidden data-copy="${id}" data-copied="${copied}"
 aria-label="${copy}: ${label}">${copy}</button></div></div>`;
}

function opener(link: string, words: string): Html {
  const rel = 'noopener noreferrer';
  return html`<p><a class="action" href="${link}" rel="${rel}">${words}</a></p>`;
}

function figure(code: Html | undefined, hint: string): Html | '' {
  if (code === undefined) return '';
  return html`<figure>${code}<figcaption class="hint screen">${hint}</figcaption></figure>`;
}

function useUntil(language: Language, expiresOn: string): Html {
  const day = formatDate(language, expiresOn);
  return html`<p>${sayHtml(language, claimTexts[language].useUntil, { day })}</p>`;
}

function describe({ rewardName, value, language }: ClaimPageView): string {
  return describeReward(language, { name: rewardName, value });
}

function until({ language, face, expiresAt }: ClaimPageView): Html {
  const day = formatDay(language, expiresAt, face.timeZone);
  const words = sayHtml(language, claimTexts[language].pageUntil, { day });
  return html`<p class="hint">${words}</p>`;
}
