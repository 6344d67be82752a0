import type { StatementPageView } from '../../app/messages/statement-page.ts';
import type { StatementPayout } from '../../app/messages/statement-rewards.ts';
import { isGift, type ToldPayout } from '../../domain/payout/told.ts';
import { cameBack, workedOut } from '../texts/payout-lines.ts';
import { payoutTexts } from '../texts/payout-texts.ts';
import { formatQuantity } from '../texts/quantity.ts';
import { sayHtml, type Values } from '../texts/say.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import type { StatementTexts } from '../texts/texts.ts';
import { type Html, html, joined } from './html.ts';

/** Of whom and in which language a part of a statement speaks. */
type Worded = Pick<StatementPageView, 'language' | 'face'>;

export function words({ language }: Worded, key: keyof StatementTexts, values?: Values): Html {
  return sayHtml(language, statementTexts[language][key], values);
}

export function quantityText({ language, face }: Worded, unit: string, amount: bigint): string {
  const fallback = statementTexts[language].points;
  return formatQuantity(language, { unit, amount }, { units: face.units, fallback });
}

/** Of payouts, where a word about rewards would be wrong; by status or by kind of entry. */
const ofPayouts: Readonly<Record<string, keyof StatementTexts | undefined>> = {
  requested: 'payoutRequested',
  hold: 'payoutRequested',
  ordered: 'payoutOrdered',
  delivered: 'payoutDelivered',
  capture: 'payoutDelivered',
  beingReplaced: 'payoutSentBack',
  reopen: 'payoutSentBack',
  pointsReturned: 'payoutReturned',
  release: 'payoutReturned',
};

/** What became of money, by the status of its redemption or the kind of its entry. */
export function payoutWord(texts: StatementTexts, name: string, payout: ToldPayout): string {
  const key = ofPayouts[name];
  if (key === 'payoutDelivered' && isGift(payout)) return texts.payoutGiven;
  return texts[key ?? (name as keyof StatementTexts)];
}

/** The same in the history, where money that came back is told with its amount. */
export function payoutTitle(view: Worded, kind: string, payout: StatementPayout): Html | string {
  const [title] = payout.returned === undefined ? [] : payoutLines(view, payout);
  return title ?? payoutWord(statementTexts[view.language], kind, payout);
}

/** How it was worked out, or what there is to say of what came back, a line each. */
export function payoutHints(view: Worded, payout: StatementPayout): Html {
  const lines = payoutLines(view, payout).slice(payout.returned === undefined ? 0 : 1);
  return joined(lines.map((line) => html`<div class="hint">${line}</div>\n`));
}

function payoutLines({ language }: Worded, payout: StatementPayout): Html[] {
  const { returned } = payout;
  const lines =
    returned === undefined ? workedOut(language, payout) : cameBack(language, payout, returned);
  return lines.map(({ key, values }) => sayHtml(language, payoutTexts[language][key], values));
}
