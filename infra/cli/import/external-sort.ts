import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { TextWriter } from './text-writer.ts';

/**
 * Sorted by key, then by line. Key and payload are JSON texts: they hold no tab and no line break,
 * and being freshly made they keep no larger text alive, as a slice of the input would.
 */
export interface SortRow {
  readonly key: string;
  readonly line: number;
  readonly payload: string;
}

export interface SortOptions {
  /** Where the runs go; the caller removes the folder. */
  readonly folder: string;
  readonly name: string;
  /** Estimated memory of the rows that wait for the next run. */
  readonly maxBufferedBytes: number;
  /** Files that one merge reads at the same time. */
  readonly maxOpenRuns: number;
}

const readBytes = 65_536;
/** An object, two strings and their headers, beside two bytes a character. */
const rowOverheadBytes = 120;

function compareRows(left: SortRow, right: SortRow): number {
  if (left.key !== right.key) return left.key < right.key ? -1 : 1;
  return left.line - right.line;
}

function parseRow(text: string): SortRow {
  const first = text.indexOf('\t');
  const second = text.indexOf('\t', first + 1);
  return {
    key: text.slice(0, first),
    line: Number(text.slice(first + 1, second)),
    payload: text.slice(second + 1),
  };
}

function* readRun(path: string): Generator<SortRow> {
  const descriptor = openSync(path, 'r');
  const decoder = new StringDecoder('utf8');
  const bytes = Buffer.allocUnsafe(readBytes);
  let rest = '';
  try {
    for (let count = readSync(descriptor, bytes); count > 0; count = readSync(descriptor, bytes)) {
      const lines = (rest + decoder.write(bytes.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield parseRow(line);
    }
  } finally {
    closeSync(descriptor);
  }
  rmSync(path);
}

interface Head {
  readonly row: SortRow;
  readonly rows: Generator<SortRow>;
}

/** Moves the head at the top of a binary heap down to its place. */
function sink(heap: Head[], head: Head): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left === undefined) break;
    if (right !== undefined && compareRows(right.row, left.row) < 0) child += 1;
    const least = heap[child];
    if (least === undefined || compareRows(least.row, head.row) >= 0) break;
    heap[at] = least;
    at = child;
  }
  heap[at] = head;
}

function* merge(runs: readonly Generator<SortRow>[]): Generator<SortRow> {
  const heap: Head[] = [];
  try {
    for (const rows of runs) {
      const first = rows.next();
      if (first.done !== true) heap.push({ row: first.value, rows });
    }
    heap.sort((left, right) => compareRows(left.row, right.row));
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      yield top.row;
      const next = top.rows.next();
      const last = next.done === true ? heap.pop() : { row: next.value, rows: top.rows };
      if (last !== undefined && heap.length > 0) sink(heap, last);
    }
  } finally {
    for (const rows of runs) rows.return(undefined);
  }
}

/**
 * Sorts more rows than fit into memory: full buffers go to disk as sorted runs, which are merged,
 * in several rounds where they are many. Rows that fit into one buffer never touch the disk.
 */
export class ExternalSort {
  readonly #options: SortOptions;
  #buffer: SortRow[] = [];
  #bufferedBytes = 0;
  #runs: string[] = [];
  #runCount = 0;

  constructor(options: SortOptions) {
    this.#options = options;
  }

  /** Runs written so far, those of merge rounds among them. */
  get runCount(): number {
    return this.#runCount;
  }

  add(row: SortRow): void {
    this.#buffer.push(row);
    this.#bufferedBytes += rowOverheadBytes + 2 * (row.key.length + row.payload.length);
    if (this.#bufferedBytes >= this.#options.maxBufferedBytes) this.#spill();
  }

  #spill(): void {
    this.#buffer.sort(compareRows);
    this.#writeRun(this.#buffer);
    this.#buffer = [];
    this.#bufferedBytes = 0;
  }

  #writeRun(rows: Iterable<SortRow>): void {
    this.#runCount += 1;
    const path = join(this.#options.folder, `${this.#options.name}-${this.#runCount}.run`);
    const writer = new TextWriter(path);
    try {
      for (const row of rows) {
        writer.write(`${row.key}\t${row.line}\t${row.payload}\n`);
      }
    } finally {
      writer.close({ isDurable: false });
    }
    this.#runs.push(path);
  }

  /** Every row in order, once; nothing may be added any more. */
  *sorted(): Generator<SortRow> {
    if (this.#runs.length === 0) {
      const rows = this.#buffer.sort(compareRows);
      this.#buffer = [];
      yield* rows;
      return;
    }
    if (this.#buffer.length > 0) this.#spill();
    while (this.#runs.length > this.#options.maxOpenRuns) {
      const oldest = this.#runs.splice(0, this.#options.maxOpenRuns);
      this.#writeRun(merge(oldest.map(readRun)));
    }
    yield* merge(this.#runs.map(readRun));
  }
}
