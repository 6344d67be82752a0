import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maximumBodyBytes } from '../../../shared/contracts/body.ts';
import { type Instant, instantOf, parseInstant } from '../../../shared/domain/time.ts';
import { ExternalSort } from '../import/external-sort.ts';
import { type FileLine, readLines } from './read-lines.ts';

export interface TimedLine extends FileLine {
  /** When it happened; zero for a line that does not say. */
  readonly at: Instant;
}

/** Digits of an epoch in milliseconds, so that texts sort as times do. */
const keyLength = 15;
const maximumBufferedBytes = 64 * 1024 * 1024;
const maximumOpenRuns = 32;

/**
 * The lines of a file in the order of their time, those of one time in file order; lines that say
 * none come first. Memory is bounded, whatever the file's size.
 */
export async function* eventsInTime(path: string): AsyncGenerator<TimedLine> {
  const folder = await mkdtemp(join(tmpdir(), 'guerdon-sort-'));
  try {
    const sort = new ExternalSort({
      ...{ folder, name: 'events', maxBufferedBytes: maximumBufferedBytes },
      maxOpenRuns: maximumOpenRuns,
    });
    for await (const { number, text } of readLines(path, maximumBodyBytes)) {
      if (text?.trim() === '') continue;
      const key = String(timeOf(text)).padStart(keyLength, '0');
      sort.add({ key, line: number, payload: JSON.stringify(text ?? null) });
    }
    for (const { key, line, payload } of sort.sorted()) {
      const text = (JSON.parse(payload) as string | null) ?? undefined;
      yield { number: line, text, at: instantOf(Number(key)) };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** No event before the year 2000 is accepted: a slip of the pen is no history. */
const earliestMs = Date.UTC(2000, 0, 1);

/** The time of the first event, if any line says one. */
export async function firstEventTime(path: string): Promise<Instant | undefined> {
  let first: number | undefined;
  for await (const { text } of readLines(path, maximumBodyBytes)) {
    const at = timeOf(text);
    if (at >= earliestMs && (first === undefined || at < first)) first = at;
  }
  return first === undefined ? undefined : instantOf(first);
}

function timeOf(text: string | undefined): number {
  if (text === undefined) return 0;
  try {
    const { occurredAt } = JSON.parse(text) as { occurredAt?: unknown };
    const at = typeof occurredAt === 'string' ? parseInstant(occurredAt) : undefined;
    return Math.max(0, at ?? 0);
  } catch {
    return 0;
  }
}
