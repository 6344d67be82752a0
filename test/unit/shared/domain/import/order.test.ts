import { expect, test } from 'vitest';
import type { Mapping } from '../../../../../shared/domain/import/mapping.ts';
import {
  addLine,
  closeOrder,
  type ImportedEvent,
  spoilOrder,
  startOrder,
} from '../../../../../shared/domain/import/order.ts';
import { lineReader, type OrderLine } from '../../../../../shared/domain/import/order-line.ts';
import type { Rejection } from '../../../../../shared/domain/import/rejection.ts';
import { mappingWith } from './minimal-mapping.ts';

const header = 'Order Member At Value Off Land Kind Original Money Sku No'.split(' ');
const full = {
  member: { column: 'Member', trimSuffix: '.0' },
  country: { column: 'Land', codes: { Germany: 'DE', 'United Kingdom': 'GB' } },
  cancellation: { column: 'Kind', oneOf: ['refund', 'cancelled'] },
  refersTo: { column: 'Original' },
  currency: { column: 'Money' },
  lines: { sku: 'Sku', quantity: 'No' },
};
/** A product may have more digits than the currency, which a column of amounts may not. */
const product = { amount: { factors: [{ column: 'Value' }, { oneMinus: 'Off' }] } };

const usual: Readonly<Record<string, string>> = {
  Order: 'A1',
  Member: '17850.0',
  At: '2026-03-01 10:00',
  Value: '10.00',
  Off: '0',
  Money: 'EUR',
  Sku: 'tea',
  No: '1',
};

function readLine(mapping: Mapping, cells: Record<string, string>, line = 2) {
  const fields = header.map((column) => ({ ...usual, ...cells })[column] ?? '');
  return lineReader(mapping, header)(fields, line);
}

function orderOf(change: object, rows: Record<string, string>[]): ImportedEvent | Rejection {
  const mapping = mappingWith({ ...full, ...change });
  const lines = rows.map((row, index): OrderLine => {
    const read = readLine(mapping, row, index + 2);
    if (!read.ok) throw new Error(read.failure.rejection.code);
    return read.value.orderLine;
  });
  const [first, ...rest] = lines;
  if (first === undefined) throw new Error('an order has a line');
  const draft = startOrder(mapping, first);
  for (const line of rest) addLine(mapping, draft, line);
  const closed = closeOrder(mapping, draft);
  return closed.ok ? closed.value : closed.failure;
}

function rejectionOf(cells: Record<string, string>) {
  const read = readLine(mappingWith(full), cells);
  return read.ok ? undefined : read.failure;
}

test('an order is one event: exact sum, earliest time, first known country, every repeat', () => {
  const rows = [
    { Value: '0.105', At: '2026-03-01 10:07', Land: 'Atlantis' },
    { Value: '0.105', At: '2026-03-01 10:05', Land: ' united  KINGDOM' },
    { Value: '0.105', At: '2026-03-01 10:09', Land: 'Germany' },
  ];
  expect(orderOf({ ...product, lines: undefined }, rows)).toEqual({
    id: 'A1',
    source: 'shop',
    type: 'order.placed',
    member: '17850',
    occurredAt: '2026-03-01T10:05:00+00:00',
    amountMinor: '32',
    currency: 'EUR',
    country: 'GB',
  });
});

test('the currency says how many digits the minor unit has', () => {
  expect(orderOf({}, [{ Value: '1200', Money: 'JPY' }])).toMatchObject({ amountMinor: '1200' });
  expect(orderOf(product, [{ Value: '1.2345', Money: 'kwd' }])).toMatchObject({
    amountMinor: '1235',
    currency: 'KWD',
  });
  const minor = { amount: { factors: [{ column: 'Value' }], in: 'minor' } };
  expect(orderOf(minor, [{ Value: '1250' }])).toMatchObject({ amountMinor: '1250' });
});

test('a cancellation becomes a positive return that names its original', () => {
  const rows = [{ Kind: 'refund', Value: '-5.005', Original: 'A0' }];
  expect(orderOf(product, rows)).toMatchObject({
    type: 'order.returned',
    amountMinor: '501',
    refersTo: { source: 'shop', id: 'A0' },
  });
  const positive = { cancellation: { ...full.cancellation, amounts: 'positive' } };
  expect(orderOf(positive, [{ Kind: 'refund', Value: '5' }])).toMatchObject({ amountMinor: '500' });
});

