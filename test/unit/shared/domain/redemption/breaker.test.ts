import { describe, expect, it } from 'vitest';
import {
  afterCall,
  type BreakerState,
  closedBreaker,
  failuresToOpen,
  isShut,
  trying,
} from '../../../../../shared/domain/redemption/breaker.ts';
import { addMs, instantOf } from '../../../../../shared/domain/time.ts';

const now = instantOf(1_000_000);
const secondMs = 1000;

const failed = (breaker: BreakerState, failures: number) =>
  afterCall(breaker, 'failed', { failures, now });

describe('a breaker', () => {
  it('opens with so many failures in a row, for half a minute', () => {
    expect(failed(closedBreaker, failuresToOpen - 1)).toBe(closedBreaker);
    const open = failed(closedBreaker, failuresToOpen);
    expect(open).toEqual({
      ...{ state: 'open', failures: failuresToOpen, openUntil: now + 30 * secondMs },
    });
    expect(isShut(open, addMs(now, 30 * secondMs - 1))).toBe(true);
    expect(isShut(open, addMs(now, 30 * secondMs))).toBe(false);
  });

  it('opens at once where a person must correct something', () => {
    const open = afterCall(closedBreaker, 'misconfigured', { failures: 1, now });
    expect(open).toMatchObject({ state: 'open', openUntil: now + 300 * secondMs });
  });

  it('lets one try, and stays shut twice as long each time it fails, ten minutes at most', () => {
    let breaker = failed(closedBreaker, failuresToOpen);
    const waits = Array.from({ length: 6 }, () => {
      const tried = trying(breaker, now);
      expect(isShut(tried, now)).toBe(true);
      breaker = failed(tried, 1);
      return (breaker.openUntil - now) / secondMs;
    });
    expect(waits).toEqual([60, 120, 240, 480, 600, 600]);
    expect(afterCall(trying(breaker, now), 'answered', { failures: 0, now })).toBe(closedBreaker);
  });

  it('is not opened for less than it is already', () => {
    const open = afterCall(closedBreaker, 'misconfigured', { failures: 1, now });
    expect(failed(open, failuresToOpen)).toBe(open);
  });
});
