import * as z from 'zod/mini';
import type { RateFinding } from '../../domain/rates/admission.ts';
import { monthOf, type RateMonth, type RateSource } from '../../domain/rates/snapshot.ts';
import { invariant } from '../../domain/result.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';
import type { QuarantinedSnapshot, RateStore } from '../../ports/rates.ts';
import { type Image, instantField, parseImage, toImage } from './attributes.ts';
import { type Condition, isExactly, itemAbsent } from './condition.ts';
import { queryItems } from './item-read.ts';
import { putAlways } from './item-write.ts';
import {
  quarantineKey,
  quarantinePrefix,
  rateMonthKey,
  rateMonthPrefix,
  ratePartition,
} from './rate-keys.ts';
import { createRateReader, parseMonth } from './rate-reader.ts';
import { readRateText, writeRateText } from './rate-text.ts';
import { metered, type Table } from './table.ts';
import { maximumActions, Transaction } from './transact.ts';

/*
 * Attributes of a snapshot in quarantine: r as of a month, f the findings as JSON, s since (epoch
 * ms).
 */

/** A transaction takes 4 MB (aws-facts 1.1); a month of a source has at most a tenth of that. */
const charactersAtOnce = 3_000_000;

const quarantineSchema = z.object({
  sk: z.string(),
  r: z.string(),
  f: z.string(),
  s: instantField,
});

const dateField = z.pipe(
  z.string().check(z.refine((text) => parseLocalDate(text) !== undefined)),
  z.transform((text) => text as LocalDate),
);
const found = { date: dateField, currency: z.string() };
const findingsSchema = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('missing'), ...found }),
    z.object({ kind: z.literal('zero'), ...found }),
    z.object({
      kind: z.literal('jump'),
      ...found,
      ...{ before: z.string(), beforeDate: dateField, after: z.string() },
    }),
  ]),
);

export function createRateStore(table: Table): RateStore {
  return {
    ...createRateReader(table),

    async *months(source) {
      const query = { pk: ratePartition(source), skPrefix: rateMonthPrefix, newestFirst: true };
      for await (const image of queryItems(table, query)) yield parseMonth(source, image);
    },

    async writeMonths(months) {
      const written = months.map((month) => ({ month, r: textOf(month) }));
      const batches = [...batchesOf(written)].map((batch) => {
        const transaction = new Transaction(table);
        for (const one of batch) putMonth(transaction, one);
        return commit(table, transaction);
      });
      return (await Promise.all(batches)).includes('refused') ? 'stale' : 'written';
    },

    quarantine: (quarantined) =>
      metered(table, { operation: 'rates', count: 1 }, (bill) =>
        putAlways(table, encodeQuarantined(quarantined), bill),
      ),

    async *quarantined(source) {
      const query = { pk: ratePartition(source), skPrefix: quarantinePrefix };
      for await (const image of queryItems(table, query)) yield parseQuarantined(source, image);
    },

    async release(released, month) {
      const transaction = new Transaction(table);
      putMonth(transaction, { month, r: textOf(month) });
      endQuarantine(transaction, released);
      return (await commit(table, transaction)) === 'refused' ? 'stale' : 'written';
    },

    async dismiss(dismissed) {
      const transaction = new Transaction(table);
      endQuarantine(transaction, dismissed);
      return (await commit(table, transaction)) === 'refused' ? 'stale' : 'dismissed';
    },
  };
}

interface WrittenMonth {
  readonly month: RateMonth;
  /** Its snapshots as a text. */
  readonly r: string;
}

function textOf({ snapshots }: RateMonth): string {
  return writeRateText(snapshots.values());
}

function* batchesOf(months: readonly WrittenMonth[]): Generator<WrittenMonth[]> {
  let batch: WrittenMonth[] = [];
  let characters = 0;
  for (const written of months) {
    const fits = characters + written.r.length <= charactersAtOnce;
    if (batch.length > 0 && (batch.length === maximumActions || !fits)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(written);
    characters += written.r.length;
  }
  if (batch.length > 0) yield batch;
}

function putMonth(transaction: Transaction, { month: read, r }: WrittenMonth): void {
  const { source, month, version } = read;
  const item = toImage({ ...rateMonthKey(source, month), v: version + 1, r });
  transaction.put(month, item, isVersion(version));
}

/** Only of these rates: a source may have said others of the day since they were read. */
function endQuarantine(transaction: Transaction, { source, snapshot }: QuarantinedSnapshot): void {
  const isAsRead = isExactly('r', writeRateText([snapshot]));
  transaction.delete('quarantine', quarantineKey(source, snapshot.date), isAsRead);
}

function isVersion(version: number): Condition {
  return version === 0 ? itemAbsent : isExactly('v', version);
}

function commit(table: Table, transaction: Transaction): Promise<'committed' | 'refused'> {
  return metered(table, { operation: 'rates', count: 1 }, async (bill) => {
    const { kind } = await transaction.commit(bill);
    if (kind === 'refused') bill.count = 0;
    return kind;
  });
}

function encodeQuarantined({ source, snapshot, findings, since }: QuarantinedSnapshot): Image {
  const r = writeRateText([snapshot]);
  const key = quarantineKey(source, snapshot.date);
  return toImage({ ...key, r, f: JSON.stringify(findings), s: since });
}

function parseQuarantined(source: RateSource, image: Image): QuarantinedSnapshot {
  const { sk, r, f, s } = parseImage(quarantineSchema, image, 'quarantined snapshot');
  const date = parseLocalDate(sk.slice(quarantinePrefix.length));
  const snapshot = date && readRateText(monthOf(date), r).get(date);
  invariant(snapshot !== undefined, 'A quarantined snapshot is not of the day of its key.');
  const findings: readonly RateFinding[] = z.parse(findingsSchema, JSON.parse(f));
  return { source, snapshot, findings, since: s };
}
