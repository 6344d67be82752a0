import { join } from 'node:path';
import { type Program, unitsOf } from '../../../shared/domain/program/schema.ts';
import { formatInstant, type Instant, localDateAt } from '../../../shared/domain/time.ts';
import { UsageError } from '../exit.ts';
import { readProgramFile } from '../program-file.ts';
import { type BalanceCommandSettings, balanceCommands } from './balance-commands.ts';
import {
  type BalanceLine,
  type BalanceRejection,
  type BalanceRejectionCode,
  balanceLineReader,
  expiryColumn,
  rejected,
  requiredColumns,
} from './balance-line.ts';
import { ExternalSort, type SortRow } from './external-sort.ts';
import {
  checkPaths,
  eventsName,
  publish,
  rejectedName,
  rejectedPathOf,
  withWorkFolder,
} from './import-files.ts';
import { headerOf, inputRecords } from './input-records.ts';
import { TextWriter } from './text-writer.ts';

export interface BalanceImportRequest {
  readonly programPath: string;
  readonly inPath: string;
  readonly outPath: string;
  /** When the balances were taken; lots without a date expire counted from it. */
  readonly at: Instant;
  readonly actor: string;
  readonly reason: string;
  /** Memory for the rows that wait for a sorted run; tests make it small. */
  readonly maxBufferedBytes?: number;
}

export interface BalanceImportSummary {
  /** Records after the header. */
  records: number;
  members: number;
  commands: number;
  /** Lines with zero points: read, and worth no lot. */
  emptyLines: number;
  rejectedLines: number;
  rejected: Partial<Record<BalanceRejectionCode, number>>;
  /** By unit, of all readable lines, and of those that are written. */
  pointsRead: Record<string, number>;
  pointsWritten: Record<string, number>;
  outPath: string;
  rejectedPath: string;
}

const defaultBufferedBytes = 16_777_216;
const maxOpenRuns = 64;
/** The payload of a line that was rejected already: it spoils its member's balance. */
const spoilt = 'null';

class BalanceImport {
  readonly #request: BalanceImportRequest;
  readonly #program: Program;
  readonly #folder: string;
  readonly #lines: ExternalSort;
  readonly #commands: ExternalSort;
  readonly #rejects: ExternalSort;
  #hasStrayLine = false;
  readonly summary: BalanceImportSummary;

