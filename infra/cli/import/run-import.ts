import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { columnsOf, type Mapping } from '../../../shared/domain/import/mapping.ts';
import { lineReader } from '../../../shared/domain/import/order-line.ts';
import type { Rejection, RejectionCode } from '../../../shared/domain/import/rejection.ts';
import { UsageError } from '../exit.ts';
import { ExternalSort } from './external-sort.ts';
import { OrderGroups, spoiltPayload } from './group-orders.ts';
import {
  checkPaths,
  eventsName,
  publish,
  readMapping,
  rejectedName,
  rejectedPathOf,
  withWorkFolder,
} from './import-files.ts';
import { headerOf, inputRecords } from './input-records.ts';
import { encodeLine } from './line-codec.ts';
import { TextWriter } from './text-writer.ts';

export interface ImportRequest {
  readonly mappingPath: string;
  readonly inPath: string;
  readonly outPath: string;
  /** Memory for the rows that wait for a sorted run; tests make it small. */
  readonly maxBufferedBytes?: number;
}

export interface ImportSummary {
  /** Records after the header; a record may span several physical lines. */
  records: number;
  events: Record<string, number>;
  rejectedLines: number;
  rejected: Partial<Record<RejectionCode, number>>;
  /** Names that the mapping does not know, sorted; at most 1,000. */
  unmappedCountries: string[];
  outPath: string;
  rejectedPath: string;
}

const defaultBufferedBytes = 16_777_216;
const maxOpenRuns = 64;
const maxCountryNames = 1_000;
/** Synchronous work between two looks at the signals. */
const rowsPerTurn = 20_000;

class Import {
  readonly #request: ImportRequest;
  readonly #mapping: Mapping;
  readonly #lines: ExternalSort;
  readonly #events: ExternalSort;
  readonly #rejects: ExternalSort;
  readonly #folder: string;
  readonly #countries = new Set<string>();
  readonly summary: ImportSummary;

  constructor(request: ImportRequest, mapping: Mapping, folder: string) {
    this.#request = request;
    this.#mapping = mapping;
    this.#folder = folder;
    const maxBufferedBytes = request.maxBufferedBytes ?? defaultBufferedBytes;
    const sort = (name: string) =>
      new ExternalSort({ folder, name, maxBufferedBytes, maxOpenRuns });
    this.#lines = sort('lines');
    this.#events = sort('events');
    this.#rejects = sort('rejects');
    this.summary = {
      records: 0,
      events: {},
      rejectedLines: 0,
      rejected: {},
      unmappedCountries: [],
      outPath: request.outPath,
      rejectedPath: rejectedPathOf(request.outPath),
    };
  }

  #reject(line: number, { code, field }: Rejection): void {
    this.summary.rejectedLines += 1;
    this.summary.rejected[code] = (this.summary.rejected[code] ?? 0) + 1;
    this.#rejects.add({ key: '', line, payload: JSON.stringify([code, field]) });
  }

  /** First pass: every record becomes a line of an order, or a rejection. */
  async readLines(): Promise<void> {
    const { inPath } = this.#request;
    const records = inputRecords(inPath, this.#mapping.csv);
    const first = await records.next();
    const header = headerOf(first.value ?? undefined, columnsOf(this.#mapping), inPath);
    const read = lineReader(this.#mapping, header);
    for await (const record of records) {
      this.summary.records += 1;
      if ('fault' in record) {
        this.#reject(record.line, { code: record.fault, field: '' });
        continue;
      }
      const outcome = read(record.fields, record.line);
      if (outcome.ok) {
        const { orderLine, unmappedCountry } = outcome.value;
        const key = JSON.stringify(orderLine.order);
        this.#lines.add({ key, line: record.line, payload: encodeLine(orderLine) });
        if (unmappedCountry !== undefined && this.#countries.size < maxCountryNames) {
          this.#countries.add(unshared(unmappedCountry));
        }
        continue;
      }
      const { rejection, spoiltOrder } = outcome.failure;
      this.#reject(record.line, rejection);
      if (spoiltOrder !== undefined) {
        const key = JSON.stringify(spoiltOrder);
        this.#lines.add({ key, line: record.line, payload: spoiltPayload });
      }
    }
    this.summary.unmappedCountries = [...this.#countries].sort();
  }

  /** Second pass: the lines of one order stand together now. */
  async groupOrders(): Promise<void> {
    const { events } = this.summary;
    const groups = new OrderGroups(this.#mapping, {
      event: (event, line) => {
        events[event.type] = (events[event.type] ?? 0) + 1;
        this.#events.add({ key: '', line, payload: JSON.stringify(event) });
      },
      reject: (line, rejection) => this.#reject(line, rejection),
    });
    let rows = 0;
    for (const row of this.#lines.sorted()) {
      groups.add(row);
      rows += 1;
      if (rows % rowsPerTurn === 0) await turn();
    }
    groups.close();
  }

  /** Third pass: both outputs in the order of the input file. */
  async writeOutputs(): Promise<void> {
    await this.#write(eventsName, '', this.#events, (payload) => payload);
    await this.#write(rejectedName, 'line,code,field\n', this.#rejects, (payload, line) => {
      const [code, field] = JSON.parse(payload) as [string, string];
      return `${line},${code},${csvCell(field)}`;
    });
    publish(this.#folder, this.#request.outPath);
  }

  async #write(
    name: string,
    head: string,
    rows: ExternalSort,
    format: (payload: string, line: number) => string,
  ): Promise<void> {
    const writer = new TextWriter(join(this.#folder, name));
    try {
      writer.write(head);
      let count = 0;
      for (const row of rows.sorted()) {
        writer.write(`${format(row.payload, row.line)}\n`);
        count += 1;
        if (count % rowsPerTurn === 0) await turn();
      }
    } finally {
      writer.close({ isDurable: true });
    }
  }
}

/** A copy that does not keep the piece of the file alive from which the text was cut. */
function unshared(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Turns a CSV file into a file of customer events and `<out>.rejected.csv`, both in the order of
 * the input (an order stands where its first accepted line does) and both put in place only when
 * they are whole. Throws UsageError where the arguments, the mapping or the input as a whole are of
 * no use.
 */
export async function runImport(request: ImportRequest): Promise<ImportSummary> {
  checkPaths(request);
  const mapping = readMapping(request.mappingPath);
  return withWorkFolder(request.outPath, async (folder) => {
    const work = new Import(request, mapping, folder);
    try {
      await work.readLines();
      await work.groupOrders();
      await work.writeOutputs();
    } catch (error) {
      if (isDiskFull(error)) throw new UsageError(`No space is left beside ${request.outPath}.`);
      throw error;
    }
    return work.summary;
  });
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}
