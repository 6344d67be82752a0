import type { StatementPageView } from '../../app/messages/statement-page.ts';
import type { OpenRedemption } from '../../app/messages/statement-rewards.ts';
import type { HeldUnit } from '../../domain/member/statement.ts';
import { formatMoney } from '../../domain/money/format.ts';
import { say } from '../texts/say.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import { type Html, html, joined } from './html.ts';
import { formatDate } from './language.ts';
import { type RenderedPage, renderPage } from './layout.ts';
import { describeReward } from './reward-words.ts';
import { historyTable } from './statement-history.ts';
import { tierPart } from './statement-tier.ts';
import { quantityText, words } from './statement-words.ts';

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
  const items = open.map(({ rewardName, value, status }) => {
    const reward = describeReward(language, { name: rewardName, value });
    return html`<li><bdi>${reward}</bdi><br><span class="hint">${texts[status]}</span></li>\n`;
  });
  return html`${title}\n<ul>${joined(items)}</ul>`;
}
