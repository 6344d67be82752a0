import * as z from 'zod/mini';
import { decimalReader } from '../../domain/import/decimal.ts';
import { isCurrency } from '../../domain/money/currency.ts';
import type { Money } from '../../domain/money/money.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';
import { moneyOf } from '../providers/wire-money.ts';

const entity = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-f]+));/gi;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const largestCodePoint = 0x10ffff;
const decimalForm = /^\d{1,18}(\.\d{1,17})?$/;
const readDecimal = decimalReader({ decimalSeparator: '.' });

/** An element with others in it; an empty one reads as a text, and is one with nothing in it. */
export function element<Fields extends z.core.$ZodShape>(fields: Fields) {
  return z.pipe(
    z.transform((read) => (read === '' ? {} : read)),
    z.object(fields),
  );
}

/** A child that must be there, once. */
export function once<Shape extends z.ZodMiniType>(shape: Shape) {
  return z.pipe(
    z.tuple([shape]),
    z.transform(([child]) => child as z.output<Shape>),
  );
}

/** A child that may be there, once. */
export function maybe<Shape extends z.ZodMiniType>(shape: Shape) {
  return z.optional(once(shape));
}

export function many<Shape extends z.ZodMiniType>(shape: Shape) {
  return z._default(z.array(shape), []);
}

/** What an element says, whether it has attributes or none, with its characters put back. */
export const text = z.pipe(
  z.union([
    z.string(),
    z.pipe(
      z.object({ '#text': z.string() }),
      z.transform((element) => element['#text']),
    ),
  ]),
  z.transform((written) => written.replaceAll(entity, characterOf)),
);

/** An element that has `Ccy`, as whole minor units: an amount that is none is refused. */
export const money = z.pipe(
  z.object({ '#text': z.string(), '@Ccy': z.string() }),
  z.transform(({ '#text': amount, '@Ccy': currency }, context): Money => {
    const read = decimalForm.test(amount) ? moneyOf(amount, currency) : undefined;
    if (read !== undefined) return read;
    const message = isCurrency(currency) ? 'AMOUNT' : 'CURRENCY';
    context.issues.push({ code: 'custom', input: amount, message });
    return z.NEVER;
  }),
);

/** An amount beside the one that is booked, maybe of a currency that is not known here. */
export const moneyIfKnown = z.pipe(
  z.object({ '#text': z.string(), '@Ccy': z.string() }),
  z.transform(({ '#text': amount, '@Ccy': currency }): Money | undefined =>
    decimalForm.test(amount) ? moneyOf(amount, currency) : undefined,
  ),
);

/** Without a currency: a control sum. */
export const decimal = z.pipe(
  text,
  z.transform((written, context) => {
    const read = decimalForm.test(written) ? readDecimal(written) : undefined;
    if (read !== undefined) return read;
    context.issues.push({ code: 'custom', input: written, message: 'AMOUNT' });
    return z.NEVER;
  }),
);

export const count = z.pipe(text.check(z.regex(/^\d{1,15}$/)), z.transform(Number));

/** A day or a time, of which the day counts that it names itself, in the bank's zone. */
export const day = z.pipe(
  element({ Dt: maybe(text), DtTm: maybe(text) }),
  z.transform(({ Dt, DtTm }, context): LocalDate => {
    const read = parseLocalDate((Dt ?? DtTm ?? '').slice(0, 10));
    if (read !== undefined) return read;
    context.issues.push({ code: 'custom', input: Dt, message: 'DATE' });
    return z.NEVER;
  }),
);

function characterOf(written: string, name?: string, decimalCode?: string, hex?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? written;
  const codePoint =
    decimalCode === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimalCode);
  return codePoint <= largestCodePoint ? String.fromCodePoint(codePoint).toWellFormed() : '';
}
