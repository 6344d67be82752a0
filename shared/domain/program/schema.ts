import * as z from 'zod/mini';
import { country } from '../country.ts';
import { isTimeZone } from '../time.ts';
import * as earning from './schema/earning.ts';
import * as lots from './schema/lots.ts';
import * as messages from './schema/messages.ts';
import * as money from './schema/money.ts';
import { payouts } from './schema/payouts.ts';
import * as redemption from './schema/redemption.ts';
import { currency, name, text, unitCode, zeroOrMore } from './schema/shapes.ts';
import { tiers } from './schema/tiers.ts';
import * as ways from './schema/ways.ts';

const productList = z.strictObject({
  version: text,
  products: z.record(
    text,
    z.strictObject({
      basisPoints: z.optional(zeroOrMore),
      points: z.optional(zeroOrMore),
    }),
  ),
});

function listOf<Item extends z.ZodMiniType>(item: Item) {
  return z._default(z.array(item).check(z.maxLength(200)), []);
}

/** A loyalty program as its manager writes it: one JSON file. */
export const programSchema = z.strictObject({
  $schema: z.optional(z.string()),
  program: name,
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  region: z.string(),
  timeZone: z.string().check(z.refine(isTimeZone, 'an IANA time zone')),
  languages: z.array(text).check(z.minLength(1)),
  /** The first unit is the primary one: its balance holds counters, metrics and tier. */
  units: z.record(
    unitCode,
    z.strictObject({ names: z.record(text, z.record(z.string(), z.string())) }),
  ),
  currencies: z.array(currency).check(z.minLength(1)),
  countries: z.optional(z.array(country).check(z.minLength(1))),
  eventTypes: z.array(text).check(z.minLength(1)),
  /** Older events are refused: counters are kept no longer. Needed where caps have windows. */
  lateDays: z.optional(z.int().check(z.minimum(1), z.maximum(400))),
  /** Lots and vesting round up to the end of it; schedules run at it. */
  period: z._default(z.enum(['day', 'month']), 'day'),
  productLists: z.optional(z.record(name, productList)),
  earning: z.strictObject({
    rules: z.array(earning.earningRule).check(z.maxLength(500)),
    returns: listOf(earning.returnRule),
    caps: listOf(earning.cap),
    multipliers: listOf(earning.multiplier),
    promotions: listOf(earning.promotion),
    stacking: z._default(earning.stacking, {
      order: ['tier', 'segment', 'window', 'promotion'],
      mode: 'add',
    }),
  }),
  budgets: listOf(earning.budget),
  metrics: listOf(earning.metric),
  targets: listOf(earning.target),
  expiry: z.array(lots.expiry),
  conversions: listOf(lots.conversion),
  money: z._default(money.money, {
    ...{ walletCurrency: 'purchase', wallets: [] },
    ...{ rateSource: 'ecb', staleDays: 7 },
  }),
  donations: z.optional(money.donations),
  exchanges: listOf(money.exchange),
  tiers: z.optional(tiers),
  segments: listOf(ways.segment),
  entitlements: z._default(z.record(name, ways.entitlement), {}),
  perks: z.optional(ways.perks),
  referral: z.optional(ways.referral),
  challenges: listOf(ways.challenge),
  checklists: listOf(ways.checklist),
  surveys: listOf(ways.survey),
  occasions: listOf(ways.occasion),
  goodwill: z.optional(ways.goodwill),
  envelopes: listOf(ways.envelope),
  memberships: listOf(ways.membership),
  gifts: listOf(ways.gift),
  lifeEvents: z.optional(ways.lifeEvents),
  members: z._default(ways.members, {
    enrolment: 'open',
    kinds: ['person'],
    secondPersonAbove: 0,
    reasons: ['correction', 'migration'],
  }),
  rewards: z._default(z.array(redemption.rewardOffer), []),
  catalogue: z.optional(redemption.catalogue),
  redemption: redemption.redemption,
  payouts: z.optional(payouts),
  brand: z.optional(messages.brand),
  notifications: z._default(messages.notifications, { off: [], maximumPerDay: 3 }),
  followUps: z.strictObject({
    /** A return whose original has not come by then becomes a case. */
    caseAfterDays: z.int().check(z.minimum(1), z.maximum(365)),
  }),
});

export type Program = z.output<typeof programSchema>;
export type Unit = string;
export type Reward = Program['rewards'][number];
export type EarningRule = Program['earning']['rules'][number];
export type Award = EarningRule['award'];
export type PlainAward = Exclude<Award, { kind: 'choice' }>;
export type ReturnRule = Program['earning']['returns'][number];
export type Cap = Program['earning']['caps'][number];
export type Promotion = Program['earning']['promotions'][number];
export type Multiplier = Program['earning']['multipliers'][number];
export type Budget = Program['budgets'][number];
export type Metric = Program['metrics'][number];
export type Target = Program['targets'][number];
export type Expiry = Program['expiry'][number];
export type Conversion = Program['conversions'][number];
export type Exchange = Program['exchanges'][number];
export type Tiers = NonNullable<Program['tiers']>;
export type TierLevel = Tiers['levels'][number];
export type Segment = Program['segments'][number];
export type LineFilter = z.output<typeof earning.lineFilter>;
export type WayReward = NonNullable<Program['challenges'][number]['reward']>;

/** The unit whose balance holds a member's counters, metrics and tier. */
export function primaryUnit(program: Program): Unit {
  const [first] = Object.keys(program.units);
  if (first === undefined) throw new TypeError('A program has a unit.');
  return first;
}

/** Every unit that a member may have a balance in: points, and currencies. */
export function unitsOf({ units, money: { wallets } }: Program): Unit[] {
  return [...new Set([...Object.keys(units), ...wallets])];
}

export function programCurrencyOf({ money, currencies }: Program): string {
  const currency = money.programCurrency ?? currencies[0];
  if (currency === undefined) throw new TypeError('A program has a currency.');
  return currency;
}

export interface Finding {
  /** A JSON pointer into the program file. */
  readonly pointer: string;
  readonly message: string;
}
