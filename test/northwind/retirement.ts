/** A currency on its last day, in the zone of its country. */
export interface Retiring {
  readonly currency: string;
  readonly timeZone: string;
  /** Of that zone, in winter. */
  readonly offset: string;
  /** The year that begins without it. */
  readonly year: number;
  /** Major units for 100,000 euro. */
  readonly per100000: bigint;
}

export const retiring: readonly Retiring[] = [
  {
    ...{ currency: 'HRK', timeZone: 'Europe/Zagreb', offset: '+01:00' },
    ...{ year: 2023, per100000: 753_450n },
  },
  {
    ...{ currency: 'BGN', timeZone: 'Europe/Sofia', offset: '+02:00' },
    ...{ year: 2026, per100000: 195_583n },
  },
];

/** Cents of the old currency in euro cents, half up; a debt is negative. */
export function inEuro(minor: bigint, { per100000 }: Retiring): bigint {
  const [top, bottom] = [2n * minor * 100_000n + per100000, 2n * per100000];
  const quotient = top / bottom;
  return top % bottom < 0n ? quotient - 1n : quotient;
}

/** A program whose members keep what they earn in the currency of the purchase. */
export function programOf({ currency, timeZone }: Retiring): object {
  const award = {
    ...{ kind: 'percentage', unit: 'purchaseCurrency' },
    ...{ basisPoints: 500, rounding: 'down' },
  };
  const rule = (id: string, type: string, more: object = {}) => ({
    ...{ id, when: { type: [type] }, award },
    ...more,
  });
  const cent = { en: { one: 'cent', other: 'cents' } };
  return {
    ...{ program: 'old-money', name: 'Old money', region: 'eu-west-1', timeZone },
    ...{ languages: ['en'], period: 'month' },
    units: { [currency]: { names: cent }, EUR: { names: cent } },
    currencies: [currency, 'EUR'],
    eventTypes: ['bought', 'ordered', 'booked', 'travelled', 'returned'],
    earning: {
      rules: [
        rule('at-once', 'bought'),
        rule('after-60-days', 'ordered', { vestAfterDays: 60 }),
        rule('once-travelled', 'booked', {
          pending: { until: [{ when: { type: ['travelled'] } }] },
        }),
      ],
      returns: [{ id: 'returned', when: { type: ['returned'] }, rule: 'at-once' }],
    },
    expiry: [currency, 'EUR'].map((unit) => ({ unit, kind: 'monthsAfter', months: 12 })),
    redemption: {},
    followUps: { caseAfterDays: 30 },
  };
}

interface Told {
  readonly id: string;
  readonly member: string;
  readonly type: string;
  /** Local time in the zone. */
  readonly at: string;
  /** Minor units; in euro from the new year on. */
  readonly amount?: number;
  readonly refersTo?: string;
  readonly currency?: string;
}

export interface RetirementLine {
  readonly occurredAt: string;
}

/** What happens up to the last second of the old year. */
export function linesBefore(retired: Retiring): RetirementLine[] {
  const old = retired.year - 1;
  const last = `${old}-12-31T23:59:59`;
  const told: Told[] = [
    { id: 'a1', member: 'anna', type: 'bought', at: `${old}-10-03T10:00:00`, amount: 12_345 },
    { id: 'a2', member: 'anna', type: 'bought', at: `${old}-11-17T10:00:00`, amount: 67_891 },
    { id: 'a3', member: 'anna', type: 'bought', at: last, amount: 100_007 },
    { id: 'b1', member: 'bora', type: 'ordered', at: `${old}-12-05T10:00:00`, amount: 33_333 },
    { id: 'b2', member: 'bora', type: 'ordered', at: `${old}-12-20T10:00:00`, amount: 7_777 },
    { id: 'b3', member: 'bora', type: 'ordered', at: last, amount: 1_111 },
    { id: 'c1', member: 'cvita', type: 'booked', at: `${old}-12-30T10:00:00`, amount: 54_321 },
    { id: 'c2', member: 'cvita', type: 'booked', at: last, amount: 9_999 },
    { id: 'd1', member: 'davor', type: 'bought', at: `${old}-12-10T10:00:00`, amount: 10_000 },
    { id: 'd2', member: 'davor', type: 'returned', at: `${old}-12-11T10:00:00`, amount: 76_660 },
    { id: 'e1', member: 'ema', type: 'bought', at: last, amount: 88_888 },
    { id: 'f1', member: 'fran', type: 'bought', at: `${old}-12-01T10:00:00`, amount: 44_444 },
    {
      ...{ id: 'f2', member: 'fran', type: 'returned', at: `${old}-12-15T10:00:00` },
      ...{ amount: 22_221, refersTo: 'f1' },
    },
    { id: 'g1', member: 'gita', type: 'bought', at: `${old}-12-24T10:00:00`, amount: 5_431 },
    { id: 'g2', member: 'gita', type: 'ordered', at: `${old}-12-24T10:00:00`, amount: 8_765 },
    { id: 'g3', member: 'gita', type: 'booked', at: `${old}-12-24T10:00:00`, amount: 3_210 },
  ];
  return told.map((one) => lineOf(retired, { currency: retired.currency, ...one }));
}

/** Cents of the old currency that each member holds at its end, in all their forms; 5 %, down. */
export const heldAtTheEnd: Readonly<Record<string, bigint>> = {
  anna: 617n + 3394n + 5000n,
  bora: 1666n + 388n + 55n,
  cvita: 2716n + 499n,
  davor: 500n - 3833n,
  ema: 4444n,
  // Half of 2,222 less a bit goes back: 22,221 of 44,444, rounded down.
  fran: 2222n - 1110n,
  gita: 271n + 438n + 160n,
};

/** Of the new year: what had waited comes, and what was bought in the old currency goes back. */
export function linesAfter(retired: Retiring): RetirementLine[] {
  const { year } = retired;
  /** Receipts of the old year are credited in euro. */
  const credited = (minor: bigint) => Number(inEuro(minor, retired));
  const returned = (id: string, day: string, refersTo: string, amount: number): Told => ({
    ...{ id, member: refersTo === 'f1' ? 'fran' : 'ema', type: 'returned' },
    ...{ at: `${year}-01-${day}T10:00:00`, refersTo, amount },
  });
  const told: Told[] = [
    { id: 'c3', member: 'cvita', type: 'travelled', at: `${year}-01-10T10:00:00`, refersTo: 'c1' },
    { id: 'c4', member: 'cvita', type: 'travelled', at: `${year}-01-11T10:00:00`, refersTo: 'c2' },
    { id: 'd3', member: 'davor', type: 'bought', at: `${year}-01-12T10:00:00`, amount: 40_000 },
    returned('e2', '15', 'e1', credited(33_333n)),
    returned('e3', '20', 'e1', credited(88_888n) - credited(33_333n)),
    returned('f3', '20', 'f1', credited(22_223n)),
  ];
  return told.map((one) => lineOf(retired, one));
}

/** In the old currency in the first second without it. */
export function tooLateLine(retired: Retiring): RetirementLine {
  const at = `${retired.year}-01-01T00:00:00`;
  const { currency } = retired;
  return lineOf(retired, { id: 'x1', member: 'anna', type: 'bought', at, amount: 100, currency });
}

function lineOf({ offset }: Retiring, told: Told): RetirementLine {
  const { id, member, type, at, amount = 0, refersTo, currency = 'EUR' } = told;
  return {
    ...{ id, source: 'till', type, member, occurredAt: `${at}${offset}` },
    ...{ amountMinor: String(amount), currency },
    ...(refersTo !== undefined && { refersTo: { source: 'till', id: refersTo } }),
  };
}
