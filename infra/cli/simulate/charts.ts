import { escapeHtml, Html, html } from '../../../shared/adapters/pages/html.ts';
import { grouped } from './words.ts';

/** One value for each label. */
export interface Series {
  readonly name: string;
  readonly values: readonly bigint[];
}

export interface Chart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What the values are, such as `PTS`. */
  readonly unit: string;
  /** How a value is written. */
  readonly written?: (value: bigint) => string;
  readonly labels: readonly string[];
  /** At most two. */
  readonly series: readonly Series[];
  readonly kind: 'bars' | 'lines';
}

/* Drawn for the width of a phone; elsewhere it grows. */
const width = 360;
const height = 200;
const plot = { left: 8, right: 352, top: 22, bottom: 172 };
/** About, of the labels. */
const letterWidth = 7;

/** A picture of the chart, for people who see; the table below it says the same. */
export function chartFigure(chart: Chart): Html {
  const { id, title, unit, series } = chart;
  const drawn = chart.kind === 'bars' ? bars(chart) : lines(chart);
  const names = series.map(({ name }) => name).join(' and ');
  const description = `${title}: ${names}, in ${unit}. The figures stand in the table below.`;
  return html`<figure>
<figcaption>${title}</figcaption>
${legend(series)}<svg viewBox="0 0 ${String(width)} ${String(height)}" role="img"
aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title>
<desc id="${id}-text">${description}</desc>
${axes(chart)}${drawn}</svg>
</figure>`;
}

function legend(series: readonly Series[]): Html {
  if (series.length < 2) return new Html('');
  const names = series.map(
    ({ name }, index) => html`<li class="of-${String(index)}">${name}</li>`.markup,
  );
  return new Html(`<ul class="legend" aria-hidden="true">${names.join('')}</ul>\n`);
}

interface Scale {
  readonly least: bigint;
  readonly most: bigint;
}

/** Zero is always in the picture. */
function scaleOf({ series }: Chart): Scale {
  const all = [0n, ...series.flatMap(({ values }) => values)];
  const least = all.reduce((low, value) => (value < low ? value : low));
  const most = all.reduce((high, value) => (value > high ? value : high));
  return { least, most: most === least ? least + 1n : most };
}

/** In tenths of a unit of the picture, so that the amounts themselves stay exact. */
function heightOf(value: bigint, { least, most }: Scale): number {
  const tenths = ((value - least) * BigInt((plot.bottom - plot.top) * 10)) / (most - least);
  return plot.bottom - Number(tenths) / 10;
}

function axes(chart: Chart): Html {
  const { labels, written = (value) => grouped(`${value}`) } = chart;
  const scale = scaleOf(chart);
  const zero = heightOf(0n, scale);
  const ends = [[scale.most, plot.top - 6] as const];
  if (scale.least < 0n) ends.push([scale.least, plot.bottom + 2]);
  const values = ends.map(([value, y]) => text(plot.left, y, 'start', written(value)));
  const stride = labelStride(labels);
  const below = labels.map((label, index) =>
    index % stride === 0 ? text(labelPlace(index, chart), height - 8, 'middle', label) : '',
  );
  const line = `<path class="axis" d="M${plot.left} ${zero}H${plot.right}"/>`;
  return new Html(`${line}${values.join('')}${below.join('')}`);
}

function text(x: number, y: number, anchor: 'start' | 'middle', content: string): string {
  const place = `x="${tenth(x)}" y="${tenth(y)}" text-anchor="${anchor}"`;
  return `<text ${place}>${escapeHtml(content)}</text>`;
}

function slotWidth(count: number): number {
  return (plot.right - plot.left) / Math.max(count, 1);
}

function centreOf(index: number, count: number): number {
  return plot.left + slotWidth(count) * (index + 0.5);
}

/** Every how manieth label has room. */
function labelStride(labels: readonly string[]): number {
  const longest = Math.max(1, ...labels.map(({ length }) => length));
  const room = Math.floor((plot.right - plot.left) / (longest * letterWidth + letterWidth));
  return Math.ceil(labels.length / Math.max(room, 1));
}

/** Below its values, but whole within the picture. */
function labelPlace(index: number, { labels }: Chart): number {
  const half = ((labels[index]?.length ?? 0) * letterWidth) / 2;
  const centre = centreOf(index, labels.length);
  return Math.min(Math.max(centre, half), width - half);
}

/** The bars of a label stand side by side. */
function bars(chart: Chart): Html {
  const { labels, series } = chart;
  const scale = scaleOf(chart);
  const zero = heightOf(0n, scale);
  const slot = slotWidth(labels.length);
  const each = Math.min((slot * 0.8) / series.length, 36);
  const drawn = series.flatMap(({ values }, index) =>
    values.map((value, at) => {
      const top = heightOf(value, scale);
      const x = centreOf(at, labels.length) + (index - series.length / 2) * each;
      const [y, tall] = [Math.min(top, zero), Math.abs(top - zero)];
      return (
        `<rect class="of-${index}" x="${tenth(x)}" y="${tenth(y)}" ` +
        `width="${tenth(each * 0.94)}" height="${tenth(tall)}"/>`
      );
    }),
  );
  return new Html(drawn.join(''));
}

function lines(chart: Chart): Html {
  const { labels, series } = chart;
  const scale = scaleOf(chart);
  const drawn = series.map(({ values }, index) => {
    const points = values.map(
      (value, at) => `${tenth(centreOf(at, labels.length))} ${tenth(heightOf(value, scale))}`,
    );
    const dots = points.map((point) => {
      const [x, y] = point.split(' ');
      return `<circle class="of-${index}" cx="${x}" cy="${y}" r="2.2"/>`;
    });
    return `<polyline class="of-${index}" points="${points.join(', ')}"/>${dots.join('')}`;
  });
  return new Html(drawn.join(''));
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}
