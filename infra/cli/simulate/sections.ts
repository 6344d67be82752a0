import { columnName, costOf, given, overview } from './overview.ts';
import type { ProgramReport } from './program-report.ts';
import type { ComparisonReport, SimulationReport } from './report.ts';
import type { Section } from './section.ts';
import {
  amount,
  grouped,
  mean,
  measureInWords,
  money,
  signedAmount,
  signedMean,
  unitOf,
} from './words.ts';

/** The report as tables; those with nothing in them are left out. */
export function sectionsOf(report: SimulationReport): Section[] {
  const programs = report.old === null ? [report.new] : [report.new, report.old];
  const sections = [
    overview(programs),
    ...programs.map((program, index) => months(program, programs.length > 1, index)),
    tiers(programs),
    ...(report.comparison === null ? [spenders(report.new)] : comparison(report)),
    budgets(programs),
    counted('Limits met', programs, ({ limits }) =>
      limits.map(({ limit, id, count }) => [`${limit} ${id}`, count]),
    ),
    counted('Refused lines', programs, ({ events }) => Object.entries(events.refused)),
    counted('Entries by reason', programs, ({ reasons }) => Object.entries(reasons)),
    counted('Cases', programs, ({ cases }) => Object.entries(cases)),
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** Charts of both programs stand with the first one's figures. */
function months(program: ProgramReport, isOneOfTwo: boolean, index: number): Section {
  return {
    title: isOneOfTwo ? `Months, ${columnName(index)}` : 'Months',
    ...(index === 0 && { topic: 'months' }),
    note: 'By event time. Liability and pending are as they stand at the end of the month.',
    columns: ['month', 'unit', 'issued', 'cost', 'returned', 'expired', 'liability', 'pending'],
    rows: program.months.map((row) => [
      row.month,
      row.unit,
      amount(row.issued, row.unit),
      costOf(program, row) ?? '–',
      ...[row.returned, row.expired, row.liability, row.pending].map((it) => amount(it, row.unit)),
    ]),
  };
}

function tiers(programs: readonly ProgramReport[]): Section {
  const levels = new Set(programs.flatMap((program) => Object.keys(program.tiers ?? {})));
  const count = (program: ProgramReport, level: string) =>
    given(program.tiers?.[level]?.toString()) ?? '–';
  return {
    title: 'Members by level at the end',
    topic: 'tiers',
    columns: ['level', ...programs.map((_, index) => columnName(index))],
    rows: [...levels].map((level) => [level, ...programs.map((it) => count(it, level))]),
  };
}

function spenders({ deciles, currency, totals }: ProgramReport): Section {
  const unit = totals[0]?.unit ?? 'points';
  const others = totals.length > 1 ? ' Other units are left out.' : '';
  return {
    title: 'Members by tenth of spend',
    topic: 'spend',
    note: `The first tenth spent least. ${unit} is what members have at the end.${others}`,
    columns: ['tenth', 'members', 'spend', unit, 'mean'],
    rows: deciles.map((row) => [
      ...[`${row.decile}`, grouped(`${row.members}`), money(row.spendMinor, currency)],
      ...[amount(row.sum, unit), mean(row, unit)],
    ]),
  };
}

function comparison({ new: { currency }, comparison: found }: SimulationReport): Section[] {
  return found === null ? [] : [winners(found, currency), losers(found, currency)];
}

function winners(
  { deciles, measure, up, down, same }: ComparisonReport,
  currency: string,
): Section {
  const told = [up, down, same].map((count) => grouped(`${count}`));
  return {
    title: 'Winners and losers by tenth of spend',
    topic: 'winners',
    note:
      `New less old, in ${measureInWords(measure)}; the first tenth spent least. ` +
      `${told[0]} members gain, ${told[1]} lose, ${told[2]} stay.`,
    columns: ['tenth', 'members', 'spend', 'difference', 'mean', 'up', 'down', 'same'],
    rows: deciles.map((row) => [
      ...[`${row.decile}`, grouped(`${row.members}`), money(row.spendMinor, currency)],
      ...[signedAmount(row.sum, unitOf(measure)), signedMean(row, unitOf(measure))],
      ...[row.up, row.down, row.same].map((count) => grouped(`${count}`)),
    ]),
  };
}

function losers({ losers: rows, measure }: ComparisonReport, currency: string): Section {
  const unit = unitOf(measure);
  return {
    title: 'Members who lose most',
    note: `In ${measureInWords(measure)}.`,
    columns: ['member', 'spend', 'old', 'new', 'difference'],
    rows: rows.map(({ member, spendMinor, before, after, change }) => [
      ...[member, money(spendMinor, currency), amount(before, unit), amount(after, unit)],
      signedAmount(change, unit),
    ]),
  };
}

function budgets(programs: readonly ProgramReport[]): Section {
  return {
    title: 'Budgets',
    columns: ['budget', 'program', 'points', 'used'],
    rows: programs.flatMap((program, index) =>
      program.budgets.map(({ budget, points, used }) => [
        ...[budget, columnName(index), grouped(points), grouped(used)],
      ]),
    ),
  };
}

function counted(
  title: string,
  programs: readonly ProgramReport[],
  of: (program: ProgramReport) => readonly (readonly [name: string, count: number])[],
): Section {
  const counts = programs.map((program) => new Map(of(program)));
  const names = new Set(counts.flatMap((count) => [...count.keys()]));
  return {
    title,
    columns: ['', ...programs.map((_, index) => columnName(index))],
    rows: [...names].map((name) => [
      name,
      ...counts.map((count) => grouped(`${count.get(name) ?? 0}`)),
    ]),
  };
}
