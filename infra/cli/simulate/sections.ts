import type { ProgramReport } from './program-report.ts';
import type { ComparisonReport, SimulationReport } from './report.ts';
import { grouped, measureInWords, money, signed, worthInWords } from './words.ts';

export type Topic = 'months' | 'tiers' | 'spend' | 'winners';

/** A part of the report for people: a heading, a sentence, a table. */
export interface Section {
  readonly title: string;
  /** Whose charts belong to it. */
  readonly topic?: Topic;
  readonly note?: string;
  readonly columns: readonly string[];
  /** The first cell names the row; the others are figures. */
  readonly rows: readonly (readonly string[])[];
}

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

/** How a program's column is called. */
export function columnName(index: number): string {
  return index === 0 ? 'new' : 'old';
}

type Figure = readonly [name: string, of: (program: ProgramReport) => string | undefined];

const overviewFigures: readonly Figure[] = [
  ['program', ({ program }) => program],
  ['events received', ({ events }) => grouped(`${events.received}`)],
  ['accrued', ({ events }) => grouped(`${events.accrued}`)],
  ['returned', ({ events }) => grouped(`${events.returned}`)],
  ['commands', ({ events }) => grouped(`${events.commands}`)],
  ['duplicate', ({ events }) => grouped(`${events.duplicate}`)],
  ['conflict', ({ events }) => grouped(`${events.conflict}`)],
  ['members', ({ members }) => grouped(`${members}`)],
  ['entries', ({ ledger }) => grouped(`${ledger.entries}`)],
  ['books', ({ ledger }) => (ledger.balanced ? 'balanced' : 'NOT BALANCED')],
  ['effective return', ({ effectiveReturn }) => percent(effectiveReturn.percent)],
  ['… after returns', ({ effectiveReturn }) => percent(effectiveReturn.percentAfterReturns)],
  ['members with a first reward', ({ firstReward }) => percent(firstReward?.sharePercent ?? null)],
  ['days to it, median', ({ firstReward }) => days(firstReward?.medianDays)],
  ['days to it, 90th percentile', ({ firstReward }) => days(firstReward?.ninetiethDays)],
];

function percent(text: string | null): string {
  return text === null ? 'unknown' : `${grouped(text)} %`;
}

function days(count: number | null | undefined): string {
  return count === null || count === undefined ? 'unknown' : grouped(`${count}`);
}

function overview(programs: readonly ProgramReport[]): Section {
  const figures = [...overviewFigures, ...unitFigures(programs), ...spendFigures(programs)];
  return {
    title: 'Overview',
    note: programs.map(valuedBy).join(' '),
    columns: ['', ...programs.map((_, index) => columnName(index))],
    rows: figures.map(([name, of]) => [name, ...programs.map((it) => of(it) ?? '–')]),
  };
}

function valuedBy({ worth }: ProgramReport, index: number): string {
  const told = worth.map(worthInWords).join('; ');
  const name = columnName(index);
  return told === ''
    ? `Of ${name} points nothing says what they are worth.`
    : `Points are valued (${name}): ${told}.`;
}

function unitFigures(programs: readonly ProgramReport[]): Figure[] {
  const units = new Set(programs.flatMap(({ totals }) => totals.map(({ unit }) => unit)));
  return [...units].flatMap((unit): Figure[] => {
    const totalOf = ({ totals }: ProgramReport) => totals.find((total) => total.unit === unit);
    const points = (key: 'issued' | 'returned' | 'expired' | 'pending'): Figure => [
      `${unit} ${key}`,
      (program) => given(totalOf(program)?.[key]),
    ];
    return [
      points('issued'),
      [`${unit} cost`, (program) => costOf(program, totalOf(program))],
      ...[points('returned'), points('expired'), points('pending')],
      [`${unit} liability`, ({ ledger }) => given(ledger.liability[unit])],
    ];
  });
}

function given(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : grouped(digits);
}

/** Of a row of a program's months or totals. */
export function costOf(
  { worth }: ProgramReport,
  row: { readonly unit: string; readonly costMinor: string | null } | undefined,
): string | undefined {
  const currency = worth.find(({ unit }) => unit === row?.unit)?.currency;
  if (currency === undefined || row?.costMinor == null) return undefined;
  return money(row.costMinor, currency);
}

function spendFigures(programs: readonly ProgramReport[]): Figure[] {
  const currencies = new Set(programs.flatMap(({ spend }) => spend.map((row) => row.currency)));
  return [...currencies].flatMap((currency): Figure[] => {
    const rowOf = ({ spend }: ProgramReport) => spend.find((row) => row.currency === currency);
    const amount = (key: 'spentMinor' | 'returnedMinor') => (program: ProgramReport) => {
      const row = rowOf(program);
      return row && money(row[key], currency);
    };
    return [
      [`spend ${currency}`, amount('spentMinor')],
      [`given back ${currency}`, amount('returnedMinor')],
    ];
  });
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
      grouped(row.issued),
      costOf(program, row) ?? '–',
      ...[row.returned, row.expired, row.liability, row.pending].map(grouped),
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
  return {
    title: 'Members by tenth of spend',
    topic: 'spend',
    note: 'The first tenth spent least. Points are what members have at the end.',
    columns: ['tenth', 'members', 'spend', `${totals[0]?.unit ?? 'points'}`, 'mean'],
    rows: deciles.map(({ decile, members, spendMinor, sum, mean }) => [
      ...[`${decile}`, grouped(`${members}`), money(spendMinor, currency)],
      ...[grouped(sum), grouped(mean)],
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
      ...[signed(row.sum), signed(row.mean)],
      ...[row.up, row.down, row.same].map((count) => grouped(`${count}`)),
    ]),
  };
}

function losers({ losers: rows, measure }: ComparisonReport, currency: string): Section {
  return {
    title: 'Members who lose most',
    note: `In ${measureInWords(measure)}.`,
    columns: ['member', 'spend', 'old', 'new', 'difference'],
    rows: rows.map(({ member, spendMinor, before, after, change }) => [
      ...[member, money(spendMinor, currency), grouped(before), grouped(after), signed(change)],
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
