import * as z from 'zod/mini';
import {
  basisPoints,
  between,
  currency,
  days,
  name,
  names,
  path,
  pattern,
  percent,
  positive,
  rounding,
  text,
  unitCode,
  windowKind,
  zeroOrMore,
} from './shapes.ts';

/** Lines of a purchase; a line belongs to the choice when any of the three names it. */
const lineChoice = z.strictObject({
  productList: z.optional(name),
  categories: z.optional(z.array(text).check(z.minLength(1))),
  skus: z.optional(z.array(text).check(z.minLength(1))),
});

/** Without it the whole amount of the event counts. */
export const lineFilter = z.strictObject({
  only: z.optional(lineChoice),
  except: z.optional(lineChoice),
});

/** Less than this, after the line filter, does not count at all. Minor units by currency. */
export const minimumAmounts = z.record(currency, positive);

/**
 * Where a table's key comes from: the member's tier, the lines (`category`, `sku`, or the product
 * list's own figures), or a field of the event.
 */
const tableKey = z.union([z.enum(['tier', 'category', 'sku', 'productList']), path]);
const pointsTable = z.strictObject({
  by: tableKey,
  list: z.optional(name),
  rows: z.optional(z.record(text, zeroOrMore)),
  otherwise: zeroOrMore,
});
const rateTable = z.strictObject({
  by: tableKey,
  list: z.optional(name),
  rows: z.optional(z.record(text, basisPoints)),
  otherwise: basisPoints,
});

/** Amounts of purchases in another currency are converted at the rate of the event's day. */
const amountIn = z.optional(z.enum(['purchaseCurrency', 'programCurrency']));

const counted = {
  unit: unitCode,
  lines: z.optional(lineFilter),
  minimumAmountMinor: z.optional(minimumAmounts),
};

const fixedAward = z.strictObject({ kind: z.literal('fixed'), ...counted, points: positive });
const perAmountAward = z.strictObject({
  kind: z.literal('perAmount'),
  ...counted,
  points: z.union([positive, pointsTable]),
  perMajorUnits: positive,
  amountIn,
  rounding,
});
const perQuantityAward = z.strictObject({
  kind: z.literal('perQuantity'),
  ...counted,
  points: z.union([positive, pointsTable]),
  per: positive,
  /** `lines`: the quantities of the counted lines; else a field that holds a whole number. */
  quantity: z.union([z.literal('lines'), path]),
  rounding,
});
/** By lines: so many points for each piece; else once for the event. */
const tableAward = z.strictObject({ kind: z.literal('table'), ...counted, points: pointsTable });
/**
 * Cashback: judged in the currency of the purchase and kept as `money` says, or in the one that
 * is named; or as a points unit, one for each minor unit.
 */
const percentageAward = z.strictObject({
  kind: z.literal('percentage'),
  ...counted,
  unit: z.union([unitCode, z.literal('purchaseCurrency')]),
  basisPoints: z.union([basisPoints, rateTable]),
  rounding,
});
const plainAwards = [
  fixedAward,
  perAmountAward,
  perQuantityAward,
  tableAward,
  percentageAward,
] as const;
const plainAward = z.discriminatedUnion('kind', plainAwards);
/** The member chooses what to earn, by a field of the event. */
const choiceAward = z.strictObject({
  kind: z.literal('choice'),
  by: path,
  options: z.record(text, plainAward),
  otherwise: text,
});

const pending = z.strictObject({
  /** Each must come, as a follow-up that names this event. */
  until: z
    .array(z.strictObject({ when: pattern, withinDays: z.optional(days) }))
    .check(z.minLength(1), z.maxLength(4)),
  /** Without all of them by then the points are forfeited. */
  forfeitAfterDays: z.optional(days),
});

export const earningRule = z.strictObject({
  id: name,
  /** An EventBridge event pattern over the event. */
  when: pattern,
  award: z.discriminatedUnion('kind', [...plainAwards, choiceAward]),
  /** Of the rules that share this name only the first that matches pays. */
  firstOf: z.optional(name),
  between: z.optional(between),
  segments: z.optional(z.array(name).check(z.minLength(1))),
  tiers: z.optional(z.array(name).check(z.minLength(1))),
  /** No award within so long of another one by this rule. */
  cooldownSeconds: z.optional(positive),
  pending: z.optional(pending),
  /** Points become spendable so long after the event; rounded up to the program's period. */
  vestAfterDays: z.optional(days),
  /** The field holds `[{ "member", "share" }]`; shares are whole numbers. */
  split: z.optional(z.strictObject({ by: path, maximumMembers: positive })),
  /** Neither tiers nor promotions change it. */
  plain: z.optional(z.boolean()),
});

