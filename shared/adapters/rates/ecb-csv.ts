import { success } from '../../domain/result.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';
import {
  checkQuoted,
  faultAt,
  type Quote,
  quoted,
  RateDays,
  type RateFile,
  type RateReading,
  twice,
} from './rate-day.ts';

const monthNames =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

interface Header {
  readonly codes: readonly string[];
  /** Cells of every line; one more than columns where lines end with a comma. */
  readonly width: number;
}

/**
 * Reads the daily file of the European Central Bank, `eurofxref.csv`, and the history,
 * `eurofxref-hist.csv`: they differ in dates, spaces and zeros, and are read alike. `N/A` is a rate
 * that there is none of. Lines end with a line break, the last one too: nothing else shows that a
 * file is whole.
 */
export function readEcbCsv(text: string): RateReading<RateFile> {
  const lines = text.split('\n');
  if (lines.pop()?.trim() !== '') {
    return faultAt(lines.length + 1, 'The file breaks off in this line. Get the whole file.');
  }
  const first = Math.max(
    lines.findIndex((line) => line.trim() !== ''),
    0,
  );
  const header = readHeader(first + 1, cellsOf(lines[first] ?? ''));
  if (!header.ok) return header;
  const days = new RateDays();
  for (let index = first + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const added = addDay(days, header.value, index + 1, cellsOf(line));
    if (!added.ok) return added;
  }
  const { all } = days;
  if (all.length === 0) {
    return faultAt(first + 1, 'There are no rates below this line. Get the whole file.');
  }
  return success({ source: 'ecb', days: all });
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim());
}

function readHeader(line: number, cells: readonly string[]): RateReading<Header> {
  const [first, ...rest] = cells;
  if (first !== 'Date' || rest.length === 0) {
    return faultAt(line, 'The first line must be Date and currency codes, with commas between.');
  }
  const codes = rest.at(-1) === '' ? rest.slice(0, -1) : rest;
  const seen = new Set<string>();
  for (const code of codes) {
    const wrong = checkQuoted(line, code);
    if (wrong !== undefined) return wrong;
    if (seen.has(code)) return twice(line, code);
    seen.add(code);
  }
  return success({ codes, width: cells.length });
}

function addDay(
  days: RateDays,
  { codes, width }: Header,
  line: number,
  cells: readonly string[],
): RateReading<void> {
  if (cells.length !== width) {
    const counts = `This line has ${cells.length} columns, the first one ${width}`;
    return faultAt(line, `${counts}. The file was cut off or changed: get the whole file.`);
  }
  if (width > codes.length + 1 && cells.at(-1) !== '') {
    return faultAt(line, `${quoted(cells.at(-1) ?? '')} stands in a column without a name.`);
  }
  const date = readDate(cells[0] ?? '');
  if (date === undefined) {
    return faultAt(line, `There is no date ${quoted(cells[0] ?? '')}. Correct it.`, 'Date');
  }
  return days.add(date, line, quotesOf(codes, cells, line));
}

function* quotesOf(
  codes: readonly string[],
  cells: readonly string[],
  line: number,
): Generator<Quote> {
  for (const [index, currency] of codes.entries()) {
    const rate = cells[index + 1] ?? '';
    if (rate !== 'N/A') yield { currency, rate, line };
  }
}

/** `2026-04-13` or `13 April 2026`. */
function readDate(text: string): LocalDate | undefined {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  if (year === '') return parseLocalDate(text);
  const month = String(monthNames.indexOf(name) + 1).padStart(2, '0');
  return parseLocalDate(`${year}-${month}-${day.padStart(2, '0')}`);
}
