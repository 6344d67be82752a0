import { catalogueQuerySchema } from '../catalogue-query.ts';
import { noQuerySchema } from '../members.ts';
import { quoteBodySchema } from '../quotes.ts';
import {
  choiceBodySchema,
  emptyBodySchema,
  paymentBodySchema,
  resendBodySchema,
  reviewBodySchema,
} from '../redemption-acts.ts';
import { quotedBodySchema, redemptionBodySchema } from '../redemptions.ts';
import type { Operation } from './operations.ts';
import * as views from './views.ts';

const member = '/v1/programs/{program}/members/{member}';
const redemption = `${member}/redemptions/{redemption}`;

/** Why a reward cannot be had at what was asked. */
const priced = [
  ...(['INVALID_AMOUNT', 'UNKNOWN_CURRENCY', 'INVALID_COUNTRY', 'UNKNOWN_REWARD'] as const),
  ...(['REWARD_NOT_IN_COUNTRY', 'REWARD_NOT_FOR_MEMBER', 'REWARD_UNAVAILABLE'] as const),
  ...(['REWARD_CURRENCY_MISMATCH', 'AMOUNT_NOT_OFFERED', 'BELOW_MINIMUM', 'NOT_A_STEP'] as const),
  ...(['SHARE_OF_PRICE_EXCEEDED', 'CASH_NOT_OFFERED', 'CASH_SHARE_EXCEEDED'] as const),
  ...(['RATE_STALE', 'RATE_MISSING', 'TRY_AGAIN'] as const),
];

/** What points buy. */
export const redeemOperations: Readonly<Record<string, Operation>> = {
  [`GET ${member}/catalogue`]: {
    id: 'getCatalogue',
    summary: 'What the member can redeem for now, by reward id; fifty rewards a page.',
    query: catalogueQuerySchema,
    answers: { 200: views.catalogue },
    refusals: ['INVALID_COUNTRY', 'UNKNOWN_CURRENCY'],
  },
  [`POST ${member}/quotes`]: {
    id: 'quote',
    summary:
      'A price that holds until it expires, with all that is promised beside it, and whether the ' +
      'member could pay it now.',
    keyed: true,
    bodies: [quoteBodySchema],
    answers: { 201: views.quote, 200: views.quote },
    refusals: priced,
  },
  [`GET ${member}/quotes/{quote}`]: {
    id: 'getQuote',
    summary: 'A quote of the member, also one that has expired.',
    query: noQuerySchema,
    answers: { 200: views.quote },
    refusals: ['UNKNOWN_QUOTE'],
  },
  [`POST ${member}/redemptions`]: {
    id: 'redeem',
    summary: 'Sets points aside and asks for a reward, by a quote or at the price of now.',
    keyed: true,
    bodies: [quotedBodySchema, redemptionBodySchema],
    answers: { 202: views.redemption, 200: views.redemption },
    refusals: [
      ...priced,
      ...(['INVALID_EMAIL', 'UNKNOWN_QUOTE', 'QUOTE_EXPIRED', 'INSUFFICIENT_POINTS'] as const),
      ...(['QUOTE_USED', 'LIMIT_REACHED', 'ADDRESS_MISSING', 'ADDRESS_NOT_WANTED'] as const),
      ...(['PARTICIPANT_UNKNOWN', 'ROLE_NOT_ENOUGH'] as const),
    ],
  },
  [`GET ${redemption}`]: {
    id: 'getRedemption',
    summary: 'Where a redemption stands, and how it came there.',
    query: noQuerySchema,
    answers: { 200: views.redemption },
    refusals: ['UNKNOWN_REDEMPTION'],
  },
  [`POST ${redemption}/cancel`]: {
    id: 'cancelRedemption',
    summary: 'Calls it off: at once before anything was ordered, else after a definite no.',
    bodies: [emptyBodySchema],
    answers: { 200: views.redemption },
    refusals: ['UNKNOWN_REDEMPTION', 'ALREADY_DELIVERED'],
  },
  [`POST ${redemption}/resend`]: {
    id: 'resendReward',
    summary: 'Mails the link to the reward once more, also to a corrected address.',
    bodies: [resendBodySchema],
    answers: { 202: views.resent },
    refusals: [
      ...(['UNKNOWN_REDEMPTION', 'INVALID_EMAIL', 'NOT_DELIVERED'] as const),
      ...(['RESENDS_USED_UP', 'RESEND_TOO_SOON', 'ADDRESS_BOUNCED', 'TRY_AGAIN'] as const),
    ],
  },
  [`POST ${redemption}/payment`]: {
    id: 'recordPayment',
    summary: 'The merchant has collected the part in cash; only then is anything ordered.',
    bodies: [paymentBodySchema],
    answers: { 200: views.redemption },
    refusals: [
      ...(['INVALID_AMOUNT', 'UNKNOWN_CURRENCY', 'UNKNOWN_REDEMPTION'] as const),
      ...(['PAYMENT_NOT_DUE', 'PAYMENT_MISMATCH', 'PAYMENT_CONFLICT'] as const),
    ],
  },
  [`POST ${redemption}/review`]: {
    id: 'decideReview',
    summary: 'Lets a redemption go that is under review, or blocks it.',
    bodies: [reviewBodySchema],
    answers: { 200: views.reviewed },
    refusals: ['UNKNOWN_REDEMPTION', 'UNKNOWN_REVIEW', 'REVIEW_DECIDED', 'SAME_PERSON'],
  },
  [`POST ${member}/choices`]: {
    id: 'offerChoice',
    summary: 'Offers a set of rewards of which the member picks one; the program pays.',
    keyed: true,
    bodies: [choiceBodySchema],
    answers: { 201: views.choice },
    refusals: [...priced, 'INVALID_EMAIL', 'REWARD_BY_POST'],
  },
  [`POST ${member}/statement-links`]: {
    id: 'issueStatementLink',
    summary: 'A link to the statement page of the member, for some minutes.',
    bodies: [emptyBodySchema],
    answers: { 201: views.link },
    refusals: [],
  },
};
