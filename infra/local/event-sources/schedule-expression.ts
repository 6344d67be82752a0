import { unsupported } from '../failure.ts';

/** When a schedule is due. */
export type Timing =
  | { readonly kind: 'every'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly isDue: (minute: Date) => boolean };

const unitsMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};
const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

interface Field {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** Of the time on the wall, as if it were UTC. */
  readonly read: (minute: Date) => number;
}

const fields: readonly Field[] = [
  { from: 0, to: 59, read: (minute) => minute.getUTCMinutes() },
  { from: 0, to: 23, read: (minute) => minute.getUTCHours() },
  { from: 1, to: 31, read: (minute) => minute.getUTCDate() },
  { from: 1, to: 12, names: months, read: (minute) => minute.getUTCMonth() + 1 },
  { from: 1, to: 7, names: weekdays, read: (minute) => minute.getUTCDay() + 1 },
  { from: 1970, to: 2199, read: (minute) => minute.getUTCFullYear() },
];

/**
 * Reads `rate(15 minutes)` or `cron(0 6 ? * MON-FRI *)`. `place` names the schedule in errors.
 * Not understood are one-time schedules, and L, W and # in cron. An hour that the clocks skip or
 * repeat is skipped or repeated here too, and not in the cloud.
 */
export function readTiming(expression: string, timeZone: string, place: string): Timing {
  const rate = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return { kind: 'every', everyMs: Number(rate[1]) * (unitsMs[rate[2] ?? ''] ?? 0) };
  const parts = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  const onTheWall = wallClock(timeZone);
  if (parts.length !== fields.length || onTheWall === undefined) {
    throw unsupported(place, `the schedule ${expression} (${timeZone}) is not understood.`);
  }
  const tests = fields.map((field, index) => {
    const allowed = valuesOf(parts[index] ?? '', field, `${place}: ${expression}`);
    return (minute: Date) => allowed === undefined || allowed.has(field.read(minute));
  });
  const isDue = (minute: Date) => {
    const shown = onTheWall(minute);
    return tests.every((test) => test(shown));
  };
  return { kind: 'cron', isDue };
}

/** What clocks in a zone show; `undefined` for a zone that does not exist. */
function wallClock(timeZone: string): ((minute: Date) => Date) | undefined {
  const format = formatIn(timeZone);
  if (format === undefined) return undefined;
  return (minute) => {
    const parts = format.formatToParts(minute);
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    return new Date(Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')));
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  const shown = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
  const rest = { minute: 'numeric', hourCycle: 'h23', timeZone } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...shown, ...rest });
  } catch {
    return undefined;
  }
}

/** Values that a part of a cron expression allows; undefined: all. */
function valuesOf(part: string, field: Field, place: string): ReadonlySet<number> | undefined {
  if (part === '*' || part === '?') return undefined;
  const values = new Set<number>();
  for (const item of part.split(',')) {
    const [, first, last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
    const from = first === '*' ? field.from : numberOf(first, field);
    const open = first === '*' || (step !== undefined && last === undefined);
    const to = last !== undefined ? numberOf(last, field) : open ? field.to : from;
    const by = Number(step ?? 1);
    if (!isWithin(from, field) || !isWithin(to, field) || by < 1) {
      throw unsupported(place, `${item} is not understood.`);
    }
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
}

function numberOf(text: string | undefined, { names, from }: Field): number {
  const named = names?.indexOf(text ?? '') ?? -1;
  return named >= 0 ? named + from : Number(text);
}

function isWithin(value: number, { from, to }: Field): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}
