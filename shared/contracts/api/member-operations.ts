import {
  enrolmentBodySchema,
  historyQuerySchema,
  noQuerySchema,
  preferencesBodySchema,
  statementQuerySchema,
} from '../members.ts';
import { payoutChoiceBodySchema } from '../payout-choice.ts';
import type { Operation } from './operations.ts';
import * as views from './views.ts';

const members = '/v1/programs/{program}/members';
const member = `${members}/{member}`;
const plain = { query: noQuerySchema, refusals: [] };

/** Who members are, what they have, and how they are written to. */
export const memberOperations: Readonly<Record<string, Operation>> = {
  [`POST ${members}`]: {
    id: 'enrolMember',
    summary: 'Enrols a member; their address is sealed. 200: enrolled before, with the same facts.',
    keyed: true,
    bodies: [enrolmentBodySchema],
    answers: { 201: views.profile, 200: views.profile },
    refusals: [
      ...(['INVALID_COUNTRY', 'INVALID_EMAIL', 'UNKNOWN_CURRENCY', 'CURRENCY_RETIRED'] as const),
      ...(['ALREADY_ENROLLED', 'KIND_NOT_IN_PROGRAM', 'COUNTRY_NOT_IN_PROGRAM'] as const),
      ...(['UNKNOWN_SEGMENT', 'UNKNOWN_CHARITY', 'SHARE_NOT_OFFERED', 'MEMBER_MERGED'] as const),
      ...(['UNKNOWN_MEMBER', 'NOT_A_COMPANY', 'PARTICIPANT_ELSEWHERE', 'LAST_ADMIN'] as const),
      ...(['TOO_MANY_PARTICIPANTS', 'TRY_AGAIN'] as const),
    ],
  },
  [`GET ${member}`]: {
    id: 'getMember',
    summary: 'What the program knows of a member, enrolled or not; 404: of nobody of that name.',
    ...plain,
    answers: { 200: views.member },
    refusals: ['UNKNOWN_MEMBER'],
  },
  [`GET ${member}/balance`]: {
    id: 'getBalance',
    summary: 'Points that can be spent now, by unit.',
    ...plain,
    answers: { 200: views.balance },
  },
  [`GET ${member}/statement`]: {
    id: 'getStatement',
    summary: 'Wallets and points, also what is still pending, and the money together.',
    query: statementQuerySchema,
    answers: { 200: views.statement },
    refusals: [],
  },
  [`GET ${member}/history`]: {
    id: 'getHistory',
    summary: 'What happened, newest first, and why; fifty lines a page.',
    query: historyQuerySchema,
    answers: { 200: views.history },
    refusals: [],
  },
  [`GET ${member}/tier`]: {
    id: 'getTier',
    summary: 'The tier level, and what the next one takes.',
    ...plain,
    answers: { 200: views.tier },
    refusals: ['NO_TIERS'],
  },
  [`GET ${member}/preferences`]: {
    id: 'getPreferences',
    summary: 'How a member is written to. The address itself is never told.',
    ...plain,
    answers: { 200: views.preferences },
  },
  [`PUT ${member}/preferences`]: {
    id: 'putPreferences',
    summary: 'Changes what is named; what is left out stays, null takes it away.',
    bodies: [preferencesBodySchema],
    answers: { 200: views.preferences },
    refusals: ['INVALID_EMAIL', 'TRY_AGAIN'],
  },
  [`GET ${member}/payout-choice`]: {
    id: 'getPayoutChoice',
    summary: 'How the member wants to be paid; of the payee a kind and its last characters.',
    query: noQuerySchema,
    answers: { 200: views.payoutChoice },
    refusals: ['UNKNOWN_PAYOUT_CHOICE'],
  },
  [`PUT ${member}/payout-choice`]: {
    id: 'putPayoutChoice',
    summary: 'Says how the member wants to be paid, in place of what was said before.',
    bodies: [payoutChoiceBodySchema],
    answers: { 200: views.payoutChoice },
    refusals: [
      ...(['UNKNOWN_CURRENCY', 'INVALID_COUNTRY', 'UNKNOWN_MEMBER', 'MEMBER_MERGED'] as const),
      ...(['PAYOUTS_NOT_OFFERED', 'RAIL_NOT_OFFERED', 'CURRENCY_NOT_ON_RAIL'] as const),
      ...(['COUNTRY_BLOCKED', 'COUNTRY_NOT_ON_RAIL', 'COUNTRY_NOT_IN_PROGRAM'] as const),
      ...(['UNKNOWN_CHARITY', 'SHARE_NOT_OFFERED', 'PAYEE_NOT_WANTED'] as const),
      ...(['INVALID_IBAN', 'INVALID_BIC', 'INVALID_SORT_CODE', 'INVALID_ROUTING_NUMBER'] as const),
      ...(['INVALID_ACCOUNT_NUMBER', 'INVALID_RECEIVER', 'INVALID_EMAIL'] as const),
      ...(['ACCOUNT_NOT_FOR_CURRENCY', 'OUTSIDE_CHARACTER_SET', 'TRY_AGAIN'] as const),
    ],
  },
  [`DELETE ${member}/payout-choice`]: {
    id: 'removePayoutChoice',
    summary: 'Forgets it; nothing is paid out before the next one. Payouts on their way stay.',
    answers: { 204: undefined },
    refusals: [],
  },
};
