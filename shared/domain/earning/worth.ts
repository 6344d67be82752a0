import { isCurrency } from '../money/currency.ts';
import { type Fraction, product, type Rounding } from '../money/fraction.ts';
import { minorPerMajor } from '../money/money.ts';
import type { Award, PlainAward } from '../program/schema.ts';
import type { Refusal } from '../refusal.ts';
import { fieldAt } from './event.ts';
import type { EventContext } from './event-context.ts';
import { countedLines, countedMinor, type EventLine, linesMinor } from './lines.ts';
import { programRate } from './program-amount.ts';
import { isByLine, type Rate, rateForLine, rateOnce } from './rate.ts';

/** What an award gives for one event before anything multiplies or limits it: exact. */
export interface Worth extends Fraction {
  readonly kind: 'worth';
  readonly unit: string;
  readonly rounding: Rounding;
  /**
   * What decided how much: minor units, weighted by the rates of their lines where lines have rates
   * of their own; zero where no amount did.
   */
  readonly basisMinor: bigint;
  readonly arithmetic: string;
  /** Of cashback, which is judged in the currency of the purchase: the award's own unit. */
  readonly money?: string;
}

export interface Worthless {
  readonly kind: 'worthless';
  readonly reason: 'BELOW_MINIMUM_AMOUNT' | 'NO_QUANTITY';
}

/** What cannot be worked out for want of a rate. */
export interface Unratable {
  readonly kind: 'unratable';
  readonly refusal: Refusal;
}

/** What an award, or the option of it that the event chooses, is worth. */
export function worthOf(award: Award, context: EventContext): Worth | Worthless | Unratable {
  const chosen = chosenAward(award, context);
  const worth = plainWorth(chosen, context);
  if (worth.kind !== 'worth' || worth.numerator === 0n) return worth;
  const isForeign = chosen.kind === 'perAmount' && chosen.amountIn === 'programCurrency';
  return isForeign ? inProgramCurrency(worth, context) : worth;
}

/** Of the amount in the program's currency, at the rate of the event's day. */
function inProgramCurrency(worth: Worth, context: EventContext): Worth | Unratable {
  const rate = programRate(context);
  if (!rate.ok) return { kind: 'unratable', refusal: rate.failure };
  if (rate.value === undefined) return worth;
  const { major, told } = rate.value;
  return { ...worth, ...product(worth, major), arithmetic: `${worth.arithmetic}*${told}` };
}

export function chosenAward(award: Award, { subject }: EventContext): PlainAward {
  if (award.kind !== 'choice') return award;
  const wanted = fieldAt(subject, award.by);
  const known = typeof wanted === 'string' && Object.hasOwn(award.options, wanted);
  const option = award.options[known ? wanted : award.otherwise];
  if (option === undefined) throw new TypeError('A choice names one of its options otherwise.');
  return option;
}

function plainWorth(award: PlainAward, context: EventContext): Worth | Worthless {
  const { event, compiled } = context;
  const minimum = award.minimumAmountMinor?.[event.currency];
  if (minimum !== undefined) {
    const counted = countedMinor(compiled.program, event, award.lines);
    if (counted < BigInt(minimum)) return { kind: 'worthless', reason: 'BELOW_MINIMUM_AMOUNT' };
  }
  return countedWorth(award, context);
}

/**
 * What an event that returns something counts for an award, in the same measure as the award did;
 * `undefined` where only lines could tell and the event has none.
 */
export function returnedBasis(award: Award, context: EventContext): bigint | undefined {
  const chosen = chosenAward(award, context);
  if (countsLines(chosen) && context.event.lines === undefined) return undefined;
  const worth = countedWorth(chosen, context);
  return worth.kind === 'worth' ? worth.basisMinor : 0n;
}

function countsLines(award: PlainAward): boolean {
  if (award.lines?.only !== undefined || award.lines?.except !== undefined) return true;
  if (award.kind === 'fixed') return false;
  if (award.kind === 'perQuantity' && award.quantity === 'lines') return true;
  if (award.kind !== 'percentage') return isByLine(pointsRate(award.points));
  return isByLine({ figure: 'basisPoints', value: award.basisPoints });
}

function countedWorth(award: PlainAward, context: EventContext): Worth | Worthless {
  switch (award.kind) {
    case 'fixed':
      return once(award.unit, BigInt(award.points), 'fixed');
    case 'perAmount':
      return perAmount(award, context);
    case 'percentage':
      return percentage(award, context);
    case 'perQuantity':
      return perQuantity(award, context);
    case 'table':
      return table(award, context);
  }
}

