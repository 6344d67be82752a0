import type { SimulationReport } from './report.ts';
import { type Section, sectionsOf } from './sections.ts';

/** The report as tables for people. */
export function reportText(report: SimulationReport): string {
  return `${sectionsOf(report).map(sectionText).join('\n\n')}\n`;
}

function sectionText({ title, note, columns, rows }: Section): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const table = lines.map((line) => {
    const cells = line.map((cell, at) => {
      const width = widths[at] ?? 0;
      return at === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
  return [title, ...(note === undefined ? [] : [`  ${note}`]), ...table].join('\n');
}
