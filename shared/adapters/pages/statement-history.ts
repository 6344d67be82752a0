import type { StatementPageView } from '../../app/messages/statement-page.ts';
import type { StatementLine } from '../../app/messages/statement-rewards.ts';
import { parseInstant } from '../../domain/time.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import type { StatementTexts } from '../texts/texts.ts';
import { type Html, html, joined } from './html.ts';
import { formatShortDay } from './language.ts';
import { payoutHints, payoutTitle, quantityText } from './statement-words.ts';

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
  const rows = view.lines.map((line) => rowOf(view, line));
  return html`<table aria-labelledby="history">
<thead><tr><th scope="col">${texts.day}</th><th scope="col">${texts.what}</th>
<th scope="col" class="number">${texts.amount}</th></tr></thead>
<tbody>
${joined(rows)}</tbody></table>`;
}

function rowOf(view: StatementPageView, line: StatementLine): Html {
  const at = parseInstant(line.occurredAt);
  const day = at === undefined ? '' : formatShortDay(view.language, at, view.face.timeZone);
  const amounts = amountsOf(line).map(([unit, amount]) => {
    return html`<div><bdi>${quantityText(view, unit, BigInt(amount))}</bdi></div>`;
  });
  // What is undone is told with what becomes of it.
  const hinted = line.kind === 'reopen' ? undefined : line.payout;
  const hints = hinted === undefined ? '' : payoutHints(view, hinted);
  const what = html`${reasonOf(view, line)}${ruleOf(line)}${hints}`;
  return html`<tr><td class="day">${day}</td><td>${what}</td>
<td class="number">${joined(amounts)}</td></tr>\n`;
}

/** Money that came back says how much in words: what it has changed in all is nothing. */
function amountsOf({ amounts, payout }: StatementLine): [string, string][] {
  const all = Object.entries(amounts);
  return payout?.returned === undefined ? all : all.filter(([, amount]) => amount !== '0');
}

/** Why it happened, in the words of the language; the kind of entry where no reason has its own. */
function reasonOf(view: StatementPageView, { reason, kind, payout }: StatementLine): string | Html {
  const texts = statementTexts[view.language];
  if (payout !== undefined) return payoutTitle(view, kind, payout);
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
