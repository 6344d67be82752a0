import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fromWireReference,
  orderBody,
  toWireReference,
} from '../../../../../../shared/adapters/providers/tango/request.ts';
import { account, asked } from './scripted.ts';

test('a reference comes back as it went, and is letters and digits on the way (seed 7)', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const wire = toWireReference(uuid);
      expect(wire).toMatch(/^[a-z0-9]{1,100}$/);
      expect(fromWireReference(wire)).toBe(uuid);
    }),
    { seed: 7 },
  );
});

test.each([
  ...['', 'order-1', 'a/../b', '0190A0B0-1111-8222-8333-444444444401'],
  ...['0190a0b0111182228333444444444401', '0190a0b0-1111-8222-8333-4444444444010'],
])('%j is no reference that would come back', (reference) => {
  expect(() => toWireReference(reference)).toThrow(/uuid/);
});

test.each([
  '',
  'RA1',
  '0190a0b0-1111-8222-8333-444444444401',
  'F'.repeat(32),
  `${'f'.repeat(32)}0`,
])('%j is a reference of somebody else', (wire) => {
  expect(fromWireReference(wire)).toBeUndefined();
});

test.each([
  { products: [] },
  { products: ['U1/../U2'] },
  { value: { amountMinor: 0n, currency: 'GBP' } },
  { value: { amountMinor: 100n, currency: 'XXX' } },
])('%s is not sent', (change) => {
  expect(() => orderBody({ ...asked, ...change }, account)).toThrow();
});