export const returnRule = z.strictObject({
  id: name,
  when: pattern,
  /** Decides what a return that names no original takes. */
  rule: name,
  /** What lots do not cover: a debt, or a case for a person. */
  uncovered: z._default(z.enum(['debt', 'case']), 'debt'),
});

const limit = z.union([
  positive,
  z.strictObject({ byTier: z.record(name, zeroOrMore), otherwise: zeroOrMore }),
]);

export const cap = z.strictObject({
  id: name,
  /** Without it: all rules. Several rules share one cap. */
  rules: z.optional(z.array(name).check(z.minLength(1))),
  per: z.enum(['event', 'member']),
  window: z.optional(windowKind),
  points: z.optional(limit),
  unit: z.optional(unitCode),
  times: z.optional(limit),
  /** One cap for each value of this field, of which there are at most so many in a window. */
  by: z.optional(z.strictObject({ path, maximumValues: positive })),
  beyond: z._default(z.enum(['cut', 'nothing']), 'cut'),
});

export const promotion = z.strictObject({
  id: name,
  names: z.optional(names),
  between,
  rules: z.optional(z.array(name).check(z.minLength(1))),
  when: z.optional(pattern),
  segments: z.optional(z.array(name).check(z.minLength(1))),
  tiers: z.optional(z.array(name).check(z.minLength(1))),
  percent: z.optional(percent),
  /** Points on top, once an event. */
  points: z.optional(positive),
  budget: z.optional(name),
});

export const multiplier = z.strictObject({
  id: name,
  rules: z.optional(z.array(name).check(z.minLength(1))),
  tierPercents: z.optional(z.record(name, percent)),
  segment: z.optional(name),
  /** Monday is 1. */
  daysOfWeek: z.optional(z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1))),
  between: z.optional(between),
  percent: z.optional(percent),
});

export const stacking = z.strictObject({
  order: z.array(z.enum(['tier', 'segment', 'window', 'promotion'])),
  /** `add`: 150 and 200 make 250; `multiply`: 300; `best`: 200. */
  mode: z.enum(['add', 'multiply', 'best']),
});

/** Hard: never exceeded. Spread over shards, so that many events can draw at once. */
export const budget = z.strictObject({
  id: name,
  unit: unitCode,
  points: positive,
  shards: z.int().check(z.minimum(1), z.maximum(16)),
});

/** A figure of the member by month, for tiers, targets, requirements and milestones. */
export const metric = z.strictObject({
  id: name,
  when: pattern,
  /** `average`: the mean of what was reported. */
  kind: z._default(z.enum(['sum', 'average']), 'sum'),
  /** `amount` (minor units), `count`, `points` earned by the event, or a whole number's field. */
  of: z.union([z.enum(['amount', 'count', 'points']), path]),
  unit: z.optional(unitCode),
  lines: z.optional(lineFilter),
  /** Of `amount`. */
  amountIn,
  minimumAmountMinor: z.optional(minimumAmounts),
  /** What some purchases count: 200 counts them twice. */
  accelerators: z.optional(
    z.array(z.strictObject({ when: pattern, percent })).check(z.minLength(1), z.maxLength(20)),
  ),
});

/** Judged at the end of each period: nothing below the goal. */
export const target = z.strictObject({
  id: name,
  metric: name,
  period: z.enum(['month', 'quarter', 'year']),
  goal: z.union([
    positive,
    z.strictObject({
      averageOfLast: z.int().check(z.minimum(1), z.maximum(8)),
      plusPercent: zeroOrMore,
      floor: positive,
      cap: z.optional(positive),
    }),
  ]),
  award: z.strictObject({
    unit: unitCode,
    points: positive,
    /** Of the metric: `per` of it give `points`. */
    per: positive,
    /** `all` of the metric pays, or only what lies above the goal. */
    counts: z.enum(['all', 'aboveGoal']),
    cap: z.optional(positive),
  }),
});
