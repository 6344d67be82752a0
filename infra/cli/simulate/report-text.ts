import { textTable } from '../text-table.ts';
import type { SimulationReport } from './report.ts';
import type { Section } from './section.ts';
import { sectionsOf } from './sections.ts';

/** The report as tables for people. */
export function reportText(report: SimulationReport): string {
  return `${sectionsOf(report).map(sectionText).join('\n\n')}\n`;
}

function sectionText({ title, note, columns, rows }: Section): string {
  const notes = note === undefined ? [] : [`  ${note}`];
  return [title, ...notes, ...textTable(columns, rows)].join('\n');
}
