import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import type { Rows } from '../../../shared/adapters/memory/memory-table.ts';

/** Read at once, so that what is written meanwhile disturbs no reading. */
const rowsPerPage = 256;

interface StoredRow {
  readonly seq: number;
  readonly at: number;
  readonly body: Uint8Array;
}

/** Values by key in a table of a database, in the order of a time of theirs. */
export class DiskRows<Value> implements Rows<Value> {
  readonly #timeOf: (value: Value) => number;
  readonly #get: StatementSync;
  readonly #has: StatementSync;
  readonly #set: StatementSync;
  readonly #delete: StatementSync;
  readonly #page: StatementSync;
  #isEmpty = true;

  /** Makes the table. `timeOf`: epoch milliseconds of a value. */
  constructor(database: DatabaseSync, table: string, timeOf: (value: Value) => number) {
    this.#timeOf = timeOf;
    database.exec(`
      CREATE TABLE ${table} (
        seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX ${table}_in_time ON ${table} (at, seq);
    `);
    this.#get = database.prepare(`SELECT body FROM ${table} WHERE key = ?`);
    this.#has = database.prepare(`SELECT 1 FROM ${table} WHERE key = ?`);
    this.#set = database.prepare(`
      INSERT INTO ${table} (key, at, body) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET at = excluded.at, body = excluded.body
    `);
    this.#delete = database.prepare(`DELETE FROM ${table} WHERE key = ?`);
    this.#page = database.prepare(`
      SELECT seq, at, body FROM ${table} WHERE (at, seq) > (?, ?)
      ORDER BY at, seq LIMIT ${rowsPerPage}
    `);
  }

  get(key: string): Value | undefined {
    if (this.#isEmpty) return undefined;
    const row = this.#get.get(key);
    return row === undefined ? undefined : decoded(row.body as Uint8Array);
  }

  has(key: string): boolean {
    return !this.#isEmpty && this.#has.get(key) !== undefined;
  }

  set(key: string, value: Value): void {
    this.#isEmpty = false;
    this.#set.run(key, this.#timeOf(value), serialize(value));
  }

  delete(key: string): boolean {
    return !this.#isEmpty && this.#delete.run(key).changes > 0;
  }

  /** Oldest first, those of one time as they came. Rows may come and go meanwhile. */
  *values(): Generator<Value> {
    let after: Pick<StoredRow, 'at' | 'seq'> = { at: Number.MIN_SAFE_INTEGER, seq: 0 };
    for (;;) {
      const rows = this.#page.all(after.at, after.seq) as unknown as StoredRow[];
      for (const { body } of rows) yield decoded(body);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }
}

function decoded<Value>(body: Uint8Array): Value {
  return deserialize(body) as Value;
}
