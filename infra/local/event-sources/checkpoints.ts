import * as z from 'zod';
import { LocalRuntimeError } from '../failure.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

/** How far a shard has been read. */
export interface Position {
  /**
   * DynamoDB Local counts its records from 1 again once all of them have passed their 24 hours;
   * this counts how often it has done so.
   */
  readonly epoch: number;
  /** Sequence number of the last record; undefined: none yet. */
  readonly after: string | undefined;
}

export const beginning: Position = { epoch: 0, after: undefined };

const schema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.strictObject({ epoch: z.int().nonnegative(), after: z.string().optional() }),
  ),
);

/**
 * What a reader has written may be lost in a kill although it was acknowledged (dynamodb-local.ts),
 * so its position is stored this much later; a restart then reads a little again.
 */
const lagMs = 1000;
const flushEveryMs = 250;

/** How far each reader has come in each shard, in a file or, without a path, in memory. */
export class Checkpoints {
  readonly #path: string | undefined;
  readonly #stored: Record<string, Record<string, Position>>;
  #recent: { at: number; reader: string; shard: string; position: Position }[] = [];
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(path: string | undefined) {
    this.#path = path;
    this.#stored = path === undefined ? {} : read(path);
    if (path !== undefined) {
      this.#timer = setInterval(() => this.#flush(Date.now() - lagMs), flushEveryMs);
      this.#timer.unref();
    }
  }

  /** Position of an earlier run. */
  get(reader: string, shard: string): Position {
    return this.#stored[reader]?.[shard] ?? beginning;
  }

  set(reader: string, shard: string, position: Position): void {
    if (this.#path === undefined) return;
    this.#recent.push({ at: Date.now(), reader, shard, position });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#flush(Number.POSITIVE_INFINITY);
  }

  #flush(upTo: number): void {
    const due = this.#recent.filter(({ at }) => at <= upTo);
    if (due.length === 0 || this.#path === undefined) return;
    this.#recent = this.#recent.slice(due.length);
    for (const { reader, shard, position } of due) {
      this.#stored[reader] = { ...this.#stored[reader], [shard]: position };
    }
    writeJsonFile(this.#path, this.#stored);
  }
}

function read(path: string): Record<string, Record<string, Position>> {
  const parsed = schema.safeParse(readJsonFile(path) ?? {});
  if (!parsed.success) {
    throw new LocalRuntimeError('STATE_FILE_UNREADABLE', `${path} holds no stream positions.`);
  }
  const readers = Object.entries(parsed.data).map(([reader, positions]) => [
    reader,
    Object.fromEntries(
      Object.entries(positions).map(([shard, { epoch, after }]) => [shard, { epoch, after }]),
    ),
  ]);
  return Object.fromEntries(readers);
}
