import { describe, expect, it } from 'vitest';
import { maximumBodyBytes } from '../../../../shared/contracts/body.ts';
import { readCustomerEvent } from '../../../../shared/contracts/events.ts';
import type { RefusalCode } from '../../../../shared/domain/refusal.ts';
import { formatInstant } from '../../../../shared/domain/time.ts';

const good = {
  id: '536365',
  source: 'online-retail',
  type: 'order.placed',
  member: '17850',
  occurredAt: '2026-03-01T10:00:00+01:00',
  amountMinor: '1299',
  currency: 'GBP',
};

/** A body in which some fields are others; `undefined` leaves a field out. */
function body(parts: Record<string, unknown> = {}): unknown {
  return JSON.parse(JSON.stringify({ ...good, ...parts }));
}

function refusalOf(read: ReturnType<typeof readCustomerEvent>): unknown {
  return read.ok ? 'accepted' : read.failure;
}

describe('a good event', () => {
  it('reads with its amounts exact and its time in UTC', () => {
    const read = readCustomerEvent(body({ amountMinor: 9_007_199_254_740_991 }));
    if (!read.ok) throw new Error(read.failure.code);
    expect(read.value.event.amountMinor).toBe(9_007_199_254_740_991n);
    expect(formatInstant(read.value.event.occurredAt)).toBe('2026-03-01T09:00:00.000Z');
    expect(Object.keys(read.value.event).sort()).toEqual(Object.keys(good).sort());
  });

  it('may carry a country, lines, what it follows, and data of any shape', () => {
    const more = {
      country: 'GB',
      lines: [{ sku: 'a', quantity: 2, amountMinor: '0' }],
      refersTo: { source: 'online-retail', id: '536300' },
      data: { deep: [{ any: null }] },
    };
    const read = readCustomerEvent(body(more));
    if (!read.ok) throw new Error(read.failure.code);
    const lines = [{ sku: 'a', quantity: 2, amountMinor: 0n }];
    expect(read.value.event).toMatchObject({ ...more, lines });
  });

  it('may have an amount of 18 digits, which no JSON number holds', () => {
    const read = readCustomerEvent(body({ amountMinor: '999999999999999999' }));
    if (!read.ok) throw new Error(read.failure.code);
    expect(read.value.event.amountMinor).toBe(999_999_999_999_999_999n);
  });

  it('is the same body with its amounts as digits and as numbers', () => {
    const canonical = (amount: (minor: number) => unknown) => {
      const lines = [{ sku: 'a', quantity: 1, amountMinor: amount(0), category: 'tea' }];
      const read = readCustomerEvent(body({ amountMinor: amount(1299), lines }));
      return read.ok ? read.value.canonicalBody : read.failure;
    };
    expect(canonical((minor) => minor)).toBe(canonical(String));
    expect(canonical((minor) => minor)).toContain('"amountMinor":"1299"');
    expect(canonical((minor) => minor)).not.toBe(canonical((minor) => minor + 1));
  });

  it('is the same body in any order of keys, and another with any other value', () => {
    const canonical = (value: unknown) => {
      const read = readCustomerEvent(value);
      return read.ok ? read.value.canonicalBody : undefined;
    };
    const turned = Object.fromEntries(Object.entries(good).reverse());
    expect(canonical(turned)).toBe(canonical(good));
    const others = [body({ member: '17851' }), body({ occurredAt: '2026-03-01T09:00:00Z' })];
    for (const other of others) expect(canonical(other)).not.toBe(canonical(good));
  });
});

