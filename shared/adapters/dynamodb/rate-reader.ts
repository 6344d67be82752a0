import * as z from 'zod/mini';
import type { Month, RateMonth, RateSource } from '../../domain/rates/snapshot.ts';
import type { RateReader } from '../../ports/rates.ts';
import { type Image, parseImage, wholeNumber } from './attributes.ts';
import { getItems } from './item-read.ts';
import { rateMonthKey, rateMonthPrefix } from './rate-keys.ts';
import { readRateText } from './rate-text.ts';
import type { Table } from './table.ts';

/* Attributes of a month: v version, r its snapshots as a text. */
const monthSchema = z.object({ sk: z.string(), v: wholeNumber, r: z.string() });

/** What converting functions need of the store, without the weight of the rest. */
export function createRateReader(table: Table): RateReader {
  return {
    async readMonths(source, months) {
      const keyFor = (month: Month) => rateMonthKey(source, month);
      const imageAt = await getItems(table, months.map(keyFor));
      const kept = months.flatMap((month): [Month, RateMonth][] => {
        const image = imageAt(keyFor(month));
        return image === undefined ? [] : [[month, parseMonth(source, image)]];
      });
      return new Map(kept);
    },
  };
}

export function parseMonth(source: RateSource, image: Image): RateMonth {
  const { sk, v, r } = parseImage(monthSchema, image, 'month of rates');
  const month = sk.slice(rateMonthPrefix.length) as Month;
  return { source, month, version: v, snapshots: readRateText(month, r) };
}
