import * as z from 'zod/mini';
import { recordKinds } from '../../../shared/domain/member/snapshot.ts';
import { redemptionStatuses } from '../../../shared/domain/redemption/status.ts';
import { expectedPayouts, payoutChoiceStep, payoutStep } from './payout-schema.ts';
import { scenarioRates } from './rates-schema.ts';
import { choiceStep, chooseStep, quoteStep, redeemStep, redemptionStep } from './redeem-schema.ts';
import {
  common,
  country,
  data,
  day,
  refused,
  text,
  time,
  whole,
  wholeByDay,
  wholeByName,
} from './scenario-shapes.ts';

/*
 * A scenario file: given members, dated events and commands; then balances, tiers, lots,
 * entitlements, cases and refusals. Points and amounts are whole numbers, or texts of digits.
 */

const delivered = {
  ...common,
  /** Named by other steps; a repeated one is sent again under the same id. */
  id: z.optional(text),
  reason: z.optional(z.string()),
  refused,
  /** Sent before, and nothing happened again. */
  duplicate: z.optional(z.literal(true)),
  /** Sent before with another body. */
  conflict: z.optional(z.literal(true)),
};

const eventStep = z.strictObject({
  ...delivered,
  event: z.strictObject({
    type: text,
    member: text,
    participant: z.optional(text),
    /** When it happened; without it, when it arrives. */
    occurredAt: z.optional(time),
    amountMinor: z.optional(whole),
    /** Without it, the first of the program. */
    currency: z.optional(text),
    country: z.optional(text),
    lines: z.optional(
      z.array(
        z.strictObject({
          sku: text,
          quantity: z.optional(z.int()),
          amountMinor: whole,
          category: z.optional(text),
        }),
      ),
    ),
    data: z.optional(data),
    /** The id of another step, or what a producer calls it. */
    refersTo: z.optional(z.union([text, z.strictObject({ source: text, id: text })])),
  }),
  /** What its entry adds to the member's points, by unit: all of it, so `{}` is nothing. */
  earns: z.optional(wholeByName),
  /** The same of points that are not spendable yet. */
  pends: z.optional(wholeByName),
  /** It names an original that has not come. */
  waits: z.optional(z.literal(true)),
});

const commandStep = z.strictObject({
  ...delivered,
  command: z.strictObject({
    type: text,
    member: text,
    actor: z.optional(text),
    occurredAt: z.optional(time),
    data: z.optional(data),
  }),
});

const publishStep = z.strictObject({
  ...common,
  publish: z.strictObject({
    /** From the folder of the scenario file. */
    file: text,
    from: time,
  }),
  /** The version is not taken. */
  refused: z.optional(z.literal(true)),
});

const memberState = z.strictObject({
  available: z.optional(wholeByName),
  /** By unit, by the first day without the points; whole. */
  lots: z.optional(z.record(text, wholeByDay)),
  pending: z.optional(wholeByName),
  vesting: z.optional(z.record(text, wholeByDay)),
  debt: z.optional(wholeByName),
  /** The first day without any points, where inactivity ends them. */
  activeUntil: z.optional(z.record(text, day)),
  /** The last lot that the member has been warned of. */
  warnedThrough: z.optional(z.record(text, day)),
  tier: z.optional(z.nullable(text)),
  tierSince: z.optional(time),
  tierReason: z.optional(text),
  /** Whole. */
  entitlements: z.optional(z.array(text)),
  /** Whole. */
  segments: z.optional(z.array(text)),
  /** The way to the next level, or null on the highest. */
  projection: z.optional(
    z.nullable(
      z.strictObject({
        level: text,
        by: z.optional(day),
        reviewOn: z.optional(day),
        /** By metric, of the nearest way. */
        missing: z.optional(wholeByName),
      }),
    ),
  ),
  /** By metric, by month (2027-03). */
  metrics: z.optional(
    z.record(text, z.record(z.string().check(z.regex(/^\d{4}-\d{2}$/, 'a month')), whole)),
  ),
  /** By kind and id; null: there is none. Of a record, what is named is compared. */
  records: z.optional(z.partialRecord(z.enum(recordKinds), z.record(text, z.unknown()))),
});

