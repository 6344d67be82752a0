import { describe, expect, it } from 'vitest';
import { decodeBase64url, systemDigest } from '../../../../shared/adapters/crypto.ts';
import {
  createClock,
  systemRandomness,
  systemSleeper,
} from '../../../../shared/adapters/system.ts';

describe('the clock', () => {
  it('moves on the local stage only', () => {
    const dayMs = 86_400_000;
    const moved = createClock({ stage: 'local', offsetMs: () => -dayMs }).now();
    const real = createClock({ stage: 'production', offsetMs: () => 0 }).now();
    expect(real - moved).toBeGreaterThanOrEqual(dayMs);
    expect(Number.isInteger(real)).toBe(true);
    expect(() => createClock({ stage: 'production', offsetMs: () => 1 })).toThrow('local stage');
    expect(() => createClock({ stage: 'local', offsetMs: () => 0.5 })).toThrow(RangeError);
    expect(() => createClock({ stage: 'local', offsetMs: () => Number.NaN })).toThrow(RangeError);
  });
});

describe('the machine', () => {
  it('gives fractions in [0, 1) that differ', async () => {
    await systemSleeper.sleep(0);
    const numbers = Array.from({ length: 100 }, () => systemRandomness.next());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(numbers).size).toBe(100);
  });

  it('hashes texts as UTF-8', () => {
    // Known answers: sha256sum of the empty text and of "é" (bytes c3 a9).
    expect(systemDigest.sha256Hex('')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(systemDigest.sha256Hex('é')).toBe(
      '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c',
    );
    expect(systemDigest.sha256Short('')).toBe('47DEQpj8HBSa-_TImW-5JC');
  });

  it('reads one spelling of base64url only', () => {
    expect(decodeBase64url('AA')).toEqual(Buffer.from([0]));
    for (const text of ['AB', 'AA==', 'A', 'A A', '+A', '/A']) {
      expect(decodeBase64url(text)).toBeUndefined();
    }
  });
});
