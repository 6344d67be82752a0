import {
  type BoughtVoucher,
  loadVouchers,
  noteStock,
  type VoucherLoading,
} from '../../../shared/app/catalogue/load-vouchers.ts';
import { productOfPool, type Stock } from '../../../shared/domain/catalogue/voucher.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { VoucherPool } from '../../../shared/ports/vouchers.ts';
import { UsageError } from '../exit.ts';
import type { CsvRecord } from '../import/csv-records.ts';
import { headerOf, inputRecords } from '../import/input-records.ts';
import {
  rejectionOf,
  type VoucherRejection,
  voucherColumns,
  voucherLineReader,
} from './voucher-line.ts';

export interface RejectedLine extends VoucherRejection {
  readonly line: number;
}

export interface VoucherReport {
  /** As programs name it. */
  readonly product: string;
  /** Lines after the header. */
  readonly lines: number;
  readonly added: number;
  /** Loaded before. */
  readonly known: number;
  readonly rejected: readonly RejectedLine[];
  readonly stock: Stock;
}

export interface VoucherFile {
  readonly path: string;
  readonly header: readonly string[];
  /** The last day of codes that have none in the file. */
  readonly expires?: LocalDate | undefined;
}

/** Lines that are read before they are kept: bounds the memory of a long file. */
const linesAtOnce = 500;

interface ReadLine {
  readonly line: number;
  readonly voucher: BoughtVoucher;
}

/** Keeps the codes of a file; a line that is rejected stops none of the others. */
export async function loadVoucherFile(
  loading: VoucherLoading,
  pool: VoucherPool,
  file: VoucherFile,
): Promise<VoucherReport> {
  const records = recordsOf(file.path);
  await records.next();
  const read = voucherLineReader(file);
  const work = new Work(loading, pool);
  for await (const record of records) {
    work.lines += 1;
    const line = { line: record.line };
    if ('fault' in record) work.rejected.push({ ...line, code: record.fault, field: '' });
    else {
      const outcome = read(record.fields);
      if (outcome.ok) await work.take({ ...line, voucher: outcome.value });
      else work.rejected.push({ ...line, ...outcome.failure });
    }
  }
  await work.keep();
  const { lines, added, known, rejected } = work;
  const sorted = rejected.sort((left, right) => left.line - right.line);
  const stock = await noteStock(loading, pool);
  return { product: productOfPool(pool), lines, added, known, rejected: sorted, stock };
}

class Work {
  readonly #loading: VoucherLoading;
  readonly #pool: VoucherPool;
  #waiting: ReadLine[] = [];
  readonly rejected: RejectedLine[] = [];
  lines = 0;
  added = 0;
  known = 0;

  constructor(loading: VoucherLoading, pool: VoucherPool) {
    this.#loading = loading;
    this.#pool = pool;
  }

  async take(read: ReadLine): Promise<void> {
    this.#waiting.push(read);
    if (this.#waiting.length >= linesAtOnce) await this.keep();
  }

  async keep(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const vouchers = waiting.map(({ voucher }) => voucher);
    const outcomes = await loadVouchers(this.#loading, this.#pool, vouchers);
    for (const [index, outcome] of outcomes.entries()) {
      const rejection = rejectionOf[outcome];
      if (rejection !== undefined) {
        this.rejected.push({ line: waiting[index]?.line ?? 0, ...rejection });
      } else if (outcome === 'added') this.added += 1;
      else this.known += 1;
    }
  }
}

const columns: ReadonlySet<string> = new Set(voucherColumns);

/**
 * The header of a file, or a UsageError. Where there is none a code stands in its place: what is
 * read is never said.
 */
export async function voucherHeader(path: string): Promise<readonly string[]> {
  const first = (await recordsOf(path).next()).value ?? undefined;
  const header = headerOf(first, ['code'], path);
  const odd = header.findIndex((name) => !columns.has(name));
  if (odd >= 0) {
    throw new UsageError(`Column ${odd + 1} of ${path} is none of ${voucherColumns.join(', ')}.`);
  }
  return headerOf(first, header, path);
}

function recordsOf(path: string): AsyncGenerator<CsvRecord> {
  return inputRecords(path, { delimiter: ',', encoding: 'utf-8' });
}
