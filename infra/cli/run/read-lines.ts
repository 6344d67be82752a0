import { createReadStream } from 'node:fs';
import { withoutMark } from '../byte-order-mark.ts';
import { unreadableInput } from '../input-file.ts';

export interface FileLine {
  /** From 1. */
  readonly number: number;
  /** `undefined` when the line is longer than the limit: it is never held in memory. */
  readonly text: string | undefined;
}

const newline = 0x0a;

/**
 * The lines of a UTF-8 file, without their line ends; memory is bounded by `maximumBytes`. Throws a
 * UsageError where the file cannot be read.
 */
export async function* readLines(path: string, maximumBytes: number): AsyncGenerator<FileLine> {
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const finish = (): FileLine => {
    number += 1;
    const text = length > maximumBytes ? undefined : Buffer.concat(parts).toString('utf8');
    parts = [];
    length = 0;
    const line = text?.replace(/\r$/, '');
    return { number, text: number === 1 && line !== undefined ? withoutMark(line) : line };
  };
  const keep = (part: Buffer): void => {
    length += part.length;
    if (length <= maximumBytes) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunksOf(path)) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, at));
      yield finish();
      from = at + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (length > 0) yield finish();
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadableInput(path, error);
  }
}

/** How many lines are not blank: what a run will receive. */
export async function countLines(path: string): Promise<number> {
  let count = 0;
  for await (const { text } of readLines(path, maximumCountedBytes)) {
    if (text?.trim() !== '') count += 1;
  }
  return count;
}

const maximumCountedBytes = 256 * 1024;
