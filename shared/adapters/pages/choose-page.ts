import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import { formatMoney } from '../../domain/money/format.ts';
import type { Money } from '../../domain/money/money.ts';
import type { Instant } from '../../domain/time.ts';
import { chooseTexts } from '../texts/choose-texts.ts';
import { sayHtml } from '../texts/say.ts';
import { type Html, html, joined } from './html.ts';
import { formatDay } from './language.ts';
import { type RenderedPage, renderPage } from './layout.ts';
import { describeReward } from './reward-words.ts';

export interface OfferView {
  readonly name: string;
  readonly value: Money;
  readonly disclosure?: string;
}

export interface ChoosePageView {
  readonly language: Language;
  readonly face: Face;
  /** Who gives the reward. */
  readonly sender: string;
  readonly offers: readonly OfferView[];
  readonly expiresAt: Instant;
}

type Problem = 'missing' | 'refused' | 'undelivered';

/** Lists what can be chosen. `problem` says why the page is shown again. */
export function choosePage(view: ChoosePageView, problem?: Problem): RenderedPage {
  const { language, face, offers, sender } = view;
  const texts = chooseTexts[language];
  const day = formatDay(language, view.expiresAt, face.timeZone);
  const intro = sayHtml(language, texts.chooseIntro, { sender, count: offers.length });
  const listed = joined(offers.map((offer, index) => option(language, offer, index)));
  const body = html`${problem === undefined ? '' : alert(language, problem)}
<p>${intro}</p>
<form method="post">
<input type="hidden" name="step" value="choose">
<fieldset><legend>${texts.chooseLegend}</legend>
${listed}</fieldset>
<button class="action" type="submit">${texts.chooseButton}</button>
</form>
<p class="hint">${sayHtml(language, texts.chooseUntil, { day })}</p>`;
  return renderPage({ language, face, title: texts.chooseTitle, body });
}

/** Asks whether it is this one; nothing is ordered before the answer. */
export function confirmChoicePage(view: ChoosePageView, index: number): RenderedPage {
  const { language, face } = view;
  const texts = chooseTexts[language];
  const offer = view.offers[index];
  if (offer === undefined) return choosePage(view, 'missing');
  const reward = describeReward(language, offer);
  const body = html`<p>${sayHtml(language, texts.confirm, { reward })}</p>
${offer.disclosure === undefined ? '' : html`<p class="hint">${offer.disclosure}</p>`}
<form method="post">
<input type="hidden" name="step" value="confirm">
<input type="hidden" name="offer" value="${String(index)}">
<button class="action" type="submit">${texts.confirmButton}</button>
</form>
<p><a href="?">${texts.back}</a></p>`;
  return renderPage({ language, face, title: texts.confirmTitle, body });
}

/** What was chosen, now and whenever the link is opened again. */
export function chosenPage(view: ChoosePageView, index: number): RenderedPage {
  const { language, face, offers } = view;
  const texts = chooseTexts[language];
  const offer = offers[index];
  const reward = offer === undefined ? '' : describeReward(language, offer);
  const body = html`<p>${sayHtml(language, texts.done, { reward })}</p>`;
  return renderPage({ language, face, title: texts.doneTitle, body });
}

function option(language: Language, offer: OfferView, index: number): Html {
  const { name, value, disclosure } = offer;
  const id = `offer-${index}`;
  return html`<div class="offer">
<input type="radio" id="${id}" name="offer" value="${String(index)}" required>
<div><label for="${id}"><bdi>${name}</bdi>${faceValue(language, value)}</label>
${disclosure === undefined ? '' : terms(chooseTexts[language].chooseTerms, disclosure)}</div>
</div>\n`;
}

function faceValue(language: Language, value: Money): Html | '' {
  if (value.amountMinor === 0n) return '';
  return html`\n<span class="value"><bdi>${formatMoney(language, value)}</bdi></span>`;
}

function terms(title: string, disclosure: string): Html {
  return html`<details><summary>${title}</summary>${disclosure}</details>`;
}

function alert(language: Language, problem: Problem): Html {
  const { chooseMissing, refusedTitle, refused, undelivered } = chooseTexts[language];
  const words = { missing: chooseMissing, refused: `${refusedTitle}. ${refused}`, undelivered };
  return html`<p class="problem" role="alert">${words[problem]}</p>`;
}
