import { Html, html } from '../../../shared/adapters/pages/html.ts';
import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { type Chart, chartFigure } from './charts.ts';
import { pageStyle } from './page-style.ts';
import type { ProgramReport } from './program-report.ts';
import type { SimulationReport } from './report.ts';
import { chartsOf } from './report-charts.ts';
import type { Section } from './section.ts';
import { sectionsOf } from './sections.ts';
import { grouped, money } from './words.ts';

const unknown = 'unknown';

/** One whole document: nothing from elsewhere, no script, every chart with its figures below. */
export function reportPage(report: SimulationReport): string {
  const { new: next, old } = report;
  const title = `Simulation of ${next.name}`;
  const against = old === null ? '' : ` Compared with ${old.name} (${old.program}).`;
  const lead =
    `${grouped(`${next.events.received}`)} events of ${grouped(`${next.members}`)} members, ` +
    `played through ${next.program} as of ${next.asOf}.${against}`;
  const charts = chartsOf(report);
  const sections = sectionsOf(report).map((section, index) =>
    sectionPart(section, `part-${index}`, charts.get(section.topic) ?? []),
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${new Html(`<style>${pageStyle}</style>`)}
</head>
<body>
<main>
<h1>${title}</h1>
<p class="lead">${lead}</p>
${tiles(old === null ? [next] : [next, old])}
${joined(sections, '\n')}
</main>
</body>
</html>
`.markup;
}

type Tile = readonly [name: string, of: (program: ProgramReport) => string | undefined];

/** What is asked first; points and money are those of the first unit. */
const tileFigures: readonly Tile[] = [
  ['Effective return', ({ effectiveReturn }) => effectiveReturn.percent?.concat(' %')],
  ['Issued', ({ totals: [first] }) => first && amountIn(first.issued, first.unit)],
  [
    'Cost of all that was issued',
    ({ cost: { issuedMinor, currency } }) =>
      issuedMinor === null ? undefined : money(issuedMinor, currency),
  ],
  ['Liability', ({ totals: [first] }) => first && amountIn(first.liability, first.unit)],
  ['With a first reward', ({ firstReward }) => firstReward?.sharePercent?.concat(' %')],
  ['Days to it (median)', ({ firstReward }) => firstReward?.medianDays?.toString()],
];

/** With its unit. */
function amountIn(digits: string, unit: string): string {
  return isCurrency(unit) ? money(digits, unit) : `${grouped(digits)} ${unit}`;
}

function tiles(programs: readonly ProgramReport[]): Html {
  const [next, old] = programs;
  const parts = tileFigures.map(([name, of]) => {
    const after = (next && of(next)) ?? unknown;
    const before = old && html`<small>old: ${of(old) ?? unknown}</small>`;
    return html`<div><dt>${name}</dt><dd>${after}${before ?? ''}</dd></div>`;
  });
  return html`<dl class="tiles">${joined(parts)}</dl>`;
}

function sectionPart(section: Section, id: string, charts: readonly Chart[]): Html {
  const { title, note } = section;
  const figures = joined(charts.map(chartFigure));
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${note === undefined ? '' : html`<p>${note}</p>\n`}${
  charts.length === 0 ? '' : html`<div class="charts">\n${figures}\n</div>\n`
}${tablePart(section)}
</section>`;
}

function tablePart({ title, columns, rows }: Section): Html {
  const heads = columns.map((column) =>
    column === '' ? html`<td></td>` : html`<th scope="col">${column}</th>`,
  );
  const lines = rows.map(([name = '', ...figures]) => {
    const cells = figures.map((figure) => html`<td>${figure}</td>`);
    return html`<tr><th scope="row">${name}</th>${joined(cells)}</tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${title}">
<table>
<caption>${title}</caption>
<thead><tr>${joined(heads)}</tr></thead>
<tbody>
${joined(lines, '\n')}
</tbody>
</table>
</div>`;
}

function joined(parts: readonly Html[], between = ''): Html {
  return new Html(parts.map(({ markup }) => markup).join(between));
}
