import { each, noAmounts, noCountries, noCurrencies, type Refused } from './row.ts';

const event = 'one event';
const batch = 'a batch';
const webhook = 'of redemptions';
const replay = 'of one day';
const noAmount = { amountMinor: undefined };

const noUrls = [
  ...['shop.example', 'http://shop.example', 'javascript:alert(1)', 'ftp://shop.example'],
  ...[
    'https://user:password@shop.example',
    'https://shop.example/#part',
    `https://${'x'.repeat(500)}`,
  ],
];
const noTypes = [
  ...['customer.event.v1', 'event.refused.v1', '*', 'redemption', 'redemption.settled'],
  ...['redemption.setled.v1', 'redemption.settled.v2', 'event.*', 5],
];

export const refusedSystems: readonly Refused[] = [
  ...each(
    event,
    'INVALID_AMOUNT',
    'amountMinor',
    noAmounts.filter((it) => it !== 0 && it !== '0'),
  ),
  ...each(event, 'UNKNOWN_CURRENCY', 'currency', noCurrencies),
  ...each(event, 'INVALID_COUNTRY', 'country', noCountries),
  ...each(event, 'CURRENCY_NOT_IN_PROGRAM', 'currency', ['CHF']),
  ...each(event, 'UNKNOWN_EVENT_TYPE', 'type', ['order.admired']),
  ...each(event, 'FIELD_MISSING', 'id', ['', undefined]),
  ...each(event, 'FIELD_MISSING', 'member', ['', undefined]),
  ...each(event, 'FIELD_INVALID', 'source', ['guerdon:merge']),
  ...each(event, 'FIELD_INVALID', 'member', ['@expired']),
  { of: event, code: 'COMMAND_NOT_TAKEN', field: 'actor', body: { ...noAmount, actor: 'kim' } },
  {
    ...{ of: event, code: 'COMMAND_NOT_TAKEN', field: 'type' },
    body: { ...noAmount, type: 'points.adjusted' },
  },
  {
    ...{ of: event, code: 'COMMAND_NOT_TAKEN', field: 'command' },
    body: { ...noAmount, command: {} },
  },
  { of: event, code: 'FIELD_MISSING', field: 'amountMinor', body: noAmount },
  { of: event, code: 'UNKNOWN_FIELD', field: 'actor', body: { actor: 'kim' } },
  ...each(event, 'INVALID_DATE', 'occurredAt', ['2026-02-30T10:00:00Z', '2026-03-01T10:00:00', 5]),
  ...each(event, 'EVENT_IN_FUTURE', 'occurredAt', ['2026-06-17T12:30:00Z']),
  ...each(event, 'DATE_OUT_OF_RANGE', 'occurredAt', ['1999-12-31T23:59:59Z']),
  ...each(batch, 'FIELD_INVALID', 'events', ['two']),
  ...each(batch, 'BATCH_EMPTY', 'events', [[]]),
  ...each(batch, 'BATCH_TOO_LARGE', 'events', [Array(101).fill({})]),
  ...each(webhook, 'WEBHOOK_URL_REFUSED', 'url', noUrls.slice(0, -1)),
  ...each(webhook, 'FIELD_INVALID', 'url', noUrls.slice(-1)),
  ...each(webhook, 'FIELD_INVALID', 'types', [[], 'redemption.*']),
  ...noTypes.map((type): Refused => {
    const body = { types: ['tier.*', type] };
    return { of: webhook, code: 'WEBHOOK_TYPE_UNKNOWN', field: 'types.1', body };
  }),
  ...each(replay, 'INVALID_DATE', 'from', ['yesterday', '2026-02-30T00:00:00Z']),
  ...each(replay, 'FIELD_MISSING', 'to', ['', undefined]),
  ...each(replay, 'PERIOD_INVALID', 'to', ['2026-06-14T11:00:00Z', '2026-06-14T12:00:00Z']),
  ...each(replay, 'REPLAY_TOO_LONG', 'to', ['2026-06-15T12:00:01Z']),
];
