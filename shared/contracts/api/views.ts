import * as z from 'zod/mini';
import { rewardKinds } from '../../domain/catalogue/product.ts';
import { roles } from '../../domain/member/role.ts';
import { payeeKinds } from '../../domain/payout/payee-mask.ts';
import { messageKinds } from '../../domain/program/schema/messages.ts';
import { railKinds } from '../../domain/program/schema/payouts.ts';
import { redemptionStatuses } from '../../domain/redemption/status.ts';
import { refusalSentences } from '../../domain/refusal.ts';

/*
 * What the API answers. Points and amounts are whole numbers, written as digits, amounts in minor
 * units; a rate is a fraction `n/d` of major units; instants are RFC 3339 in UTC.
 */

const digits = z.string().check(z.regex(/^-?\d+$/));
const fraction = z.string().check(z.regex(/^\d+(\/\d+)?$/));
const instant = z.iso.datetime();
const date = z.iso.date();
const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
const country = z.string().check(z.regex(/^[A-Z]{2}$/));
const uuid = z.uuid();
const text = z.string();
const texts = z.record(z.string(), z.string());
const rewardKind = z.enum(rewardKinds);

const code = z.enum(Object.keys(refusalSentences) as (keyof typeof refusalSentences)[]);

const alternative = z.strictObject({
  ...{ rewardId: text, name: text, kind: rewardKind, currency },
  amountMinor: z.optional(digits),
});

const limit = z.strictObject({
  ...{ limit: text, unit: text },
  window: z.enum(['day', 'week', 'month', 'quarter', 'year', 'lifetime']),
  ...{ pointsLeft: z.optional(digits), timesLeft: z.optional(digits) },
  /** The first local day of the next window. */
  resetsOn: z.optional(date),
});

export const problem = z.strictObject({
  ...{ type: text, title: text, status: z.int(), field: z.optional(text) },
  code: z.union([code, z.literal('UNEXPECTED_ERROR')]),
  alternatives: z.optional(z.array(alternative).check(z.maxLength(3))),
  limits: z.optional(z.array(limit)),
  instance: z.optional(text),
});

export const preferences = z.strictObject({
  language: z.optional(text),
  off: z.array(z.enum(messageKinds)),
  quietHours: z.optional(z.strictObject({ from: text, to: text })),
  saved: z.array(text),
  /** By name, when each was agreed to. */
  consents: z.record(z.string(), instant),
  email: z.enum(['kept', 'bounced', 'none']),
});

export const profile = z.strictObject({
  ...{ member: text, enrolled: z.literal(true) },
  ...{ kind: z.enum(['person', 'company']), enrolledAt: instant },
  ...{ country: z.optional(country), currency: z.optional(currency), birthday: z.optional(text) },
  segments: z.array(text),
  donation: z.optional(z.strictObject({ charity: text, percent: z.int() })),
  company: z.optional(text),
  participants: z.optional(z.record(z.string(), z.enum(roles))),
  mergedInto: z.optional(text),
  preferences,
});

/** Also somebody who has points and was never enrolled, of whom nothing else is told. */
export const member = z.union([
  profile,
  z.strictObject({ member: text, enrolled: z.literal(false) }),
]);

/** By unit; of a wallet the unit is its currency. */
export const balance = z.strictObject({ available: z.record(z.string(), digits) });

const amount = { currency, amountMinor: digits, text };

export const statement = z.strictObject({
  on: date,
  wallets: z.array(
    z.strictObject({
      ...{ currency, available: z.strictObject(amount), debt: z.strictObject(amount) },
      pending: z.array(z.strictObject({ ...amount, vestOn: z.optional(date) })),
      rate: z.optional(
        z.strictObject({ rate: fraction, asOf: date, source: text, path: z.array(text) }),
      ),
      refused: z.optional(code),
    }),
  ),
  points: z.array(
    z.strictObject({
      ...{ unit: text, available: digits, debt: digits },
      pending: z.array(z.strictObject({ points: digits, vestOn: z.optional(date) })),
    }),
  ),
  total: z.strictObject({
    ...{ ...amount, rounding: text, complete: z.boolean(), leftOut: z.array(text) },
  }),
});

const award = z.strictObject({
  ...{ rule: text, unit: text, points: digits, arithmetic: text },
  donated: z.optional(z.strictObject({ charity: text, points: digits })),
});

const exchange = z.strictObject({
  ...{ from: text, fromMinor: digits, to: text, toMinor: digits, rate: fraction },
  ...{ asOf: date, source: text, rounding: text },
});

export const history = z.strictObject({
  lines: z.array(
    z.strictObject({
      ...{ occurredAt: instant, kind: text, reason: text, rule: z.optional(text) },
      amounts: z.record(z.string(), digits),
      inputs: z.optional(texts),
      awards: z.optional(z.array(award)),
      exchanges: z.optional(z.array(exchange)),
      redemption: z.optional(z.strictObject({ id: uuid, state: text })),
    }),
  ),
  next: z.optional(text),
});

