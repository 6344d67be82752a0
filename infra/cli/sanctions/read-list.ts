import { longestNameBytes, nameOnLine } from '../../../shared/domain/payout/sanctions-file.ts';
import { UsageError } from '../exit.ts';
import { readLines } from '../run/read-lines.ts';

const faults = {
  NAME_TOO_LONG: `is longer than ${longestNameBytes} bytes: no name is`,
  NAME_NOT_UTF8: 'is not UTF-8',
  NAME_WITHOUT_LETTERS: 'has no letter and no digit, so it can match nobody',
};

/**
 * The names of a file, one a line; lines without text are left out. Throws a `UsageError` for a
 * line that is no name, and for a file without any: a list counts whole or not at all.
 */
export async function readNames(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { number, text } of readLines(path, longestNameBytes)) {
    const name = nameOnLine(text);
    if (!name.ok) throw new UsageError(`${path}:${number} ${faults[name.failure]}.`);
    if (name.value !== '') names.push(name.value);
  }
  if (names.length === 0) throw new UsageError(`${path} has no names.`);
  return names;
}
