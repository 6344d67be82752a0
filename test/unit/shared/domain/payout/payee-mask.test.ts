import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Payee } from '../../../../../shared/domain/payout/payee.ts';
import { maskOf } from '../../../../../shared/domain/payout/payee-mask.ts';

const bank = (account: (Payee & { rail: 'bankAccount' })['account']): Payee => ({
  ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'GB', account },
});
const sortCode = (accountNumber: string) =>
  bank({ kind: 'sortCode', sortCode: '200000', accountNumber });
const payPal = (receiverKind: 'email' | 'phone' | 'payPalId', receiver: string): Payee => ({
  ...{ rail: 'payPal', receiverKind, receiver },
});

it.each([
  [bank({ kind: 'iban', iban: 'DE02120300000000202051' }), 'iban', '2051'],
  [sortCode('55779911'), 'sortCode', '11'],
  [payPal('email', 'ann.example@example.com'), 'email', 'le'],
  [payPal('email', 'ann@example.com'), 'email', ''],
  [payPal('phone', '+4915112345678'), 'phone', '678'],
  [payPal('payPalId', 'AK5HCWWRUV2KL'), 'payPalId', '2KL'],
])('shows the end of %j', (payee, kind, ending) => {
  expect(maskOf(payee)).toEqual({ kind, ending });
});

it('shows a quarter of a number at most, and never more than four characters', () => {
  const digits = fc.stringMatching(/^\d{1,34}$/);
  fc.assert(
    fc.property(digits, (number) => {
      const { ending } = maskOf(sortCode(number));
      expect(ending.length).toBeLessThanOrEqual(Math.min(4, number.length / 4));
      expect(number.endsWith(ending)).toBe(true);
    }),
    { seed: 6 },
  );
});
