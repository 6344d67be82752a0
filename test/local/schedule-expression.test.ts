import { expect, it } from 'vitest';
import { readTiming } from '../../infra/local/event-sources/schedule-expression.ts';

function isDue(expression: string, minute: string, timeZone = 'UTC'): boolean {
  const timing = readTiming(expression, timeZone, 'Here');
  return timing.kind === 'cron' && timing.isDue(new Date(minute));
}

it('reads rates', () => {
  expect(readTiming('rate(15 minutes)', 'UTC', 'Here')).toEqual({
    kind: 'every',
    everyMs: 900_000,
  });
  expect(readTiming('rate(1 day)', 'UTC', 'Here')).toEqual({ kind: 'every', everyMs: 86_400_000 });
});

it.each([
  ['cron(0 6 * * ? *)', '2026-11-22T06:00:00Z', true],
  ['cron(0 6 * * ? *)', '2026-11-22T06:01:00Z', false],
  ['cron(*/20 * * * ? *)', '2026-11-22T06:40:00Z', true],
  ['cron(5/20 * * * ? *)', '2026-11-22T06:45:00Z', true],
  ['cron(0 0 ? * MON-FRI *)', '2026-11-22T00:00:00Z', false],
  ['cron(0 0 ? * SUN,7 *)', '2026-11-22T00:00:00Z', true],
  ['cron(0 0 1 JAN,NOV ? 2026)', '2026-11-01T00:00:00Z', true],
])('%s is due at %s: %j', (expression, minute, due) => {
  expect(isDue(expression, minute)).toBe(due);
});

it.each([
  ['2026-07-01T14:15:00Z', true],
  ['2026-07-01T16:15:00Z', true],
  ['2026-07-01T13:15:00Z', false],
  ['2026-12-01T15:15:00Z', true],
  ['2026-12-01T14:15:00Z', false],
  // A Friday in Berlin that is a Saturday further east.
  ['2026-12-04T21:15:00Z', true],
  ['2026-12-05T15:15:00Z', false],
])('an evening in Berlin is at %s: %j', (minute, due) => {
  expect(isDue('cron(15 16-22 ? * MON-FRI *)', minute, 'Europe/Berlin')).toBe(due);
});

it.each([
  ['at(2026-01-01T00:00:00)', 'UTC'],
  ['rate(0 minutes)', 'UTC'],
  ['cron(0 6 * * ?)', 'UTC'],
  ['cron(0 6 L * ? *)', 'UTC'],
  ['cron(0 25 * * ? *)', 'UTC'],
  ['cron(0 6 ? * MON#2 *)', 'UTC'],
  ['cron(0 6 * * ? *)', 'Europe/Atlantis'],
])('%s in %s is not understood', (expression, timeZone) => {
  expect(() => readTiming(expression, timeZone, 'Here')).toThrow('not understood');
});
