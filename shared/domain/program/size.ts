/*
 * How large the items of a program can become (design section 6): a write costs one unit per
 * started 1,024 bytes, the same whatever has happened before. Bytes are those of the table's
 * codecs, names and values; a test holds the two together.
 *
 * Points and amounts count with eight digits: a million pounds a month in pence. Beyond them
 * nothing breaks; such a member's writes cost more.
 */

export const oneWriteUnitBytes = 1024;

const digits = 8;
/** One byte for two digits, and one more (aws-facts 1.4). */
const numberBytes = numberOf(digits);
const dayBytes = 6;
const instantBytes = numberOf(13);
const hashBytes = 22;

function numberOf(count: number): number {
  return Math.ceil(count / 2) + 1;
}

interface OwnerShape {
  /** Bytes of the program's name, of a member reference as stored, and of the unit's code. */
  readonly program: number;
  readonly member: number;
  readonly unit: number;
}

export interface BalanceShape extends OwnerShape {
  /** Lots and vesting days that can be there at once; shorter by two where all begin a month. */
  readonly lots: number;
  readonly vestingDays: number;
  readonly period: 'day' | 'month';
  /** Points expire after inactivity, or are warned of. */
  readonly marks: boolean;
  /** Windows of caps that are kept, and how many of them are for a value each. */
  readonly counters: number;
  readonly valueCounters: number;
  /** Metrics times months that are kept; averages have a second one for each. */
  readonly metricMonths: number;
  readonly averageMonths: number;
  readonly cooldowns: number;
  /** Bytes of the longest level's id; zero without tiers. */
  readonly level: number;
}

/** At most so many bytes has the item of a member's balance. */
export function balanceBytes(shape: BalanceShape): number {
  const { program, member, unit, lots, vestingDays, counters, valueCounters } = shape;
  const key = 'pk'.length + program + '#M#'.length + member + 'sk'.length + 'BAL#'.length + unit;
  const versions = 2 * ('rv'.length + numberOf(6));
  const debtAndPending = 'd'.length + 'pn'.length + 2 * numberBytes;
  const expired = 'xe'.length + dayBytes;
  const marks = shape.marks ? 2 * ('iu'.length + dayBytes) : 0;
  const dayName = 'x'.length + (shape.period === 'month' ? 'yymm' : 'yymmdd').length;
  const counterName = 'c'.length + 'abcdyymmdd'.length;
  const metricName = 'm'.length + 'abcdyymm'.length;
  const cooldown = 'k'.length + 'abcd'.length + numberOf(10);
  return (
    key +
    versions +
    debtAndPending +
    expired +
    marks +
    (lots + vestingDays) * (dayName + numberBytes) +
    counters * (counterName + numberBytes) +
    valueCounters * '.efgh'.length +
    shape.metricMonths * (metricName + numberBytes) +
    shape.averageMonths * (metricName + 'n'.length + numberBytes) +
    shape.cooldowns * cooldown +
    (shape.level === 0 ? 0 : tierBytes(shape.level))
  );
}

/** The level, three before it, and four days. */
function tierBytes(level: number): number {
  const since = 8;
  const current = level + ' '.length + since + ' q'.length;
  const earlier = '|'.length + level + ' '.length + since;
  const days = '|'.length + 4 * ('v'.length + dayBytes) + 3 * ' '.length;
  return 't'.length + current + 3 * earlier + days + 'tv'.length + numberOf(4);
}

export interface AwardShape {
  /** Bytes of the rule's id and of the arithmetic's text. */
  readonly rule: number;
  readonly arithmetic: number;
  /** Counters of points and of times that it is counted in. */
  readonly counters: number;
  readonly valueCounters: number;
  /** Bytes of the id of each budget it draws on. */
  readonly budgets: readonly number[];
  /** Members that share it. */
  readonly parts: number;
  /** Cashback that may be converted. */
  readonly converted: boolean;
  /** Bytes of the longest charity's name that a part may go to; zero for none. */
  readonly charity: number;
}

export interface EntryShape extends OwnerShape {
  readonly awards: readonly AwardShape[];
  /** Conversions from one currency into another, and bytes of the name of who published rates. */
  readonly exchanges: number;
  readonly rateSource: number;
  /** Lots that points are taken from. */
  readonly takenLots: number;
  /** Metrics that it adds to. */
  readonly metrics: number;
  /** Members beside its own. */
  readonly otherMembers: number;
  /** Bytes of the explanation's rule, reason, and names and values of inputs, with three each. */
  readonly explanation: number;
}

