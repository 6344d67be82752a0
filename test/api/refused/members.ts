import { each, noCountries, noCurrencies, noEmails, noLanguages, type Refused } from './row.ts';

const person = 'a person';
const company = 'a company with its admin';
const preferences = 'quiet nights and a saved reward';
const zoe = { member: 'zoe' };

export const refusedMembers: readonly Refused[] = [
  ...each(person, 'FIELD_INVALID', 'member', ['@ann', 'x'.repeat(129), 5]),
  ...each(person, 'FIELD_MISSING', 'member', ['', undefined]),
  ...each(person, 'FIELD_INVALID', 'kind', ['robot', 5]),
  ...each(person, 'INVALID_COUNTRY', 'country', noCountries),
  ...each(person, 'UNKNOWN_CURRENCY', 'currency', noCurrencies.slice(0, 3)),
  ...each(person, 'INVALID_EMAIL', 'email', noEmails),
  ...each(person, 'FIELD_INVALID', 'birthday', ['02-30', '2000-01-01', 5]),
  ...each(person, 'FIELD_INVALID', 'consents', ['terms', Array(21).fill('terms')]),
  ...each(person, 'FIELD_INVALID', 'language', noLanguages),
  ...each(person, 'FIELD_INVALID', 'name', ['x'.repeat(101), 'a\nb']),
  { of: person, code: 'UNKNOWN_SEGMENT', field: 'segments.0', body: { ...zoe, segments: ['vip'] } },
  { of: person, code: 'FIELD_MISSING', field: 'email', body: { ...zoe, email: undefined } },
  { of: person, code: 'ALREADY_ENROLLED', body: { country: 'FR' } },
  { of: person, code: 'UNKNOWN_MEMBER', field: 'company', body: { ...zoe, company: 'nobody' } },
  { of: person, code: 'NOT_A_COMPANY', field: 'company', body: { ...zoe, company: 'ann' } },
  {
    ...{ of: person, code: 'NOT_A_COMPANY', field: 'participants' },
    body: { ...zoe, participants: [{ participant: 'ann', role: 'admin' }] },
  },
  { of: person, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: { country: 'FR' } },
  {
    ...{ of: company, code: 'LAST_ADMIN', field: 'participants' },
    body: { member: 'other', participants: [{ participant: 'ann', role: 'viewer' }] },
  },
  {
    ...{ of: company, code: 'UNKNOWN_MEMBER', field: 'participants.0.participant' },
    body: { member: 'other', participants: [{ participant: 'zoe', role: 'admin' }] },
  },
  {
    ...{ of: company, code: 'PARTICIPANT_ELSEWHERE', field: 'participants.0.participant' },
    body: { member: 'other' },
  },
  ...each(preferences, 'INVALID_EMAIL', 'email', noEmails),
  ...each(preferences, 'FIELD_INVALID', 'off', ['all', 1]),
  { of: preferences, code: 'FIELD_INVALID', field: 'off.0', body: { off: ['everything'] } },
  {
    ...{ of: preferences, code: 'FIELD_INVALID', field: 'quietHours.from' },
    body: { quietHours: { from: '25:00', to: '08:00' } },
  },
  ...each(preferences, 'FIELD_INVALID', 'language', noLanguages),
  { of: 'in English', code: 'FIELD_INVALID', field: 'language', query: { language: 'english' } },
  { of: 'the first page', code: 'FIELD_MISSING', field: 'before', query: { before: '' } },
  {
    of: 'the first page',
    code: 'FIELD_INVALID',
    field: 'before',
    query: { before: 'x'.repeat(301) },
  },
  {
    of: 'gift cards in pounds',
    code: 'INVALID_COUNTRY',
    field: 'country',
    query: { country: 'gb' },
  },
  {
    of: 'gift cards in pounds',
    code: 'UNKNOWN_CURRENCY',
    field: 'currency',
    query: { currency: 'XXX' },
  },
  { of: 'gift cards in pounds', code: 'FIELD_INVALID', field: 'kind', query: { kind: 'yacht' } },
];
