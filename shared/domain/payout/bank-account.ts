import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import * as z from 'zod/mini';
import { dayOfWeek } from '../calendar.ts';
import { invariant } from '../result.ts';
import { Secret } from '../secret.ts';
import {
  addDays,
  type Instant,
  isTimeZone,
  type LocalDate,
  localDateAt,
  zonedAt,
} from '../time.ts';
import type { DebtorAccount } from './debtor-account.ts';
import { accountSchema } from './payee.ts';

/** An account that is paid from, and when its files are written. */
export interface BankAccountSettings extends DebtorAccount {
  /** Absent: only when somebody asks. */
  readonly writesAt?: WritingHour;
}

/** From Monday to Friday. */
export interface WritingHour {
  /** 0 to 23. */
  readonly hour: number;
  readonly timeZone: string;
}

const text = (maximum: number) => z.string().check(z.minLength(1), z.maxLength(maximum));

/** What `requireDebtors` looks at is left to it. */
export const bankAccountSchema = z.strictObject({
  id: text(12),
  currency: text(3),
  scheme: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sepa') }),
    z.strictObject({ kind: z.literal('generic'), chargeBearer: z.enum(['DEBT', 'CRED', 'SHAR']) }),
  ]),
  party: z.strictObject({
    ...{ name: text(140), town: z.optional(text(70)), country: text(2), account: accountSchema },
  }),
  batchBooking: z.optional(z.boolean()),
  /** More would not fit into what is exchanged: see `largestFileBytes`. */
  maximumTransfers: z.int().check(z.positive(), z.maximum(20_000)),
  remittance: z.optional(text(140)),
  writesAt: z.optional(
    z.strictObject({
      hour: z.int().check(z.minimum(0), z.maximum(23)),
      timeZone: z.string().check(z.refine(isTimeZone)),
    }),
  ),
});

/** All of it as one text, to be sealed. */
export function toSealable(account: BankAccountSettings): Secret {
  return new Secret(JSON.stringify(account));
}

/** What `toSealable` made; throws `InvariantError`, which quotes nothing, for anything else. */
export function readAccount(opened: Secret): BankAccountSettings {
  const account = z.safeParse(bankAccountSchema, JSON.parse(opened.reveal())).data;
  invariant(account !== undefined, 'What was sealed as an account is none.');
  return account as BankAccountSettings;
}

const saturday = 6;

/** The newest day from Monday to Friday on which an account's hour has come, or was left out. */
export function latestWritingDay({ hour, timeZone }: WritingHour, now: Instant): LocalDate {
  const time = PlainTime.toString(ZonedDateTime.toPlainTime(zonedAt(now, timeZone)));
  const hasCome = Number(time.slice(0, 2)) >= hour;
  let day = addDays(localDateAt(now, timeZone), hasCome ? 0 : -1);
  while (dayOfWeek(day) >= saturday) day = addDays(day, -1);
  return day;
}

/**
 * The first day after today on which banks work, as far as days of the week tell: over a holiday,
 * a bank pays on the day after.
 */
export function nextBankDay(now: Instant, timeZone: string): LocalDate {
  let day = addDays(localDateAt(now, timeZone), 1);
  while (dayOfWeek(day) >= saturday) day = addDays(day, 1);
  return day;
}