function once(unit: string, points: bigint, what: string): Worth {
  const arithmetic = what === 'fixed' ? `${points}` : `${what}=${points}`;
  const fraction = { numerator: points, denominator: 1n };
  return { kind: 'worth', unit, ...fraction, rounding: 'down', basisMinor: 0n, arithmetic };
}

function perAmount(award: PlainAward & { kind: 'perAmount' }, context: EventContext): Worth {
  const denominator = BigInt(award.perMajorUnits) * minorPerMajor(context.event.currency);
  return ofAmount(
    { award, rate: pointsRate(award.points), denominator, unit: award.unit },
    context,
  );
}

function percentage(award: PlainAward & { kind: 'percentage' }, context: EventContext): Worth {
  const rate: Rate = { figure: 'basisPoints', value: award.basisPoints };
  const isMoney = award.unit === 'purchaseCurrency' || isCurrency(award.unit);
  const unit = isMoney ? context.event.currency : award.unit;
  const worth = ofAmount({ award, rate, denominator: 10_000n, unit }, context);
  return isMoney ? { ...worth, money: award.unit } : worth;
}

function pointsRate(value: Rate['value']): Rate {
  return { figure: 'points', value };
}

interface AmountRate {
  readonly award: PlainAward & { kind: 'perAmount' | 'percentage' };
  readonly rate: Rate;
  readonly denominator: bigint;
  readonly unit: string;
}

function ofAmount({ award, rate, denominator, unit }: AmountRate, context: EventContext): Worth {
  const { event, compiled } = context;
  const { rounding } = award;
  const lines = isByLine(rate) ? linesOf(award, context) : [];
  if (lines.length > 0) {
    const numerator = sumOver(rate, lines, context, ({ amountMinor }) => amountMinor);
    const total = `${linesMinor(lines)} in ${lines.length} lines`;
    const arithmetic = `${total}: ${numerator}/${denominator}`;
    const fraction = { numerator, denominator, basisMinor: numerator };
    return { kind: 'worth', unit, ...fraction, rounding, arithmetic };
  }
  const each = rateOnce(rate, context);
  const basisMinor = countedMinor(compiled.program, event, award.lines);
  const numerator = basisMinor * each;
  const arithmetic = `${basisMinor}*${each}/${denominator}`;
  return { kind: 'worth', unit, numerator, denominator, rounding, basisMinor, arithmetic };
}

function perQuantity(
  award: PlainAward & { kind: 'perQuantity' },
  context: EventContext,
): Worth | Worthless {
  const { unit, rounding } = award;
  const points = pointsRate(award.points);
  const denominator = BigInt(award.per);
  if (award.quantity !== 'lines') {
    const quantity = fieldAt(context.subject, award.quantity);
    if (!isQuantity(quantity)) return { kind: 'worthless', reason: 'NO_QUANTITY' };
    const each = rateOnce(points, context);
    const arithmetic = `${quantity}*${each}/${denominator}`;
    const fraction = { numerator: BigInt(quantity) * each, denominator };
    return { kind: 'worth', unit, ...fraction, rounding, basisMinor: 0n, arithmetic };
  }
  const lines = linesOf(award, context);
  const numerator = sumOver(points, lines, context, ({ quantity }) => BigInt(quantity));
  const arithmetic = `${pieces(lines)} pieces: ${numerator}/${denominator}`;
  const fraction = { numerator, denominator, basisMinor: numerator };
  return { kind: 'worth', unit, ...fraction, rounding, arithmetic };
}

function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function table(award: PlainAward & { kind: 'table' }, context: EventContext): Worth {
  const { unit } = award;
  const { by } = award.points;
  const points = pointsRate(award.points);
  if (!isByLine(points)) return once(unit, rateOnce(points, context), by);
  const lines = linesOf(award, context);
  const numerator = sumOver(points, lines, context, ({ quantity }) => BigInt(quantity));
  const arithmetic = `${pieces(lines)} pieces by ${by}=${numerator}`;
  const fraction = { numerator, denominator: 1n, rounding: 'down' as const };
  return { kind: 'worth', unit, ...fraction, basisMinor: numerator, arithmetic };
}

function linesOf({ lines }: PlainAward, { compiled, event }: EventContext): readonly EventLine[] {
  return countedLines(compiled.program, event, lines);
}

function sumOver(
  rate: Rate,
  lines: readonly EventLine[],
  context: EventContext,
  measure: (line: EventLine) => bigint,
): bigint {
  return lines.reduce((sum, line) => sum + measure(line) * rateForLine(rate, line, context), 0n);
}

function pieces(lines: readonly EventLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
