import { describe, expect, it } from 'vitest';
import { emptySnapshot } from '../../../../../shared/domain/member/snapshot.ts';
import type { Balance } from '../../../../../shared/domain/points/balance.ts';
import { extensionDecision } from '../../../../../shared/domain/points/extension.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { balanceOf, lot } from '../../../../support/points.ts';
import { compiledProgram } from './bent-program.ts';

const now = instantOf(Date.UTC(2026, 5, 15, 12));
const july = lot('2026-07-01');

function extended(
  expiry: object,
  balance: Balance,
  asked: { lot?: typeof july; points?: bigint; days?: number },
  parts: object = {},
) {
  const compiled = compiledProgram({ expiry: [{ unit: 'PTS', ...expiry }], ...parts });
  const snapshot = { ...emptySnapshot('ann'), balances: new Map([['PTS', balance]]) };
  const rest = { unit: 'PTS', lot: july, days: 30, reason: 'goodwill', now, ...asked };
  const result = extensionDecision({ compiled, snapshot, ...rest });
  return result.ok ? result.value : result.failure;
}

describe('an extension of a lot', () => {
  const expiry = { kind: 'monthsAfter', months: 12, extendDays: 30 };
  const balance = balanceOf({ '2026-07-01': 40n, '2026-06-15': 9n });

  it('moves all of it, or a part, by the days that are asked for', () => {
    const whole = { kind: 'extend', member: 'ann', unit: 'PTS', points: 40n, lot: july } as const;
    expect(extended(expiry, balance, {})).toMatchObject({
      kind: 'extension',
      movements: [{ ...whole, toLot: lot('2026-07-31') }],
      explanation: {
        reason: 'EXTENDED',
        inputs: { day: '2026-07-01', toDay: '2026-07-31', points: '40', reason: 'goodwill' },
      },
    });
    const monthly = extended(expiry, balance, { points: 5n, days: 1 }, { period: 'month' });
    expect(monthly).toMatchObject({
      movements: [{ ...whole, points: 5n, toLot: lot('2026-08-01') }],
    });
  });

  it('is refused beyond what the program allows and the lot holds', () => {
    const notAllowed = { code: 'EXTENSION_NOT_ALLOWED', field: 'data.days' };
    expect(extended(expiry, balance, { days: 31 })).toEqual(notAllowed);
    expect(extended({ kind: 'never' }, balance, { days: 1 })).toEqual(notAllowed);
    const expired = { code: 'LOT_EXPIRED', field: 'data.lot' };
    expect(extended(expiry, balance, { lot: lot('2026-06-15') })).toEqual(expired);
    const tooFew = { code: 'INSUFFICIENT_POINTS', field: 'data.points' };
    expect(extended(expiry, balance, { points: 41n })).toEqual(tooFew);
    expect(extended(expiry, balance, { lot: lot('2026-09-01') })).toEqual(tooFew);
    const never = { code: 'EXTENSION_NOT_ALLOWED', field: 'data.lot' };
    const endless = balanceOf({ '2099-12-31': 5n });
    expect(extended(expiry, endless, { lot: lot('2099-12-31') })).toEqual(never);
  });
});

describe('an extension where inactivity ends points', () => {
  const expiry = { kind: 'inactivity', months: 18, extendDays: 90 };
  const balance = { ...balanceOf({ '2099-12-31': 40n }), activeUntil: july };

  it('moves the day, and no points', () => {
    expect(extended(expiry, balance, { days: 90 })).toMatchObject({
      movements: [],
      activeUntil: [{ unit: 'PTS', until: lot('2026-09-29') }],
    });
  });

  it('is refused for another day than the one that is set', () => {
    const notAllowed = { code: 'EXTENSION_NOT_ALLOWED', field: 'data.lot' };
    expect(extended(expiry, balance, { lot: lot('2026-08-01') })).toEqual(notAllowed);
    expect(extended(expiry, balanceOf({ '2099-12-31': 4n }), {})).toEqual(notAllowed);
  });
});
