import { foldedWords } from '../../../shared/domain/payout/sanctions.ts';
import { UsageError } from '../exit.ts';
import { readLines } from '../run/read-lines.ts';

/** No name on any published list is nearly as long. */
const maximumBytes = 1000;

/**
 * The names of a file, one a line; lines without text are left out. Throws a `UsageError` for a
 * line that is no name, and for a file without any: a list counts whole or not at all.
 */
export async function readNames(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { number, text } of readLines(path, maximumBytes)) {
    const name = text?.trim();
    if (name === undefined) {
      throw new UsageError(`${path}:${number} is longer than ${maximumBytes} bytes: no name is.`);
    }
    if (name === '') continue;
    if (name.includes('\uFFFD')) throw new UsageError(`${path}:${number} is not UTF-8.`);
    if (foldedWords(name).length === 0) {
      throw new UsageError(`${path}:${number} has no letter and no digit, so it can match nobody.`);
    }
    names.push(name);
  }
  if (names.length === 0) throw new UsageError(`${path} has no names.`);
  return names;
}
