import { Temporal } from 'temporal-polyfill';
import type { ImportedEvent } from '../../../shared/domain/import/order.ts';
import { SeededRandom } from './random.ts';

/** The seed of the file that is checked in. */
export const sampleSeed = 20_251_101;

const source = 'sample-shop';
const memberCount = 60;
const orderCount = 340;
const firstDay = '2025-11-01';
const dayCount = 365;
const minutesPerDay = 1_440;

interface Home {
  readonly country: string;
  readonly currency: string;
  readonly zone: string;
}

const homes: readonly [Home, ...Home[]] = [
  { country: 'GB', currency: 'GBP', zone: 'Europe/London' },
  { country: 'GB', currency: 'GBP', zone: 'Europe/London' },
  { country: 'GB', currency: 'GBP', zone: 'Europe/London' },
  { country: 'DE', currency: 'EUR', zone: 'Europe/Berlin' },
  { country: 'FR', currency: 'EUR', zone: 'Europe/Paris' },
  { country: 'ES', currency: 'EUR', zone: 'Europe/Madrid' },
  { country: 'IE', currency: 'EUR', zone: 'Europe/Dublin' },
  { country: 'US', currency: 'USD', zone: 'America/New_York' },
  { country: 'US', currency: 'USD', zone: 'America/Los_Angeles' },
  { country: 'JP', currency: 'USD', zone: 'Asia/Tokyo' },
];

interface Member {
  readonly id: string;
  readonly home: Home;
  /** What one of their orders may come to, in minor units. */
  readonly mostMinor: number;
}

const wares: readonly [string, ...string[]] = [
  'tea-green-100g',
  'tea-black-250g',
  'mug-blue',
  'mug-white',
  'kettle-1l',
  'tray-oak',
  'honey-500g',
];

interface Timed {
  readonly epochMs: number;
  readonly event: ImportedEvent;
}

function membersOf(random: SeededRandom): [Member, ...Member[]] {
  const member = (number: number): Member => ({
    id: `m-${String(number).padStart(4, '0')}`,
    home: random.pick(homes),
    mostMinor: random.pick([8_000, 15_000, 24_000, 40_000]),
  });
  const rest = Array.from({ length: memberCount - 1 }, (_, index) => member(index + 2));
  return [member(1), ...rest];
}

function timeAt(zone: string, day: number, minute: number): { epochMs: number; text: string } {
  const date = Temporal.PlainDate.from(firstDay).add({ days: day });
  const time = Temporal.PlainTime.from('00:00').add({ minutes: minute });
  const zoned = date.toPlainDateTime(time).toZonedDateTime(zone);
  return { epochMs: zoned.epochMilliseconds, text: zoned.toString({ timeZoneName: 'never' }) };
}

/** Positive parts that add up to the total, each for some pieces of one ware. */
function linesOf(random: SeededRandom, totalMinor: number): ImportedEvent['lines'] {
  const lines: { sku: string; quantity: number; amountMinor: string }[] = [];
  let restMinor = totalMinor;
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const amountMinor = count === 1 ? restMinor : random.between(1, restMinor - count + 1);
    const [sku, quantity] = [random.pick(wares), random.between(1, 6)];
    lines.push({ sku, quantity, amountMinor: `${amountMinor}` });
    restMinor -= amountMinor;
  }
  return lines;
}

function orderOf(random: SeededRandom, member: Member, number: number): Timed {
  const day = Math.floor(((number - 1) * dayCount) / orderCount);
  const at = timeAt(member.home.zone, day, random.between(7 * 60, 22 * 60));
  const amountMinor = random.between(800, member.mostMinor);
  const lines = random.chance(35) ? linesOf(random, amountMinor) : undefined;
  const event: ImportedEvent = {
    id: `o-${String(number).padStart(5, '0')}`,
    source,
    type: 'order.placed',
    member: member.id,
    occurredAt: at.text,
    amountMinor: `${amountMinor}`,
    currency: member.home.currency,
    country: member.home.country,
    ...(lines === undefined ? {} : { lines }),
  };
  return { epochMs: at.epochMs, event };
}

/**
 * A return some days after its order, of the whole or a part; some name the order and some do not.
 */
function returnOf(random: SeededRandom, order: Timed, home: Home, number: number): Timed {
  const { id, member, amountMinor, currency } = order.event;
  const laterMs = random.between(2 * minutesPerDay, 20 * minutesPerDay) * 60_000;
  const instant = Temporal.Instant.fromEpochMilliseconds(order.epochMs + laterMs);
  const zoned = instant.toZonedDateTimeISO(home.zone);
  const event: ImportedEvent = {
    id: `r-${String(number).padStart(5, '0')}`,
    source,
    type: 'order.returned',
    member,
    occurredAt: zoned.toString({ timeZoneName: 'never' }),
    amountMinor: random.chance(50) ? amountMinor : `${random.between(100, Number(amountMinor))}`,
    currency,
    country: home.country,
    ...(random.chance(60) ? { refersTo: { source, id } } : {}),
  };
  return { epochMs: instant.epochMilliseconds, event };
}

/** One line of each sort that must be refused, made from a good event. */
function badLines(event: ImportedEvent): string[] {
  const { member, ...memberless } = event;
  const bad = (id: string, change: object): string => JSON.stringify({ ...event, id, ...change });
  return [
    JSON.stringify({ ...event, id: 'bad-json' }).slice(0, -20),
    JSON.stringify({ ...memberless, id: 'bad-member-missing' }),
    bad('bad-member-empty', { member: '' }),
    bad('bad-currency-unknown', { currency: 'QQQ' }),
    bad('bad-currency-not-in-program', { currency: 'CHF' }),
    bad('bad-date-without-offset', { occurredAt: '2026-03-04T10:00:00' }),
    bad('bad-amount-fractional', { amountMinor: '12.5' }),
    bad('bad-amount-negative', { amountMinor: '-100' }),
    bad('bad-field-unknown', { loyaltyCard: member }),
    bad('bad-type-undeclared', { type: 'order.admired' }),
  ];
}

/**
 * The lines of the sample file, about 400, in the order of time, with what a real feed gets wrong.
 */
export function sampleEventLines(seed: number): string[] {
  const random = new SeededRandom(seed);
  const members = membersOf(random);
  const timed: Timed[] = [];
  const lastMs = timeAt('UTC', dayCount - 1, 0).epochMs;
  for (let number = 1; number <= orderCount; number += 1) {
    const member = random.pick(members);
    const order = orderOf(random, member, number);
    timed.push(order);
    if (!random.chance(9)) continue;
    const returned = returnOf(random, order, member.home, number);
    if (returned.epochMs <= lastMs) timed.push(returned);
  }
  timed.sort((left, right) => left.epochMs - right.epochMs);
  const lines = timed.map(({ event }) => JSON.stringify(event));
  const firstOrder = timed.find(({ event }) => event.type === 'order.placed');
  if (firstOrder === undefined) return lines;
  const insert = (line: string): void => {
    lines.splice(random.between(Math.floor(lines.length / 4), lines.length), 0, line);
  };
  // Sent twice, as feeds do: the second one must change nothing.
  for (const line of lines.filter((_, index) => index < 72 && index % 6 === 0)) insert(line);
  const { event } = firstOrder;
  insert(JSON.stringify({ ...event, amountMinor: `${BigInt(event.amountMinor) + 1n}` }));
  for (const line of badLines(event)) insert(line);
  return lines;
}
