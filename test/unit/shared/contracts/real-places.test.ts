import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { catalogueQuerySchema } from '../../../../shared/contracts/catalogue-query.ts';
import { customerEventSchema } from '../../../../shared/contracts/events.ts';
import {
  enrolmentBodySchema,
  preferencesBodySchema,
  statementQuerySchema,
} from '../../../../shared/contracts/members.ts';
import { quoteBodySchema } from '../../../../shared/contracts/quotes.ts';
import { choiceBodySchema } from '../../../../shared/contracts/redemption-acts.ts';
import { redemptionBodySchema } from '../../../../shared/contracts/redemptions.ts';

const reward = { rewardId: 'card', amountMinor: '1000', currency: 'GBP', country: 'GB' };
const offered = { rewardId: 'card', currency: 'GBP' };
const choice = { sender: 'Northwind', rewards: [offered, offered], country: 'GB' };
const event = {
  ...{ id: '1', source: 'shop', type: 'order.placed', member: 'ann' },
  ...{ occurredAt: '1990-06-01T00:00:00Z', amountMinor: '1', currency: 'GBP' },
};

type Edge = readonly [string, z.ZodMiniType, object];

const ofLanguages: readonly Edge[] = [
  ['a quote', quoteBodySchema, reward],
  ['a redemption', redemptionBodySchema, reward],
  ['a choice', choiceBodySchema, choice],
  ['the catalogue', catalogueQuerySchema, {}],
  ['an enrolment', enrolmentBodySchema, { member: 'ann' }],
  ['preferences', preferencesBodySchema, {}],
  ['a statement', statementQuerySchema, {}],
];
const ofPresent = ofLanguages.slice(0, 5);
const ofEvents: Edge = ['an event', customerEventSchema, event];

function faultsOf([, schema, good]: Edge, change: object): PropertyKey[] {
  const issues = schema.safeParse({ ...good, ...change }).error?.issues ?? [];
  return issues.map(({ path }) => path.join('.'));
}

describe.each([...ofPresent, ofEvents])('the country of %s', (...edge) => {
  it.each(['GB', 'XK'])('may be %s', (country) => {
    expect(faultsOf(edge, { country })).toEqual([]);
  });

  it.each(['XX', 'ZZ', 'UK', 'gb', 'GBR'])('is not %s', (country) => {
    expect(faultsOf(edge, { country })).toEqual(['country']);
  });
});

it.each(ofPresent)('a country that is no more is none for %s', (...edge) => {
  expect(faultsOf(edge, { country: 'AN' })).toEqual(['country']);
});

it.each(['AN', 'CS', 'YU', 'SU', 'ZR'])('an event may have been in %s', (country) => {
  expect(faultsOf(ofEvents, { country })).toEqual([]);
});

describe.each(ofLanguages)('the language of %s', (...edge) => {
  it('may be de', () => expect(faultsOf(edge, { language: 'de' })).toEqual([]));

  it.each(['xx', 'zz', 'sh', 'EN', 'eng'])('is not %s', (language) => {
    expect(faultsOf(edge, { language })).toEqual(['language']);
  });
});
