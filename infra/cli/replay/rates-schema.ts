import * as z from 'zod/mini';
import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { plainDecimal, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { parseLocalDate } from '../../../shared/domain/time.ts';

const sources = Object.keys(rateSources) as [keyof typeof rateSources];
const currency = z.string().check(z.refine(isCurrency, 'a currency such as USD'));
const rate = z
  .string()
  .check(
    z.refine(
      (text) => ![undefined, '0'].includes(plainDecimal(text)),
      'a decimal number above zero, such as "1.0850"',
    ),
  );
const day = z
  .string()
  .check(
    z.refine((text) => parseLocalDate(text) !== undefined, 'a date with rates, such as 2026-03-02'),
  );

/** What a source had published, as a scenario gives it: units for one of its base. */
export const scenarioRates = z
  .strictObject({
    source: z._default(z.enum(sources), 'ecb'),
    days: z.record(day, z.record(currency, rate)),
  })
  .check(
    z.refine(
      ({ source, days }) =>
        Object.values(days).every((rates) => rates[rateSources[source].base] === undefined),
      'without the base, which is always one',
    ),
  );
export type ScenarioRates = z.output<typeof scenarioRates>;
