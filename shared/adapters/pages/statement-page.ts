import type { StatementPageView } from '../../app/messages/statement-page.ts';
import type { OpenRedemption } from '../../app/messages/statement-rewards.ts';
import type { HeldUnit } from '../../domain/member/statement.ts';
import { formatMoney } from '../../domain/money/format.ts';
import { reachingAmount } from '../../domain/payout/told.ts';
import type { RedemptionStatus } from '../../domain/redemption/status.ts';
import { say } from '../texts/say.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import { type Html, html, joined } from './html.ts';
import { formatDate, formatDay } from './language.ts';
import { type RenderedPage, renderPage } from './layout.ts';
import { describeReward } from './reward-words.ts';
import { historyTable } from './statement-history.ts';
import { tierPart } from './statement-tier.ts';
import { payoutHints, payoutWord, quantityText, words } from './statement-words.ts';

/** What a member has, their level, what is under way, and a page of what happened. */
export function statementPage(view: StatementPageView): RenderedPage {
  const { face, language, on, open, tier } = view;
  const texts = statementTexts[language];
  const body = html`<p class="hint">${words(view, 'asOf', { day: formatDate(language, on) })}</p>
<h2>${texts.balance}</h2>
${joined(view.held.map((held) => heldPart(view, held)))}
${view.total === undefined ? '' : totalPart(view, formatMoney(language, view.total))}
${tier === undefined ? '' : tierPart(view, tier)}
${open === undefined ? '' : openPart(view, open)}
<h2 id="history">${texts.history}</h2>
${historyTable(view)}`;
  return renderPage({ language, face, title: texts.title, body, isWide: true });
}

function heldPart(view: StatementPageView, { unit, available, pending, debt }: HeldUnit): Html {
  const amountOf = (amount: bigint) => quantityText(view, unit, amount);
  const later = pending.map(({ vestOn, amount }) =>
    vestOn === undefined
      ? words(view, 'pending', { amount: amountOf(amount) })
      : words(view, 'pendingOn', {
          ...{ amount: amountOf(amount), day: formatDate(view.language, vestOn) },
        }),
  );
  const owed = debt > 0n ? [words(view, 'debt', { amount: amountOf(debt) })] : [];
  return html`<div class="held"><p class="figure"><bdi>${amountOf(available)}</bdi></p>
${joined([...later, ...owed].map((line) => html`<p class="hint">${line}</p>\n`))}</div>\n`;
}

function totalPart(view: StatementPageView, amount: string): Html {
  return html`<p>${words(view, 'total', { amount })}</p>`;
}

function openPart(view: StatementPageView, open: readonly OpenRedemption[]): Html {
  const { language } = view;
  const texts = statementTexts[language];
  const title = html`<h2>${say(language, texts.open, { count: open.length })}</h2>`;
  if (open.length === 0) return title;
  return html`${title}\n<ul>${joined(open.map((each) => openItem(view, each)))}</ul>`;
}

function openItem(view: StatementPageView, open: OpenRedemption): Html {
  const { language } = view;
  const { payout, rewardName: name, value, status } = open;
  if (payout !== undefined) return payoutItem(view, status, payout);
  const reward = describeReward(language, { name, value });
  const word = statementTexts[language][status];
  return html`<li><bdi>${reward}</bdi><br><span class="hint">${word}</span></li>\n`;
}

/** While it may still arrive in time, the day is told. */
const inTime: ReadonlySet<RedemptionStatus> = new Set(['requested', 'underReview', 'ordered']);

function payoutItem(
  view: StatementPageView,
  status: RedemptionStatus,
  payout: NonNullable<OpenRedemption['payout']>,
): Html {
  const { language, face } = view;
  const { rail: name, promisedBy } = payout;
  const about = describeReward(language, { name, value: reachingAmount(payout) });
  const day = formatDay(language, promisedBy, face.timeZone);
  const word = payoutWord(statementTexts[language], status, payout);
  const by = html`<div class="hint">${words(view, 'payoutBy', { day })}</div>\n`;
  return html`<li><bdi>${about}</bdi><br><span class="hint">${word}</span>
${inTime.has(status) ? by : ''}${payoutHints(view, payout)}</li>\n`;
}
