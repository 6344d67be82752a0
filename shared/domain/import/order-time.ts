import * as TimePoint from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

/**
 * When an order happened: ISO 8601 with the zone's offset, and the same as milliseconds since 1970.
 */
export interface OrderTime {
  readonly occurredAt: string;
  readonly epochMs: number;
}

export interface TimeSpec {
  /** `iso` (values carry their offset) or tokens: yyyy MM M dd d HH H mm ss SSS. */
  readonly format: string;
  readonly zone: string;
  readonly shiftYears: number;
}

export type TimeReader = (text: string) => OrderTime | undefined;

const tokenPatterns = {
  yyyy: ['year', '\\d{4}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
  SSS: ['millisecond', '\\d{3}'],
} as const;

const isoWithOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
/** Orders of one file repeat their timestamps; a zone conversion is the dearest step of a line. */
const memoLimit = 5_000;

type FieldName = (typeof tokenPatterns)[keyof typeof tokenPatterns][0];

function patternOf(format: string): RegExp | undefined {
  const names = new Set<FieldName>();
  let source = '';
  for (const part of format.split(/(yyyy|MM?|dd?|HH?|mm|ss|SSS)/)) {
    if (Object.hasOwn(tokenPatterns, part)) {
      const [name, digits] = tokenPatterns[part as keyof typeof tokenPatterns];
      if (names.has(name)) return undefined;
      names.add(name);
      source += `(?<${name}>${digits})`;
    } else {
      if (/[A-SU-Za-z]/.test(part)) return undefined;
      source += part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    }
  }
  const hasDate = names.has('year') && names.has('month') && names.has('day');
  return hasDate ? new RegExp(`^${source}$`) : undefined;
}

function describe(zoned: ZonedDateTime.Record): OrderTime {
  // Offsets of the nineteenth century have seconds, which ISO 8601 cannot write.
  const wholeMinutes = ZonedDateTime.offsetNanoseconds(zoned) % 60_000_000_000 === 0;
  const occurredAt = wholeMinutes
    ? ZonedDateTime.toString(zoned, { timeZoneName: 'never' })
    : TimePoint.toBasicString(ZonedDateTime.toInstant(zoned));
  return { occurredAt, epochMs: zoned.epochMilliseconds };
}

function readIso(text: string, spec: TimeSpec): OrderTime | undefined {
  if (!isoWithOffset.test(text)) return undefined;
  const zoned = TimePoint.toZonedDateTimeISO(TimePoint.fromString(text), spec.zone);
  if (spec.shiftYears === 0) return describe(zoned);
  const shifted = PlainDateTime.addYears(ZonedDateTime.toPlainDateTime(zoned), spec.shiftYears);
  return describe(PlainDateTime.toZonedDateTime(shifted, spec.zone));
}

function readTokens(text: string, pattern: RegExp, spec: TimeSpec): OrderTime | undefined {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const part = (name: FieldName): number => Number(groups[name] ?? '0');
  const written = PlainDate.create(part('year'), part('month'), part('day'));
  const date = PlainDate.addYears(written, spec.shiftYears);
  if (groups.hour === undefined) return describe(PlainDate.toZonedDateTime(date, spec.zone));
  const time = PlainTime.create(part('hour'), part('minute'), part('second'), part('millisecond'));
  const dateTime = PlainDate.toPlainDateTime(date, time);
  return describe(PlainDateTime.toZonedDateTime(dateTime, spec.zone));
}

/**
 * A reader of one column of times, or `undefined` where the format itself makes no sense. Years are
 * added to the local date (29 February becomes the 28th), then the zone gives the offset: a time
 * that a clock change skips moves forward, one that it repeats is the earlier. A date alone is the
 * start of its day. The reader answers `undefined` for a date that does not exist.
 */
export function timeReader(spec: TimeSpec): TimeReader | undefined {
  const pattern = spec.format === 'iso' ? undefined : patternOf(spec.format);
  if (pattern === undefined && spec.format !== 'iso') return undefined;
  const memo = new Map<string, OrderTime | undefined>();
  return (text) => {
    if (memo.has(text)) return memo.get(text);
    let time: OrderTime | undefined;
    try {
      time = pattern === undefined ? readIso(text, spec) : readTokens(text, pattern, spec);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    if (memo.size >= memoLimit) memo.clear();
    // A copy: a slice would keep the whole piece of the file alive that it was cut from.
    memo.set([...text].join(''), time);
    return time;
  };
}