const missing = z.strictObject({ metric: text, atLeast: digits, missing: digits });

export const tier = z.strictObject({
  ...{ level: text, names: texts },
  next: z.optional(
    z.strictObject({
      level: text,
      ways: z.array(z.array(missing)),
      ...{ by: date, reviewOn: z.optional(date) },
    }),
  ),
  ...{ graceUntil: z.optional(date), overrideUntil: z.optional(date), heldUntil: z.optional(date) },
});

const price = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('perMajorUnit'), points: z.int() }),
  z.strictObject({ kind: z.literal('fixed'), points: z.int() }),
  z.strictObject({ kind: z.literal('byWorth'), marginBasisPoints: z.int() }),
]);

export const catalogue = z.strictObject({
  country,
  rewards: z.array(
    z.strictObject({
      ...{ rewardId: text, kind: rewardKind, name: text, currency, unit: text },
      ...{ price, minimumPoints: digits, promisedMinutes: z.int() },
      bands: z.optional(
        z.array(
          z.strictObject({
            ...{ minimumMinor: digits, maximumMinor: digits, stepMinor: z.optional(digits) },
          }),
        ),
      ),
      ...{ disclosure: z.optional(text), image: z.optional(text) },
    }),
  ),
  next: z.optional(text),
});

export const quote = z.strictObject({
  ...{ quote: uuid, rewardId: text, rewardName: text, kind: rewardKind, country },
  ...{ amountMinor: digits, currency, unit: text, points: digits },
  ...{ promisedMinutes: z.int(), language: text },
  cash: z.optional(z.strictObject({ amountMinor: digits, currency })),
  rate: z.optional(
    z.strictObject({ from: currency, to: currency, rate: fraction, asOf: date, source: text }),
  ),
  marginBasisPoints: z.optional(z.int()),
  ...{ quotedAt: instant, expiresAt: instant },
  /** Whether it could be redeemed now: the points are there, and no limit is met. */
  ...{ affordable: z.boolean(), shortBy: z.optional(digits) },
  limits: z.optional(z.array(limit)),
});

const status = z.enum(redemptionStatuses);

const money = { amountMinor: digits, currency };

/** How money that is paid out was worked out: `points` and `unit` of it are the gross amount. */
const payout = z.strictObject({
  ...{ rail: z.enum(railKinds), gross: z.strictObject(money), net: z.strictObject(money) },
  donated: z.optional(z.strictObject({ ...money, charity: text })),
  exchange: z.optional(exchange),
  fee: z.strictObject({ ...money, bearer: z.enum(['member', 'program']) }),
});

const redemptionFields = {
  ...{ redemption: uuid, status, rewardId: text, rewardName: text },
  kind: z.enum([...rewardKinds, 'payout']),
  history: z.array(z.strictObject({ status, at: instant })),
  ...{ amountMinor: digits, currency, country, unit: text, points: digits, promisedBy: instant },
  cash: z.optional(z.strictObject({ amountMinor: digits, currency, paid: z.boolean() })),
  quote: z.optional(uuid),
  payout: z.optional(payout),
};

export const redemption = z.strictObject(redemptionFields);
export const reviewed = z.strictObject({ ...redemptionFields, needsSecondPerson: z.boolean() });

const accepted = z.strictObject({ id: z.optional(text), outcome: z.literal('accepted') });
const refused = z.strictObject({
  ...{ id: z.optional(text), outcome: z.literal('refused'), problem },
});

/** Of one event its own result; of a batch one for each. */
export const events = z.union([
  accepted,
  z.strictObject({ results: z.array(z.union([accepted, refused])) }),
]);

const webhookFields = {
  ...{ webhook: uuid, url: text, types: z.array(text), createdAt: instant },
  ...{ failingSince: z.optional(instant), disabledAt: z.optional(instant) },
};

export const webhook = z.strictObject(webhookFields);
/** The secret is told once. */
export const newWebhook = z.strictObject({ ...webhookFields, secret: text });
export const webhooks = z.strictObject({ webhooks: z.array(webhook) });
export const replayed = z.strictObject({ queued: z.int() });
export const link = z.strictObject({ url: z.url(), expiresAt: instant });

/** `left`: how often more it can be mailed. */
export const resent = z.strictObject({ left: z.int() });

export const choice = z.strictObject({
  ...{ choice: uuid, sender: text, country, language: text, expiresAt: instant },
  rewards: z.array(z.strictObject({ rewardId: text, name: text, amountMinor: digits, currency })),
  /** Once one is chosen and ordered. */
  redemption: z.optional(uuid),
});

/** Of the payee a kind and, where there are enough, its last characters. */
export const payoutChoice = z.strictObject({
  ...{ rail: text, currency, country },
  donation: z.optional(z.strictObject({ charity: text, percent: z.int() })),
  payee: z.optional(z.strictObject({ kind: z.enum(payeeKinds), ending: text })),
  chosenAt: instant,
});