  constructor(request: BalanceImportRequest, program: Program, folder: string) {
    this.#request = request;
    this.#program = program;
    this.#folder = folder;
    const maxBufferedBytes = request.maxBufferedBytes ?? defaultBufferedBytes;
    const sort = (name: string) =>
      new ExternalSort({ folder, name, maxBufferedBytes, maxOpenRuns });
    [this.#lines, this.#commands, this.#rejects] = [sort('lines'), sort('commands'), sort('bad')];
    this.summary = {
      ...{ records: 0, members: 0, commands: 0, emptyLines: 0, rejectedLines: 0, rejected: {} },
      ...{ pointsRead: {}, pointsWritten: {} },
      ...{ outPath: request.outPath, rejectedPath: rejectedPathOf(request.outPath) },
    };
  }

  /** First pass: every record becomes a line of a member, or a rejection. */
  async readLines(): Promise<void> {
    const { inPath, at } = this.#request;
    const records = inputRecords(inPath, { delimiter: ',', encoding: 'utf-8' });
    const header = balanceHeader((await records.next()).value ?? undefined, inPath);
    const openedOn = localDateAt(at, this.#program.timeZone);
    const read = balanceLineReader({ header, units: unitsOf(this.#program), openedOn });
    for await (const record of records) {
      this.summary.records += 1;
      const outcome =
        'fault' in record ? { rejection: rejected(record.fault) } : read(record.fields);
      const { member } = outcome;
      if ('rejection' in outcome) this.#reject(record.line, outcome.rejection);
      else addPoints(this.summary.pointsRead, outcome.line);
      const payload = 'line' in outcome ? JSON.stringify(outcome.line) : spoilt;
      if (member === undefined) this.#hasStrayLine = true;
      else this.#lines.add({ key: JSON.stringify(member), line: record.line, payload });
    }
  }

  /** Second pass: the lines of one member stand together now. */
  groupMembers(): void {
    let group: SortRow[] = [];
    for (const row of this.#lines.sorted()) {
      if (group[0] !== undefined && group[0].key !== row.key) {
        this.#closeMember(group);
        group = [];
      }
      group.push(row);
    }
    this.#closeMember(group);
  }

  #closeMember(rows: readonly SortRow[]): void {
    const [first] = rows;
    if (first === undefined) return;
    const good = rows.filter(({ payload }) => payload !== spoilt);
    const fault = this.#hasStrayLine ? rejected('FILE_INCOMPLETE') : undefined;
    const isWhole = good.length === rows.length;
    const rejection = isWhole ? fault : rejected('BALANCE_INCOMPLETE', 'member');
    if (rejection !== undefined) {
      for (const { line } of good) this.#reject(line, rejection);
      return;
    }
    const lines = good.map(({ payload }) => JSON.parse(payload) as BalanceLine);
    const { summary } = this;
    for (const line of lines) addPoints(summary.pointsWritten, line);
    summary.emptyLines += lines.filter(({ points }) => points === 0).length;
    const commands = balanceCommands(JSON.parse(first.key) as string, lines, this.#settings());
    summary.commands += commands.length;
    summary.members += commands.length > 0 ? 1 : 0;
    this.#commands.add({ key: '', line: first.line, payload: JSON.stringify(commands) });
  }

  #settings(): BalanceCommandSettings {
    const { at, actor, reason } = this.#request;
    return { occurredAt: formatInstant(at), actor, reason };
  }

  #reject(line: number, { code, field }: BalanceRejection): void {
    this.summary.rejectedLines += 1;
    this.summary.rejected[code] = (this.summary.rejected[code] ?? 0) + 1;
    this.#rejects.add({ key: '', line, payload: JSON.stringify([code, field]) });
  }

  /** Third pass: both outputs in the order of the input file. */
  writeOutputs(): void {
    this.#write(eventsName, '', this.#commands, (payload) =>
      (JSON.parse(payload) as unknown[]).map((command) => JSON.stringify(command)),
    );
    this.#write(rejectedName, 'line,code,field\n', this.#rejects, (payload, line) => [
      [line, ...(JSON.parse(payload) as string[])].join(','),
    ]);
    publish(this.#folder, this.#request.outPath);
  }

  #write(
    name: string,
    head: string,
    rows: ExternalSort,
    format: (payload: string, line: number) => string[],
  ): void {
    const writer = new TextWriter(join(this.#folder, name));
    try {
      writer.write(head);
      for (const { payload, line } of rows.sorted()) {
        for (const text of format(payload, line)) writer.write(`${text}\n`);
      }
    } finally {
      writer.close({ isDurable: true });
    }
  }
}

function balanceHeader(record: Parameters<typeof headerOf>[0], path: string): readonly string[] {
  const header = headerOf(record, requiredColumns, path);
  const isDated = header.includes(expiryColumn);
  return isDated ? headerOf(record, [...requiredColumns, expiryColumn], path) : header;
}

/** At most 2^53 points in all: far beyond what a program's members hold, and checked. */
function addPoints(sums: Record<string, number>, { unit, points }: BalanceLine): void {
  const sum = (sums[unit] ?? 0) + points;
  if (!Number.isSafeInteger(sum)) throw new UsageError(`The sum of ${unit} is beyond 2^53 - 1.`);
  sums[unit] = sum;
}

/**
 * Turns a CSV file of balances (`member,unit,points` and perhaps `expiresOn`) into a file of
 * commands and `<out>.rejected.csv`, both put in place only when they are whole. A member with a
 * bad line opens with nothing; a line that names no member leaves everybody out.
 */
export async function importBalances(request: BalanceImportRequest): Promise<BalanceImportSummary> {
  checkPaths({ ...request, mappingPath: request.programPath });
  const program = await readProgramFile(request.programPath);
  const { reasons } = program.members;
  if (!reasons.includes(request.reason)) {
    throw new UsageError(`The program has no reason ${request.reason}: ${reasons.join(', ')}.`);
  }
  return withWorkFolder(request.outPath, async (folder) => {
    const work = new BalanceImport(request, program, folder);
    await work.readLines();
    work.groupMembers();
    work.writeOutputs();
    return work.summary;
  });
}
