import { createReadStream } from 'node:fs';
import type { Mapping } from '../../../shared/domain/import/mapping.ts';
import { UsageError } from '../exit.ts';
import { type CsvRecord, CsvRecords } from './csv-records.ts';
import { reasonOf } from './system-reason.ts';

const chunkBytes = 131_072;

/**
 * The records of a CSV file, the header first; holds one piece of the file and one record at a
 * time.
 */
export async function* inputRecords(path: string, csv: Mapping['csv']): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder(csv.encoding);
  const records = new CsvRecords(csv.delimiter);
  const input = createReadStream(path, { highWaterMark: chunkBytes });
  const pieces = input[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<unknown>;
    try {
      next = await pieces.next();
    } catch (error) {
      throw new UsageError(`Cannot read ${path}: ${reasonOf(error)}.`);
    }
    if (next.done === true) break;
    yield* records.push(decoder.decode(next.value as Buffer, { stream: true }));
  }
  yield* records.push(decoder.decode(), true);
}

/** Checks the header against the columns that the mapping reads. */
export function headerOf(
  record: CsvRecord | undefined,
  columns: readonly string[],
  path: string,
): readonly string[] {
  if (record === undefined) throw new UsageError(`${path} has no header line.`);
  if (!('fields' in record)) throw new UsageError(`The header of ${path} is not valid CSV.`);
  const header = record.fields.map((name) => name.trim());
  for (const column of columns) {
    const count = header.filter((name) => name === column).length;
    if (count === 1) continue;
    const words = count === 0 ? 'no column' : `${count} columns`;
    throw new UsageError(`${path} has ${words} named ${JSON.stringify(column)}.`);
  }
  return header;
}
