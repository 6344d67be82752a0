import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseExactJson,
  WireNumber,
} from '../../../../../../shared/adapters/providers/exact-json.ts';
import { payloadOf } from '../../../../../../shared/adapters/providers/tremendous/request.ts';
import { moneyOf } from '../../../../../../shared/adapters/providers/wire-money.ts';
import type { Money } from '../../../../../../shared/domain/money/money.ts';
import type { PlaceOrder } from '../../../../../../shared/ports/provider.ts';

const order = {
  reference: 'r-1',
  products: ['CARD', 'OTHER'],
  kind: 'eGiftCard',
  value: { amountMinor: 500n, currency: 'JPY' },
  ...{ country: 'JP', language: 'en' },
  recipientEmail: 'person@example.test',
} as const satisfies PlaceOrder;

const money = fc.record({
  amountMinor: fc.bigInt({ min: 1n, max: 10n ** 30n }),
  currency: fc.constantFrom('JPY', 'GBP', 'EUR', 'USD', 'BHD', 'KWD'),
});

function denominationIn(text: string): WireNumber {
  const body = parseExactJson(text) as { value: { denomination: WireNumber } };
  return body.value.denomination;
}

test('every amount comes back as it was sent', () => {
  fc.assert(
    fc.property(money, (value: Money) => {
      const sent = denominationIn(payloadOf({ ...order, value }));
      expect(moneyOf(sent, value.currency)).toEqual(value);
    }),
  );
});

test.each([
  ['12.5', 'GBP', 1_250n],
  ['12.500', 'GBP', 1_250n],
  ['1e2', 'JPY', 100n],
  ['1.25E1', 'GBP', 1_250n],
  ['0.001', 'BHD', 1n],
  ['-3', 'USD', -300n],
])('%s %s is read as %s minor units', (text, currency, amountMinor) => {
  expect(moneyOf(new WireNumber(text), currency)).toEqual({ amountMinor, currency });
});

test.each([
  ['12.505', 'GBP'],
  ['0.5', 'JPY'],
  ['1', 'XXX'],
  ['1', 'gbp'],
  [`1${'0'.repeat(60)}`, 'GBP'],
])('%s %s is no amount', (text, currency) => {
  expect(moneyOf(new WireNumber(text), currency)).toBeUndefined();
});

test('the payload says all that is asked, and not under which reference', () => {
  const payload = payloadOf(order);
  expect(payloadOf({ ...order, reference: 'r-2' })).toBe(payload);
  const others = [
    { products: ['OTHER', 'CARD'] },
    { value: { amountMinor: 501n, currency: 'JPY' } },
    { value: { amountMinor: 50_000n, currency: 'GBP' } },
    { recipientEmail: 'other@example.test' },
    { language: 'ja' },
  ];
  for (const change of others) expect(payloadOf({ ...order, ...change })).not.toBe(payload);
});

test('an address with quotes stays an address', () => {
  const recipientEmail = '"a\\"b"@example.test';
  const body = JSON.parse(payloadOf({ ...order, recipientEmail }));
  expect(body.recipient.email).toBe(recipientEmail);
});

test.each(['', 'e', 'EN', 'en-GB', 'e"'])('a language that is "%s" is none', (language) => {
  expect(() => payloadOf({ ...order, language })).toThrow();
});
