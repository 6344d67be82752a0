import { readBySchema } from '../../../shared/domain/program/findings.ts';
import { type Program, programSchema } from '../../../shared/domain/program/schema.ts';
import sampleJson from '../../../shared/programs/online-retail.json' with { type: 'json' };

interface Condition {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}

/** One rule as both engines know it. */
export interface BenchRule {
  readonly id: string;
  readonly when: { readonly type: readonly string[]; readonly [field: string]: unknown };
  readonly award: Record<string, unknown>;
  /** For the peer, over flat facts. */
  readonly conditions: readonly Condition[];
}

export const types = ['order.placed', 'trip.completed', 'app.opened', 'review.written'] as const;
export const countries = ['DE', 'FR', 'GB', 'ES', 'IT', 'PL', 'RO', 'NL'] as const;
export const channels = ['web', 'app', 'store'] as const;
export const methods = ['card', 'wallet', 'invoice'] as const;

const perAmount = { kind: 'perAmount', unit: 'PTS', perMajorUnits: 1, rounding: 'down' };
const fixed = { kind: 'fixed', unit: 'PTS' };

function typeIs(type: string): Condition {
  return { fact: 'type', operator: 'equal', value: type };
}

/** Of each type: everybody, a country, a channel, a large amount, and two of these together. */
function rulesOf(type: string, number: number): BenchRule[] {
  const country = countries[number] ?? 'DE';
  const channel = channels[number % channels.length] ?? 'web';
  const least = 5000 + 1000 * number;
  const at = (what: string) => `${what}-${number}`;
  const inCountry: Condition = { fact: 'country', operator: 'equal', value: country };
  const byChannel: Condition = { fact: 'channel', operator: 'equal', value: channel };
  const large: Condition = { fact: 'amountMinor', operator: 'greaterThanInclusive', value: least };
  const ofType = typeIs(type);
  const amountMinor = [{ numeric: ['>=', least] }];
  return [
    {
      ...{ id: at('base'), when: { type: [type] }, conditions: [ofType] },
      award: { ...perAmount, points: 1 },
    },
    {
      ...{ id: at('country'), when: { type: [type], country: [country] } },
      ...{ award: { ...fixed, points: 5 }, conditions: [ofType, inCountry] },
    },
    {
      ...{ id: at('channel'), when: { type: [type], data: { channel: [channel] } } },
      ...{ award: { ...perAmount, points: 2 }, conditions: [ofType, byChannel] },
    },
    {
      ...{ id: at('large'), when: { type: [type], amountMinor } },
      ...{ award: { ...fixed, points: 50 }, conditions: [ofType, large] },
    },
    {
      id: at('both'),
      when: { type: [type], country: [country], data: { method: ['card', 'wallet'] } },
      award: { ...fixed, points: 7 },
      conditions: [
        ...[ofType, inCountry],
        { fact: 'method', operator: 'in', value: ['card', 'wallet'] },
      ],
    },
  ];
}

export const twentyRules: readonly BenchRule[] = types.flatMap(rulesOf);

export function rulesOfOtherTypes(count: number): BenchRule[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `other-${index}`,
    when: { type: [`partner.event-${index}`], country: ['DE'] },
    award: { ...fixed, points: 1 },
    conditions: [typeIs(`partner.event-${index}`)],
  }));
}

export function rulesOfSameType(count: number): BenchRule[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `campaign-${index}`,
    when: { type: ['order.placed'], data: { campaign: [`c-${index}`] } },
    award: { ...fixed, points: 1 },
    conditions: [typeIs('order.placed')],
  }));
}

/** Parsed as every program is; whether entries of so many rules fit is not what is measured. */
export function benchProgram(rules: readonly BenchRule[]): Program {
  const eventTypes = [...new Set([...types, ...rules.flatMap(({ when }) => when.type)])];
  const earning = { rules: rules.map(({ id, when, award }) => ({ id, when, award })) };
  const parts = { currencies: ['EUR'], rewards: [], eventTypes, earning };
  const read = readBySchema(programSchema, { ...sampleJson, ...parts });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.value;
}