/** At most so many bytes has the item of an entry. */
export function entryBytes(shape: EntryShape): number {
  const { program, member, unit, awards, otherMembers } = shape;
  const key = 'pk'.length + program + '#E#'.length + hashBytes + 'sk'.length + '0'.length;
  const kind = 'k'.length + 'forfeiture'.length;
  const instants = 'o'.length + 'p'.length + 'vn'.length + 3 * instantBytes;
  const others = otherMembers === 0 ? 0 : 'mm'.length + 3 + otherMembers * (1 + member);
  const isNew = 'nm'.length + (1 + otherMembers) * '0,'.length;
  const bodyHash = 'h'.length + hashBytes;
  const worth = 'ea'.length + numberOf(10) + 'ecEUR'.length;
  const explanation = 'x'.length + 3 + shape.explanation;
  const delivery = 'v'.length + 36;
  const parts = sumOf(awards.map((award) => award.parts));
  const legs = 'l'.length + parts * creditLegs(unit) + takenLegs(unit, shape.takenLots);
  const awarded = awards.map((award) => awardText(award, unit));
  const texts = 'a'.length + sumOf(awarded);
  const metrics = 'e'.length + shape.metrics * ('abcdyymm'.length + 1 + digits + ','.length);
  return sumOf([
    ...[key, kind, instants, 'm'.length + member, others, isNew, bodyHash, worth, explanation],
    ...[delivery, legs, texts, metrics, exchangeBytes(shape)],
  ]);
}

/** Two rates of six digits each, one by the other. */
const rate = '123456000000/654321';
const exchangeTexts = [
  `USD12345678 EUR12345678 12345678 ${rate} 20260313 halfUp \n`,
  // What it puts on the program's accounts, and how the member is told of it.
  'i USD -12345678|f +12345678|f EUR -12345678|q -1|',
  `USD-EUR 123456.78 USD*${rate}=123456.78 EUR halfUp,  2026-03-13  `,
].join('');

function exchangeBytes({ exchanges, rateSource }: EntryShape): number {
  if (exchanges === 0) return 0;
  return 'ex'.length + exchanges * (exchangeTexts.length + 2 * rateSource);
}

function sumOf(bytes: readonly number[]): number {
  return bytes.reduce((sum, part) => sum + part, 0);
}

/** `i PTS -12345678|d.1 +12345678|l.1 280201+12345678|`: out of the program, debt, a lot. */
function creditLegs(unit: number): number {
  const group = ' '.length + 1 + digits + '|'.length;
  return 'i'.length + ' '.length + unit + 'd.1'.length + 'l.1'.length + dayBytes + 3 * group;
}

/** `l PTS 280201-12345678,…|d -12345678|i +12345678|`. */
function takenLegs(unit: number, lots: number): number {
  if (lots === 0) return 0;
  const amount = 1 + digits + ','.length;
  return 'l d i '.length + unit + ' '.length + lots * (dayBytes + amount) + 2 * amount;
}

/** `i EUR -12345678|g.oaks +12345678|`. */
function donatedLegs({ charity }: AwardShape, unit: number): number {
  if (charity === 0) return 0;
  return 'i  -|g. +|'.length + unit + charity + 2 * digits;
}

function awardText(award: AwardShape, unit: number): number {
  const { counters, valueCounters, budgets, parts } = award;
  const points = '|'.length + digits + ' '.length + unit;
  const basis = '|b'.length + 10;
  const days = '|l|v|w'.length + 2 * dayBytes;
  const counted = '|c|t'.length + counters * 'abcdyymmdd,'.length + valueCounters * '.efgh'.length;
  const drawn = sumOf(budgets.map((name) => name + ':15:'.length + digits + ','.length));
  // A single part is told too where a charity has taken of it.
  const isTold = parts > 1 || award.charity > 0;
  const shared = isTold ? '|m'.length + parts * ('1:'.length + digits + ','.length) : 0;
  const arithmetic = '|='.length + award.arithmetic + '\n'.length;
  const judged = award.converted ? '|jUSD:'.length + digits + 1 + digits : 0;
  const donated = award.charity === 0 ? 0 : '|d:'.length + award.charity + digits;
  const figures = [points, basis, days, counted, '|g'.length, drawn, shared, judged, donated];
  return award.rule + sumOf(figures) + donatedLegs(award, unit) + arithmetic;
}
