import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptReference,
  isRedemptionId,
  parseReference,
  redemptionId,
  redemptionSeed,
} from '../../../../../shared/domain/redemption/reference.ts';

function idFor(program: string, caller: string, idempotencyKey: string): string {
  const seed = redemptionSeed({ program, caller, idempotencyKey });
  return redemptionId(createHash('sha256').update(seed).digest('hex'));
}

describe('a redemption id', () => {
  it('is a version 8 UUID with a last byte of zero', () => {
    const hash = '0123456789abcdef'.repeat(4);
    expect(redemptionId(hash)).toBe('01234567-89ab-8def-8123-456789abcd00');
    expect(redemptionId('f'.repeat(64))).toBe('ffffffff-ffff-8fff-bfff-ffffffffff00');
    expect(() => redemptionId('abc')).toThrow(TypeError);
  });

  it('is the same for the same request and no other', () => {
    expect(idFor('p', 'ann', 'k1')).toBe(idFor('p', 'ann', 'k1'));
    const others = [
      idFor('p', 'ann', 'k1'),
      idFor('p', 'ann', 'k2'),
      idFor('p', 'bob', 'k1'),
      idFor('q', 'ann', 'k1'),
      idFor('p', 'ann","k1', ''),
      idFor('p","ann', 'k1', ''),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});

describe('a reference', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

  it('is the redemption with the attempt as its last byte', () => {
    const redemption = redemptionId('0123456789abcdef'.repeat(4));
    expect(attemptReference(redemption, 1)).toBe('01234567-89ab-8def-8123-456789abcd01');
    expect(attemptReference(redemption, 255)).toBe('01234567-89ab-8def-8123-456789abcdff');
    for (const attempt of [0, 256, -1]) {
      expect(() => attemptReference(redemption, attempt)).toThrow(RangeError);
    }
  });

  it('leads back to the redemption and the attempt', () => {
    const property = fc.property(hash, fc.integer({ min: 1, max: 255 }), (sha, attempt) => {
      const redemption = redemptionId(sha);
      expect(isRedemptionId(redemption)).toBe(true);
      const reference = attemptReference(redemption, attempt);
      expect(isRedemptionId(reference)).toBe(false);
      expect(parseReference(reference)).toEqual({ redemption, attempt });
    });
    fc.assert(property);
  });

  it.each([
    '',
    'order-1',
    '01234567-89ab-8def-8123-456789abcd00',
    '01234567-89ab-4def-8123-456789abcd01',
    '01234567-89ab-8def-7123-456789abcd01',
    '01234567-89AB-8DEF-8123-456789ABCD01',
    '01234567-89ab-8def-8123-456789abcd01 ',
  ])('of somebody else is none: %j', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});
