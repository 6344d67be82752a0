import { eventBatchSchema } from '../event-batch.ts';
import { customerEventSchema } from '../events.ts';
import { noQuerySchema } from '../members.ts';
import { replayBodySchema, subscriptionBodySchema } from '../webhook-subscriptions.ts';
import type { Operation } from './operations.ts';
import * as views from './views.ts';

const program = '/v1/programs/{program}';
const webhooks = `${program}/webhooks`;
const webhook = `${webhooks}/{webhook}`;

/** What systems of an integrator tell, and are told. */
export const programOperations: Readonly<Record<string, Operation>> = {
  [`POST ${program}/events`]: {
    id: 'sendEvents',
    summary:
      'One event, or up to a hundred, each judged by itself, by schema and refusals of the bus.',
    bodies: [customerEventSchema, eventBatchSchema],
    answers: { 202: views.events },
    refusals: [
      ...(['INVALID_AMOUNT', 'UNKNOWN_CURRENCY', 'INVALID_DATE', 'INVALID_COUNTRY'] as const),
      ...(['UNKNOWN_EVENT_TYPE', 'EVENT_IN_FUTURE', 'DATE_OUT_OF_RANGE'] as const),
      ...(['CURRENCY_NOT_IN_PROGRAM', 'CURRENCY_RETIRED', 'COMMAND_NOT_TAKEN'] as const),
      ...(['BATCH_EMPTY', 'BATCH_TOO_LARGE'] as const),
    ],
  },
  [`GET ${webhooks}`]: {
    id: 'listWebhooks',
    summary: 'Addresses that are told what happens in the program.',
    query: noQuerySchema,
    answers: { 200: views.webhooks },
    refusals: [],
  },
  [`POST ${webhooks}`]: {
    id: 'addWebhook',
    summary:
      'Adds an address; the secret that signs what is sent (Standard Webhooks) is told once.',
    keyed: true,
    bodies: [subscriptionBodySchema],
    answers: { 201: views.newWebhook, 200: views.webhook },
    refusals: ['TOO_MANY_WEBHOOKS', 'WEBHOOK_TYPE_UNKNOWN', 'WEBHOOK_URL_REFUSED'],
  },
  [`DELETE ${webhook}`]: {
    id: 'removeWebhook',
    summary: 'Nothing more is sent to it.',
    answers: { 204: undefined },
    refusals: ['UNKNOWN_WEBHOOK'],
  },
  [`POST ${webhook}/replay`]: {
    id: 'replayWebhook',
    summary: 'Sends what was sent in a period of up to a day once more.',
    bodies: [replayBodySchema],
    answers: { 202: views.replayed },
    refusals: ['UNKNOWN_WEBHOOK', 'INVALID_DATE', 'PERIOD_INVALID', 'REPLAY_TOO_LONG'],
  },
};
