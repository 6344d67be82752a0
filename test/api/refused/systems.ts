import { each, noAmounts, noCountries, noCurrencies, type Refused } from './row.ts';

const event = 'one event';
const batch = 'a batch';
const webhook = 'of redemptions';
const replay = 'of one day';

const noUrls = [
  ...['shop.example', 'http://shop.example', 'javascript:alert(1)', 'ftp://shop.example'],
  ...[
    'https://user:password@shop.example',
    'https://shop.example/#part',
    `https://${'x'.repeat(500)}`,
  ],
];
const noTypes = ['customer.event.v1', 'event.refused.v1', '*', 'redemption', 'redemption.settled'];

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
  ...each(event, 'INVALID_DATE', 'occurredAt', ['2026-02-30T10:00:00Z', '2026-03-01T10:00:00', 5]),
  ...each(event, 'EVENT_IN_FUTURE', 'occurredAt', ['2026-06-17T12:30:00Z']),
  ...each(event, 'DATE_OUT_OF_RANGE', 'occurredAt', ['1999-12-31T23:59:59Z']),
  ...each(batch, 'FIELD_INVALID', 'events', [[], 'two', Array(101).fill({})]),
  ...each(webhook, 'FIELD_INVALID', 'url', noUrls),
  ...each(webhook, 'FIELD_INVALID', 'types', [[], 'redemption.*']),
  ...noTypes.map((type): Refused => {
    return { of: webhook, code: 'FIELD_INVALID', field: 'types.0', body: { types: [type] } };
  }),
  ...each(replay, 'INVALID_DATE', 'from', ['yesterday', '2026-02-30T00:00:00Z']),
  ...each(replay, 'FIELD_MISSING', 'to', ['', undefined]),
  ...each(replay, 'FIELD_INVALID', 'to', ['2026-06-14T11:00:00Z', '2026-06-15T12:00:01Z']),
];
