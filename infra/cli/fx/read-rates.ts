import { readFile, stat } from 'node:fs/promises';
import type { RateFile } from '../../../shared/adapters/rates/rate-day.ts';
import { readRateFile } from '../../../shared/adapters/rates/rate-file.ts';
import { failure, type Result } from '../../../shared/domain/result.ts';
import { requireInputFile, unreadableInput } from '../input-file.ts';
import type { RatesRefusal } from './refuse.ts';

/** The longest history, as XML, has a third of it. */
const maximumBytes = 32 * 1024 * 1024;

/** Reads a file of rates whole; what is wrong with it has a line. */
export async function readRatesAt(path: string): Promise<Result<RateFile, RatesRefusal>> {
  await requireInputFile(path);
  if ((await stat(path)).size > maximumBytes) {
    return refused(`${path}:1`, 'The file is larger than 32 MB. Give a file of rates.');
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadableInput(path, error);
  });
  const text = decoded(bytes);
  if (text === undefined) {
    return refused(`${path}:1`, 'The file is no UTF-8 text. Unpack it first if it is a zip file.');
  }
  const read = readRateFile(text);
  if (read.ok) return read;
  const { line, field, message } = read.failure;
  return refused(`${path}:${line}${field === undefined ? '' : ` ${field}`}`, message);
}

function refused(where: string, sentence: string) {
  return failure({ code: 'RATES_FILE_INVALID', where, sentence } as const);
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
