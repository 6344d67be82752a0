import { expect, test } from 'vitest';
import { readPostedBy } from '../../../../../infra/cli/run/as-of.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const at = (text: string) => instantOf(Date.parse(text));
const present = { asOf: at('2026-04-12T00:00:00Z'), clock: at('2026-04-12T00:03:20Z') };

test.each([
  ['2026-04-10', '2026-04-10T21:59:59.999Z'],
  ['2026-04-12', '2026-04-12T21:59:59.999Z'],
  ['2026-04-11T12:00:00Z', '2026-04-11T12:00:00Z'],
  ['2026-04-11T23:59:59.999Z', '2026-04-11T23:59:59.999Z'],
  ['2026-04-12T00:00:00Z', '2026-04-12T00:03:20Z'],
  ['2026-04-12T00:03:21Z', '2026-04-12T00:03:21Z'],
])('what is posted by %s is posted by %s', (text, last) => {
  expect(readPostedBy(text, 'Europe/Berlin', present)).toBe(at(last));
});

test('neither a date nor an instant is refused by name', () => {
  expect(() => readPostedBy('yesterday', 'UTC', present)).toThrow('--as-of yesterday is neither');
});
