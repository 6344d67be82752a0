import * as z from 'zod/mini';
import { addMs, type LocalDate, parseLocalDate } from '../../domain/time.ts';
import type { Breaker, Float, Look, ProviderHealthStore } from '../../ports/provider-health.ts';
import { type AccountRow, accountKey } from './account-keys.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { type Condition, isExactly, itemAbsent } from './condition.ts';
import { getItem } from './item-read.ts';
import { putOnCondition } from './item-write.ts';
import { metered, type Table } from './table.ts';

/*
 * Attributes of an account's rows: n version, w the write that put it. Of the lease na, the next
 * free turn (epoch ms); of the breaker st state, f failures, ou open until; of the float bl
 * balances (currency and minor units), ra read at, us use (day, currency, minor units), of out of
 * funds since; of the look into the books lu, until when.
 */

const leaseSchema = z.object({ n: wholeNumber, na: instantField });
const breakerSchema = z.object({
  n: wholeNumber,
  st: z.enum(['closed', 'open', 'halfOpen']),
  f: wholeNumber,
  ou: instantField,
});
const day = z.pipe(
  z.string().check(z.refine((text) => parseLocalDate(text) !== undefined)),
  z.transform((text) => text as LocalDate),
);
const floatSchema = z.object({
  n: wholeNumber,
  bl: z.array(z.tuple([z.string(), z.bigint()])),
  ra: instantField,
  us: z.array(z.tuple([day, z.string(), z.bigint()])),
  of: z.optional(instantField),
});

const lookSchema = z.object({ n: wholeNumber, lu: instantField });

/** Rounds of a lease against others; each round lets at least one of them go on. */
const maximumRounds = 50;

export function createProviderHealthStore(table: Table): ProviderHealthStore {
  const read = (provider: string, row: AccountRow) => getItem(table, accountKey(provider, row));
  return {
    async lease({ provider, at, spacingMs, wanted }) {
      for (let round = 1; round <= maximumRounds; round += 1) {
        const image = await read(provider, 'LEASE');
        const { n, na } = image ? parseImage(leaseSchema, image, 'lease') : { n: 0, na: at };
        const first = na > at ? na : at;
        const fields = { n: n + 1, na: addMs(first, wanted * spacingMs) };
        const put = { ...accountKey(provider, 'LEASE'), ...fields };
        if ((await replace(table, toImage(put), n)) === 'done') return first;
      }
      throw new Error(`A lease was lost ${maximumRounds} times.`);
    },

    async readBreaker(provider) {
      const image = await read(provider, 'BREAKER');
      return image && parseBreaker(image);
    },

    writeBreaker(provider, { version, state, failures, openUntil }) {
      const fields = { n: version, st: state, f: failures, ou: openUntil };
      const put = toImage({ ...accountKey(provider, 'BREAKER'), ...fields });
      return replace(table, put, version - 1);
    },

    async readFloat(provider) {
      const image = await read(provider, 'FLOAT');
      return image && parseFloatRow(image);
    },

    writeFloat(provider, next) {
      const put = toImage({ ...accountKey(provider, 'FLOAT'), ...encodeFloat(next) });
      return replace(table, put, next.version - 1);
    },

    async readLook(provider) {
      const image = await read(provider, 'LOOK');
      return image && parseLook(image);
    },

    writeLook(provider, { version, until }) {
      const put = toImage({ ...accountKey(provider, 'LOOK'), n: version, lu: until });
      return replace(table, put, version - 1);
    },
  };
}

/** A writer whose answer was lost knows its own row by what it wrote into it. */
async function replace(table: Table, image: Image, read: number): Promise<'done' | 'lost'> {
  return metered(table, { operation: 'health', count: 1 }, async (bill) => {
    const w = table.randomness.next().toString(36).slice(2);
    const item = { ...image, ...toImage({ w }) };
    const outcome = await putOnCondition(table, { item, condition: isVersion(read) }, bill);
    if (outcome.kind === 'put') return 'done';
    if (outcome.mayBeOwn && outcome.existing.w?.S === w) return 'done';
    bill.count = 0;
    return 'lost';
  });
}

function isVersion(version: number): Condition {
  return version === 0 ? itemAbsent : isExactly('n', version);
}

function parseBreaker(image: Image): Breaker {
  const { n, st, f, ou } = parseImage(breakerSchema, image, 'breaker');
  return { version: n, state: st, failures: f, openUntil: ou };
}

function parseLook(image: Image): Look {
  const { n, lu } = parseImage(lookSchema, image, 'look');
  return { version: n, until: lu };
}

function encodeFloat({ version, balances, readAt, used, outOfFundsSince }: Float) {
  return {
    n: version,
    bl: balances.map(({ currency, amountMinor }) => [currency, amountMinor]),
    ra: readAt,
    us: used.map(({ day: on, amount }) => [on, amount.currency, amount.amountMinor]),
    of: outOfFundsSince,
  };
}

function parseFloatRow(image: Image): Float {
  const { n, bl, ra, us, of } = parseImage(floatSchema, image, 'float');
  return {
    version: n,
    balances: bl.map(([currency, amountMinor]) => ({ currency, amountMinor })),
    readAt: ra,
    used: us.map(([on, currency, amountMinor]) => ({
      day: on,
      amount: { currency, amountMinor },
    })),
    ...(of !== undefined && { outOfFundsSince: of }),
  };
}
