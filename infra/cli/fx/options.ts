import { Option } from 'commander';
import { usualStaleDays } from '../../../shared/domain/rates/rate-book.ts';
import { type RateSource, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { type LocalDate, parseLocalDate } from '../../../shared/domain/time.ts';
import { UsageError } from '../exit.ts';
import { readProgramFile } from '../program-file.ts';

/** Who published the rates; commander checks the name. */
export function sourceOption(): Option {
  return new Option('--source <source>', 'who published the rates').choices(
    Object.keys(rateSources),
  );
}

export const usualSource: RateSource = 'ecb';

/** Throws a UsageError where it is none. */
export function parseDay(what: string, text: string): LocalDate {
  const day = parseLocalDate(text);
  if (day === undefined) throw new UsageError(`${what} must be a date such as 2026-04-12.`);
  return day;
}

/** Whose rates are used, and how old they may be: as the program says, where one is named. */
export async function rateTerms(options: {
  readonly source?: RateSource;
  readonly program?: string;
}): Promise<{ readonly source: RateSource; readonly staleDays: number }> {
  const money =
    options.program === undefined ? undefined : (await readProgramFile(options.program)).money;
  const source = options.source ?? money?.rateSource ?? usualSource;
  return { source, staleDays: money?.staleDays ?? usualStaleDays };
}
