import type { StatementPageView, StatementTier } from '../../app/messages/statement-page.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import { type Html, html, joined } from './html.ts';
import { formatDate, formatNumber } from './language.ts';
import { quantityText, words } from './statement-words.ts';

type Next = NonNullable<StatementTier['next']>;

/** The level, and what the nearest way to the next one still takes. */
export function tierPart(view: StatementPageView, tier: StatementTier): Html {
  const { language } = view;
  const { level, next, graceUntil } = tier;
  return html`<h2>${statementTexts[language].level}</h2>
<p class="figure">${words(view, 'levelNow', { level })}</p>
${graceUntil === undefined ? '' : grace(view, formatDate(language, graceUntil))}
${next === undefined ? '' : way(view, next)}`;
}

function grace(view: StatementPageView, day: string): Html {
  return html`<p class="hint">${words(view, 'levelGrace', { day })}</p>`;
}

function way(view: StatementPageView, { level, by, figures }: Next): Html {
  if (figures.length === 0) return html``;
  const day = formatDate(view.language, by);
  const items = figures.map((figure) => html`<li>${figureLine(view, figure)}</li>\n`);
  return html`<p>${words(view, 'levelNext', { level, day })}</p>
<ul>${joined(items)}</ul>`;
}

function figureLine(view: StatementPageView, figure: Next['figures'][number]): Html {
  const { missing, atLeast, unit } = figure;
  const metric = figure.metric.replaceAll('-', ' ');
  const amount =
    unit === undefined ? formatNumber(view.language, missing) : quantityText(view, unit, missing);
  const said =
    missing === 0n
      ? words(view, 'levelReached', { metric })
      : words(view, 'levelMissing', { missing: amount, metric });
  // A share in whole percent, for the eye: the sentence has the figure.
  const percent = atLeast === 0n ? 100n : ((atLeast - missing) * 100n) / atLeast;
  return html`${said}
<progress max="100" value="${percent.toString()}" aria-hidden="true"></progress>`;
}
