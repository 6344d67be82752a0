import { formatMoney } from '../../domain/money/format.ts';
import type { Money } from '../../domain/money/money.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Instant } from '../../domain/time.ts';
import { type ClaimTexts, claimTexts } from './claim-texts.ts';
import { type Html, html, safeLink } from './html.ts';
import { formatDay, type Language, pickLanguage } from './language.ts';
import { renderPage } from './layout.ts';

export { claimPageHeaders } from './layout.ts';

/**
 * What a page may say about a claim before it is confirmed. `language` is a tag such as `en-GB`.
 */
export interface ClaimPageView {
  readonly language: string;
  readonly programName: string;
  readonly rewardName: string;
  readonly value?: Money;
  /** When the link stops working, and the zone whose calendar says so. */
  readonly expires?: { readonly at: Instant; readonly timeZone: string };
}

/**
 * Answers GET (status 200): names the reward and asks. It never shows the reward, because mail
 * scanners and link previews follow links. The form posts to the page's own address.
 */
export function confirmPage(view: ClaimPageView): string {
  const language = pickLanguage([view.language]);
  const texts = claimTexts[language];
  const body = html`<p>${texts.ready(describe(view, language))}</p>
<p class="hint" id="hint">${texts.confirmHint}</p>
<form method="post">
<button class="action" type="submit" aria-describedby="hint">${texts.confirmButton}</button>
</form>
${until(view, language)}`;
  return page({ language, brand: view.programName, title: texts.readyTitle, body });
}

/** Answers the confirming POST (status 200): the only place where a reward is shown. */
export function revealPage(
  view: ClaimPageView,
  reward: { readonly form: 'link' | 'code'; readonly value: Secret },
): string {
  const language = pickLanguage([view.language]);
  const texts = claimTexts[language];
  const value = reward.value.reveal();
  const isLink = reward.form === 'link';
  const link = isLink ? safeLink(value) : undefined;
  const body = html`<p>${describe(view, language)}</p>
${link === undefined ? '' : openLink(texts, link)}
<p><label for="reward">${isLink ? texts.linkLabel : texts.codeLabel}</label>
<input id="reward" type="text" readonly value="${value}" aria-describedby="copy"
 autocomplete="off" spellcheck="false"></p>
<p class="hint" id="copy">${texts.copyHint} ${texts.keepHint}</p>
${until(view, language)}`;
  return page({ language, brand: view.programName, title: texts.hereTitle, body });
}

/** Status 404: one and the same page for a malformed, forged or unknown token. */
export function invalidPage(wish: string): string {
  const language = pickLanguage([wish]);
  const texts = claimTexts[language];
  return page({ language, title: texts.invalidTitle, body: html`<p>${texts.invalid}</p>` });
}

/** Status 410: only for a token with a valid signature. */
export function expiredPage(wish: string): string {
  const language = pickLanguage([wish]);
  const texts = claimTexts[language];
  return page({ language, title: texts.expiredTitle, body: html`<p>${texts.expired}</p>` });
}

/** Status 500 or 503: says nothing about the token. */
export function troublePage(wish: string): string {
  const language = pickLanguage([wish]);
  const texts = claimTexts[language];
  return page({ language, title: texts.troubleTitle, body: html`<p>${texts.trouble}</p>` });
}

function openLink(texts: ClaimTexts, link: string): Html {
  const rel = 'noopener noreferrer';
  return html`<p><a class="action" href="${link}" rel="${rel}">${texts.openLink}</a></p>`;
}

function describe({ rewardName, value }: ClaimPageView, language: Language): string {
  return value === undefined ? rewardName : `${rewardName}, ${formatMoney(language, value)}`;
}

function until({ expires }: ClaimPageView, language: Language): Html | '' {
  if (expires === undefined) return '';
  const day = formatDay(language, expires.at, expires.timeZone);
  return html`<p class="hint">${claimTexts[language].until(day)}</p>`;
}

function page(parts: {
  readonly language: Language;
  readonly brand?: string;
  readonly title: string;
  readonly body: Html;
}): string {
  return renderPage({ brand: '', ...parts, direction: claimTexts[parts.language].direction });
}
