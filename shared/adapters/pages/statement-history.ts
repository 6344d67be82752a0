import type { HistoryLine } from '../../app/members/history-view.ts';
import type { StatementPageView } from '../../app/messages/statement-page.ts';
import type { StatementLine } from '../../app/messages/statement-rewards.ts';
import { parseInstant } from '../../domain/time.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import type { StatementTexts } from '../texts/texts.ts';
import { type Html, html, joined } from './html.ts';
import { formatShortDay } from './language.ts';
import { quantityText } from './statement-words.ts';

/** One page of what happened, newest first, and the way to the pages before and after. */
export function historyTable(view: StatementPageView): Html {
  const texts = statementTexts[view.language];
  const { lines, next, open } = view;
  const table = lines.length === 0 ? html`<p>${texts.noHistory}</p>` : tableOf(view, texts);
  const older =
    next === undefined
      ? ''
      : html`<p><a href="${`?before=${encodeURIComponent(next)}`}">${texts.older}</a></p>`;
  const newest = open === undefined ? html`<p><a href="?">${texts.newest}</a></p>` : '';
  return html`${table}\n${older}${newest}`;
}

function tableOf(view: StatementPageView, texts: StatementTexts): Html {
  const rows = view.lines.map((line) => rowOf(view, texts, line));
  return html`<table aria-labelledby="history">
<thead><tr><th scope="col">${texts.day}</th><th scope="col">${texts.what}</th>
<th scope="col" class="number">${texts.amount}</th></tr></thead>
<tbody>
${joined(rows)}</tbody></table>`;
}

function rowOf(view: StatementPageView, texts: StatementTexts, line: StatementLine): Html {
  const at = parseInstant(line.occurredAt);
  const day = at === undefined ? '' : formatShortDay(view.language, at, view.face.timeZone);
  const amounts = Object.entries(line.amounts).map(([unit, amount]) => {
    return html`<div><bdi>${quantityText(view, unit, BigInt(amount))}</bdi></div>`;
  });
  return html`<tr><td class="day">${day}</td><td>${reasonOf(texts, line)}${ruleOf(line)}</td>
<td class="number">${joined(amounts)}</td></tr>\n`;
}

/** Why it happened, in the words of the language; the kind of entry where no reason has its own. */
function reasonOf(texts: StatementTexts, { reason, kind }: HistoryLine): string {
  const byName: Readonly<Record<string, string | undefined>> = { ...texts };
  return byName[reason] ?? byName[kind] ?? kind;
}

/** The name of the reward; else the rules that gave it, as the program calls them. */
function ruleOf({ awards = [], rule, rewardName }: StatementLine): Html | '' {
  const names = awards.length > 0 ? awards.map((award) => award.rule) : [rule];
  const rules = [...new Set(names.filter((name) => name !== undefined))].join(', ');
  const told = rewardName ?? rules.replaceAll('-', ' ');
  return told === '' ? '' : html`<div class="hint"><bdi>${told}</bdi></div>`;
}