test.each([
  ['SEVERAL_MEMBERS', 'Member', [{}, { Member: '2' }]],
  ['SEVERAL_CURRENCIES', 'Money', [{}, { Money: 'USD' }]],
  ['SEVERAL_KINDS', 'Kind', [{}, { Kind: 'refund' }]],
  [
    'SEVERAL_ORIGINALS',
    'Original',
    [
      { Kind: 'refund', Value: '-1' },
      { Kind: 'refund', Value: '-1', Original: 'A0' },
    ],
  ],
  ['TOTAL_NOT_POSITIVE', 'Value', [{ Value: '1' }, { Value: '-1' }]],
  ['TOTAL_NOT_POSITIVE', 'Value', [{ Value: '0' }]],
  ['TOTAL_NOT_NEGATIVE', 'Value', [{ Value: '3', Kind: 'refund' }]],
  ['AMOUNT_UNSAFE', 'Value', [{ Value: '10000000000000000' }]],
] as const)('rejects an order: %s', (code, field, rows) => {
  expect(orderOf({}, [...rows])).toEqual({ code, field });
});

test('an order of which a line could not be read makes no event', () => {
  const mapping = mappingWith(full);
  const read = readLine(mapping, {});
  if (!read.ok) throw new Error('the usual line is readable');
  const draft = startOrder(mapping, read.value.orderLine);
  spoilOrder(mapping, draft);
  expect(closeOrder(mapping, draft)).toEqual({
    ok: false,
    failure: { code: 'ORDER_INCOMPLETE', field: 'Order' },
  });
});

test('lines stand in the event only where each is whole and positive', () => {
  expect(orderOf({}, [{ Value: '2.50', No: '2' }, { Sku: 'mug' }])).toMatchObject({
    amountMinor: '1250',
    lines: [
      { sku: 'tea', quantity: 2, amountMinor: '250' },
      { sku: 'mug', quantity: 1, amountMinor: '1000' },
    ],
  });
  expect(orderOf({}, [{ Kind: 'refund', Value: '-3', No: '-1' }])).toMatchObject({
    lines: [{ sku: 'tea', quantity: 1, amountMinor: '300' }],
  });
  for (const row of [{ Value: '1.005' }, { No: '0.5' }, { No: '-1' }, { Sku: '' }]) {
    expect(orderOf(product, [{}, row])).not.toHaveProperty('lines');
  }
  const many = Array.from({ length: 1_500 }, () => ({ Sku: 's'.repeat(120) }));
  expect(orderOf({}, many)).not.toHaveProperty('lines');
  expect(orderOf({}, many)).toMatchObject({ amountMinor: '1500000' });
});

test('lines with fractions of a minor unit share the rounded total, if the mapping says so', () => {
  const lines = { sku: 'Sku', quantity: 'No', amounts: 'shares' };
  const rows = ['0.105', '0.105', '0.104', '1.00'].map((Value) => ({ Value }));
  const order = orderOf({ ...product, lines }, rows);
  const amounts =
    'lines' in order ? order.lines?.map(({ amountMinor }) => Number(amountMinor)) : [];
  expect(amounts).toEqual([11, 10, 10, 100]);
  expect(orderOf({ ...product, lines }, [{}, { Value: '0.001' }])).not.toHaveProperty('lines');
});

test.each([
  [{ Order: ' ' }, 'ORDER_MISSING', 'Order', undefined],
  [{ Member: '.0', Value: 'x' }, 'MEMBER_MISSING', 'Member', undefined],
  [{ At: '2026-02-29 10:00' }, 'INVALID_DATE', 'At', 'A1'],
  [{ Value: '1,5' }, 'INVALID_NUMBER', 'Value', 'A1'],
  [{ Value: '12.345' }, 'EXCESS_PRECISION', 'Value', 'A1'],
  [{ Value: '1200.5', Money: 'JPY' }, 'EXCESS_PRECISION', 'Value', 'A1'],
  [{ No: 'two' }, 'INVALID_NUMBER', 'No', 'A1'],
  [{ Money: 'QQQ' }, 'UNKNOWN_CURRENCY', 'Money', 'A1'],
  [{ Sku: 'x'.repeat(129) }, 'VALUE_TOO_LONG', 'Sku', 'A1'],
  [{ Land: 'Espa\uFFFDa' }, 'INVALID_ENCODING', 'Land', 'A1'],
])('rejects a line: %j', (cells, code, field, spoiltOrder) => {
  expect(rejectionOf(cells)).toEqual({
    rejection: { code, field },
    ...(spoiltOrder !== undefined && { spoiltOrder }),
  });
});

test('rejects a line with too few or too many fields', () => {
  const read = lineReader(mappingWith({}), ['Order', 'Member', 'At', 'Value']);
  const codes = [3, 5].map((count) => read(Array(count).fill('1'), 2));
  for (const code of codes) {
    expect(code).toEqual({ ok: false, failure: { rejection: { code: 'FIELD_COUNT', field: '' } } });
  }
});