const moneyTotal = z.strictObject({
  currency: text,
  amountMinor: whole,
  /** Wallets without a rate; none, unless named. */
  leftOut: z._default(z.array(text), []),
});

const expectStep = z.strictObject({
  ...common,
  expect: z.strictObject({
    members: z.optional(z.record(text, memberState)),
    /** The reasons of every case so far; whole. */
    cases: z.optional(z.array(text)),
    /** Points left. */
    budgets: z.optional(wholeByName),
    /** Sums of accounts, such as `breakage` or `donation:NAME`, by unit. */
    accounts: z.optional(z.record(text, wholeByName)),
    /** By member: all their money in their own currency. */
    totals: z.optional(z.record(text, moneyTotal)),
    /** By the name of their step: what their members are told. */
    redemptions: z.optional(z.record(text, z.enum(redemptionStatuses))),
    /** The reports of payout runs. */
    payouts: z.optional(expectedPayouts),
    /** By member: the newest lines of their history; of a line, what is named is compared. */
    history: z.optional(z.record(text, z.array(data))),
    /** What a member is offered in a country; whole. */
    offers: z.optional(z.array(z.strictObject({ member: text, country, rewards: z.array(text) }))),
  }),
});

/** By the key that says what a step does. */
export const stepSchemas = {
  event: eventStep,
  command: commandStep,
  publish: publishStep,
  quote: quoteStep,
  redeem: redeemStep,
  redemption: redemptionStep,
  choice: choiceStep,
  choose: chooseStep,
  payoutChoice: payoutChoiceStep,
  payout: payoutStep,
  expect: expectStep,
} as const;

function fileOf<Step extends z.ZodMiniType>(step: Step) {
  return z.strictObject({
    $schema: z.optional(z.string()),
    /** The program's file beside the folder of scenarios, without `.json`. */
    program: z
      .string()
      .check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the name of a program file, without .json')),
    scenarios: z
      .array(
        z.strictObject({
          name: z.string().check(z.minLength(1), z.maxLength(200)),
          start: time,
          rates: z.optional(scenarioRates),
          steps: z.array(step).check(z.minLength(1)),
          /** What cannot be asserted yet. */
          later: z.optional(z.array(z.string().check(z.minLength(1)))),
        }),
      )
      .check(z.minLength(1)),
  });
}

export const scenarioFileSchema = fileOf(
  z.union([
    eventStep,
    commandStep,
    publishStep,
    quoteStep,
    redeemStep,
    redemptionStep,
    choiceStep,
    chooseStep,
    payoutChoiceStep,
    payoutStep,
    expectStep,
  ]),
);
/** Steps are read one by one afterwards, so that findings are about the kind that was meant. */
export const scenarioFrameSchema = fileOf(z.record(z.string(), z.unknown()));

export type ScenarioFile = z.output<typeof scenarioFileSchema>;
export type Scenario = ScenarioFile['scenarios'][number];
export type Step = Scenario['steps'][number];
export type EventStep = z.output<typeof eventStep>;
export type CommandStep = z.output<typeof commandStep>;
export type PublishStep = z.output<typeof publishStep>;
export type QuoteStep = z.output<typeof quoteStep>;
export type RedeemStep = z.output<typeof redeemStep>;
export type RedemptionStep = z.output<typeof redemptionStep>;
export type ChoiceStep = z.output<typeof choiceStep>;
export type ChooseStep = z.output<typeof chooseStep>;
export type PayoutChoiceStep = z.output<typeof payoutChoiceStep>;
export type PayoutStep = z.output<typeof payoutStep>;
export type ExpectStep = z.output<typeof expectStep>;
export type MemberState = z.output<typeof memberState>;
