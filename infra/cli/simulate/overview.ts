import { isCurrency } from '../../../shared/domain/money/currency.ts';
import type { ProgramReport } from './program-report.ts';
import type { Section } from './section.ts';
import { amount, grouped, money, worthsInWords } from './words.ts';

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
  ['refused', refusedInWords],
  ['members', ({ members }) => grouped(`${members}`)],
  ['entries', ({ ledger }) => grouped(`${ledger.entries}`)],
  ['books', ({ ledger }) => (ledger.balanced ? 'balanced' : 'NOT BALANCED')],
  ['cost', ({ cost }) => costInWords(cost.issuedMinor, cost.currency)],
  ['… after returns', ({ cost }) => costInWords(cost.keptMinor, cost.currency)],
  ['effective return', ({ effectiveReturn }) => percent(effectiveReturn.percent)],
  ['… after returns', ({ effectiveReturn }) => percent(effectiveReturn.percentAfterReturns)],
  ['members with a first reward', ({ firstReward }) => percent(firstReward?.sharePercent ?? null)],
  ['days to it, median', ({ firstReward }) => days(firstReward?.medianDays)],
  ['days to it, 90th percentile', ({ firstReward }) => days(firstReward?.ninetiethDays)],
];

/** How many lines, and what most of them were refused for. */
function refusedInWords({ events: { refused } }: ProgramReport): string {
  const counts = Object.entries(refused).sort(([, one], [, other]) => other - one);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const [main] = counts;
  if (main === undefined) return '0';
  const [code, count] = main;
  const part = count === all ? code : `mostly ${code}: ${grouped(`${count}`)}`;
  return `${grouped(`${all}`)}, ${part}`;
}

function costInWords(minor: string | null, currency: string): string {
  return minor === null ? 'unknown' : money(minor, currency);
}

function percent(text: string | null): string {
  return text === null ? 'unknown' : `${grouped(text)} %`;
}

function days(count: number | null | undefined): string {
  return count === null || count === undefined ? 'unknown' : grouped(`${count}`);
}

/** What a reader asks first, of one program or two. */
export function overview(programs: readonly ProgramReport[]): Section {
  const figures = [...overviewFigures, ...unitFigures(programs), ...spendFigures(programs)];
  return {
    title: 'Overview',
    note: programs.map(valuedBy).join(' '),
    columns: ['', ...programs.map((_, index) => columnName(index))],
    rows: figures.map(([name, of]) => [name, ...programs.map((it) => of(it) ?? '–')]),
  };
}

function valuedBy({ worth, effectiveReturn }: ProgramReport, index: number): string {
  const name = columnName(index);
  const told = worthsInWords(worth).join('; ');
  const valued =
    told === ''
      ? `Of ${name} points nothing says what they are worth.`
      : `Valued (${name}): ${told}.`;
  const { unknownBecause } = effectiveReturn;
  if (unknownBecause === null || told === '') return valued;
  return `${valued} The effective return is unknown (${name}): ${unknownBecause}.`;
}

function unitFigures(programs: readonly ProgramReport[]): Figure[] {
  const units = new Set(programs.flatMap(({ totals }) => totals.map(({ unit }) => unit)));
  return [...units].flatMap((unit): Figure[] => {
    const totalOf = ({ totals }: ProgramReport) => totals.find((total) => total.unit === unit);
    const points = (key: 'issued' | 'returned' | 'expired' | 'pending'): Figure => [
      `${unit} ${key}`,
      (program) => amountOf(totalOf(program)?.[key], unit),
    ];
    const cost: Figure = [`${unit} cost`, (program) => costOf(program, totalOf(program))];
    return [
      points('issued'),
      ...(isCurrency(unit) ? [] : [cost]),
      ...[points('returned'), points('expired'), points('pending')],
      [`${unit} liability`, ({ ledger }) => amountOf(ledger.liability[unit], unit)],
    ];
  });
}

function amountOf(digits: string | undefined, unit: string): string | undefined {
  return digits === undefined ? undefined : amount(digits, unit);
}

export function given(digits: string | undefined): string | undefined {
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
