import * as z from 'zod/mini';
import { isCurrency } from '../money/currency.ts';
import { compilePattern } from '../pattern/compile.ts';
import { isTimeZone } from '../time.ts';

const name = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits, -'));
const unitCode = z.string().check(z.regex(/^[A-Z][A-Z0-9]{2,7}$/, 'three to eight capitals'));
const currency = z.string().check(z.refine(isCurrency, 'an ISO 4217 code'));
const country = z.string().check(z.regex(/^[A-Z]{2}$/, 'an ISO 3166 code of two capitals'));
const wholePoints = z.int().check(z.minimum(1), z.maximum(1_000_000_000));

const award = z.strictObject({
  kind: z.literal('perAmount'),
  unit: unitCode,
  points: wholePoints,
  perMajorUnits: wholePoints,
  /** Points are rounded down once per event. */
  rounding: z.literal('down'),
});

const earningRule = z.strictObject({
  id: name,
  /** An EventBridge event pattern over the event. */
  when: z.record(z.string(), z.unknown()),
  award,
});

const returnRule = z.strictObject({
  id: name,
  when: z.record(z.string(), z.unknown()),
  /** The earning rule whose award is taken back. */
  rule: name,
});

const expiry = z.strictObject({
  unit: unitCode,
  kind: z.literal('monthsAfterEndOfMonth'),
  months: z.int().check(z.minimum(1), z.maximum(240)),
});

const reward = z.strictObject({
  id: name,
  kind: z.literal('eGiftCard'),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  currency,
  countries: z.array(country),
  /** Also every country that no other reward of the program lists. */
  otherCountries: z.optional(z.boolean()),
  unit: unitCode,
  pointsPerMajorUnit: wholePoints,
  /** Points are rounded up once per redemption. */
  rounding: z.literal('up'),
  minimumPoints: wholePoints,
  provider: name,
  /** The provider's own product ids. */
  products: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
});

/** A loyalty program as its manager writes it: one JSON file. */
export const programSchema = z.strictObject({
  $schema: z.optional(z.string()),
  program: name,
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  region: z.string(),
  timeZone: z.string().check(z.refine(isTimeZone, 'an IANA time zone')),
  languages: z.array(z.string()).check(z.minLength(1)),
  units: z.record(
    unitCode,
    z.strictObject({ names: z.record(z.string(), z.record(z.string(), z.string())) }),
  ),
  currencies: z.array(currency).check(z.minLength(1)),
  eventTypes: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  earning: z.strictObject({ rules: z.array(earningRule), returns: z.array(returnRule) }),
  expiry,
  rewards: z.array(reward),
  redemption: z.strictObject({
    /** Days a claim link opens its code. */
    claimLinkDays: z.int().check(z.minimum(1), z.maximum(3650)),
    /** How far ahead released points go whose lot has expired meanwhile. */
    releaseGraceDays: z.int().check(z.minimum(1), z.maximum(365)),
    /** An unknown outcome older than this becomes a case for a person. */
    unsettledCaseHours: z.int().check(z.minimum(1), z.maximum(8760)),
  }),
  followUps: z.strictObject({
    /** A return whose original has not come by then becomes a case. */
    caseAfterDays: z.int().check(z.minimum(1), z.maximum(365)),
  }),
});

export type Program = z.infer<typeof programSchema>;
export type Reward = Program['rewards'][number];
export type EarningRule = Program['earning']['rules'][number];
export type ReturnRule = Program['earning']['returns'][number];

export interface Finding {
  /** A JSON pointer into the program file. */
  readonly pointer: string;
  readonly message: string;
}

/** Reads a program; all findings at once, never a part of a program. */
export function parseProgram(
  text: unknown,
): { readonly program: Program } | { readonly findings: Finding[] } {
  const parsed = z.safeParse(programSchema, text);
  if (!parsed.success) {
    return {
      findings: parsed.error.issues.map((issue) => ({
        pointer: `/${issue.path.join('/')}`,
        message: issue.message,
      })),
    };
  }
  const findings = crossCheck(parsed.data);
  return findings.length > 0 ? { findings } : { program: parsed.data };
}

function crossCheck(program: Program): Finding[] {
  const findings: Finding[] = [];
  for (const part of ['rules', 'returns'] as const) {
    program.earning[part].forEach(({ when }, index) => {
      const compiled = compilePattern(when);
      if (compiled.ok) return;
      const message = 'not an event pattern that Guerdon knows';
      findings.push({ pointer: `/earning/${part}/${index}/when`, message });
    });
  }
  const unitIsKnown = (unit: string, pointer: string) => {
    if (!(unit in program.units)) findings.push({ pointer, message: `unit ${unit} has no name` });
  };
  program.earning.rules.forEach((rule, index) => {
    if (rule.award.unit === program.expiry.unit) return;
    const pointer = `/earning/rules/${index}/award/unit`;
    findings.push({ pointer, message: `no expiry is declared for unit ${rule.award.unit}` });
  });
  const ruleIds = new Set(program.earning.rules.map(({ id }) => id));
  program.earning.returns.forEach(({ rule }, index) => {
    if (ruleIds.has(rule)) return;
    findings.push({ pointer: `/earning/returns/${index}/rule`, message: `no rule ${rule}` });
  });
  unitIsKnown(program.expiry.unit, '/expiry/unit');
  program.rewards.forEach((reward, index) => {
    unitIsKnown(reward.unit, `/rewards/${index}/unit`);
    if (reward.countries.length > 0 || reward.otherCountries === true) return;
    findings.push({ pointer: `/rewards/${index}/countries`, message: 'no country can have it' });
  });
  return findings;
}