describe('a bad event is refused by code and field', () => {
  const cases: [string, Record<string, unknown>, RefusalCode, string][] = [
    ['no member', { member: undefined }, 'FIELD_MISSING', 'member'],
    ['an empty member', { member: '' }, 'FIELD_MISSING', 'member'],
    ['no id', { id: undefined }, 'FIELD_MISSING', 'id'],
    ['an empty id', { id: '' }, 'FIELD_MISSING', 'id'],
    ['no source', { source: undefined }, 'FIELD_MISSING', 'source'],
    ['no type', { type: undefined }, 'FIELD_MISSING', 'type'],
    ['no date', { occurredAt: undefined }, 'FIELD_MISSING', 'occurredAt'],
    ['no amount', { amountMinor: undefined }, 'FIELD_MISSING', 'amountMinor'],
    ['a member that is a number', { member: 17_850 }, 'FIELD_INVALID', 'member'],
    ['a member that is null', { member: null }, 'FIELD_INVALID', 'member'],
    ['a member of 129 letters', { member: 'm'.repeat(129) }, 'FIELD_INVALID', 'member'],
    ['an id of 257 letters', { id: 'i'.repeat(257) }, 'FIELD_INVALID', 'id'],
    ['a negative amount', { amountMinor: -1 }, 'INVALID_AMOUNT', 'amountMinor'],
    ['a fraction', { amountMinor: 12.5 }, 'INVALID_AMOUNT', 'amountMinor'],
    ['an unsafe amount', { amountMinor: 2 ** 53 }, 'INVALID_AMOUNT', 'amountMinor'],
    ['an unknown currency', { currency: 'GBX' }, 'UNKNOWN_CURRENCY', 'currency'],
    ['a currency in small letters', { currency: 'gbp' }, 'UNKNOWN_CURRENCY', 'currency'],
    ['a date without offset', { occurredAt: '2026-03-01T10:00:00' }, 'INVALID_DATE', 'occurredAt'],
    ['a date that is none', { occurredAt: '2026-02-30T10:00:00Z' }, 'INVALID_DATE', 'occurredAt'],
    ['a country by name', { country: 'United Kingdom' }, 'INVALID_COUNTRY', 'country'],
    ['an unknown field', { colour: 'red' }, 'UNKNOWN_FIELD', 'colour'],
    ['two unknown fields', { colour: 'red', size: 'L' }, 'UNKNOWN_FIELD', 'colour'],
    [
      'an unknown field within',
      { refersTo: { source: 's', id: '1', at: 1 } },
      'UNKNOWN_FIELD',
      'refersTo.at',
    ],
    ['a reference without id', { refersTo: { source: 's' } }, 'FIELD_MISSING', 'refersTo.id'],
    ['data that is a list', { data: [] }, 'FIELD_INVALID', 'data'],
    [
      'a line without sku',
      { lines: [{ quantity: 1, amountMinor: 1 }] },
      'FIELD_MISSING',
      'lines.0.sku',
    ],
    [
      'a line of no pieces',
      { lines: [{ sku: 'a', quantity: 0, amountMinor: 1 }] },
      'FIELD_INVALID',
      'lines.0.quantity',
    ],
    [
      'a negative line',
      { lines: [{ sku: 'a', quantity: 1, amountMinor: -1 }] },
      'INVALID_AMOUNT',
      'lines.0.amountMinor',
    ],
  ];

  const amounts = [
    '12.5',
    '-5',
    '+5',
    '1e3',
    '',
    ' 5',
    '5 ',
    '05',
    '00',
    '0x10',
    '1,000',
    '٣',
    null,
  ];

  it.each([...amounts, '1'.repeat(19), {}, [], true])('the amount %j', (amountMinor) => {
    const refused = (field: string) => ({ code: 'INVALID_AMOUNT', field });
    expect(refusalOf(readCustomerEvent(body({ amountMinor })))).toEqual(refused('amountMinor'));
    const lines = [
      { sku: 'a', quantity: 1, amountMinor: '1' },
      { sku: 'b', quantity: 1, amountMinor },
    ];
    const read = readCustomerEvent(body({ lines }));
    expect(refusalOf(read)).toEqual(refused('lines.1.amountMinor'));
  });

  it.each(cases)('%s', (_, parts, code, field) => {
    expect(refusalOf(readCustomerEvent(body(parts)))).toEqual({ code, field });
  });

  it.each([null, 'text', 7, [good], undefined])('a body that is no object: %j', (value) => {
    expect(refusalOf(readCustomerEvent(value))).toEqual({ code: 'MALFORMED_JSON' });
  });

  it('names that every object has are fields like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const text = JSON.stringify(good).replace('{', `{"${name}":{},`);
      const refusal = refusalOf(readCustomerEvent(JSON.parse(text)));
      expect(refusal).toEqual({ code: 'UNKNOWN_FIELD', field: name });
    }
  });

  it('data deeper than anybody needs', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = JSON.stringify(body({ data: { deep: 0 } })).replace('"deep":0', `"deep":${deep}`);
    const refusal = refusalOf(readCustomerEvent(JSON.parse(text)));
    expect(refusal).toEqual({ code: 'FIELD_INVALID', field: 'data' });
  });
});

describe('what is too long', () => {
  const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
  const filled = (letter: string, count: number) => body({ data: { note: letter.repeat(count) } });
  const room = maximumBodyBytes - bytesOf(filled('e', 0));

  it('is a body above 256 KB, in bytes', () => {
    expect(refusalOf(readCustomerEvent(filled('e', room)))).toBe('accepted');
    const tooLarge = { code: 'BODY_TOO_LARGE' };
    expect(refusalOf(readCustomerEvent(filled('e', room + 1)))).toEqual(tooLarge);
    expect(refusalOf(readCustomerEvent(filled('é', Math.ceil((room + 1) / 2))))).toEqual(tooLarge);
  });

  it('is also a body that came as a shorter text', () => {
    const numbers = Array(20_000).fill('1e20').join(',');
    const text = JSON.stringify(body({ data: { n: 0 } })).replace('"n":0', `"n":[${numbers}]`);
    expect(Buffer.byteLength(text)).toBeLessThan(maximumBodyBytes);
    const refusal = refusalOf(readCustomerEvent(JSON.parse(text)));
    expect(refusal).toEqual({ code: 'BODY_TOO_LARGE' });
  });

  it('is cut where a refusal names an unknown field', () => {
    const long = 'x'.repeat(5000);
    const named = (field: string) => ({ code: 'UNKNOWN_FIELD', field });
    expect(refusalOf(readCustomerEvent(body({ [long]: 1 })))).toEqual(named('x'.repeat(128)));
    const within = body({ refersTo: { source: 's', id: '1', [long]: 1 } });
    const field = `refersTo.${long}`.slice(0, 128);
    expect(refusalOf(readCustomerEvent(within))).toEqual(named(field));
    expect(refusalOf(readCustomerEvent(body({ ['x'.repeat(128)]: 1 })))).toEqual(
      named('x'.repeat(128)),
    );
  });
});
