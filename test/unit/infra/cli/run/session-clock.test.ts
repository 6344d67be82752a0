import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SessionClock } from '../../../../../infra/cli/run/session-clock.ts';
import { readRemembered } from '../../../../../infra/cli/state.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { temporaryFolder } from '../../../../support/guerdon.ts';

const asOf = instantOf(Date.UTC(2026, 2, 2));
const later = (ms: number) => instantOf(asOf + ms);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('starts where the state has been, or at the present where that is later', () => {
  expect(new SessionClock(asOf).offsetMs).toBe(asOf - Date.now());
  expect(new SessionClock(asOf, later(-5)).offsetMs).toBe(asOf - Date.now());
  expect(new SessionClock(asOf, later(5000)).offsetMs).toBe(asOf + 5000 - Date.now());
});

it('runs with the machine and never back', () => {
  let machineMs = 1_000_000;
  const clock = new SessionClock(asOf, undefined, () => machineMs);
  machineMs += 700;
  expect(clock.latest()).toBe(later(700));
  machineMs -= 500;
  expect(clock.latest()).toBe(later(700));
});

it('is noted every second, so that a run after a kill goes on from there', async () => {
  const folder = await temporaryFolder();
  const stop = new SessionClock(asOf).keepIn(folder, { program: 'p', asOf });
  expect(readRemembered(folder)).toEqual({ program: 'p', asOf, clock: asOf });
  vi.advanceTimersByTime(90_500);
  const seen = readRemembered(folder)?.clock;
  expect(readRemembered(folder)).toEqual({ program: 'p', asOf, clock: later(90_000) });
  expect(new SessionClock(asOf, seen).offsetMs).toBe(asOf + 90_000 - Date.now());
  stop();
  expect(readRemembered(folder)?.clock).toBe(later(90_500));
  vi.advanceTimersByTime(5000);
  expect(readRemembered(folder)?.clock).toBe(later(90_500));
});
