import { expect, it } from 'vitest';
import { replayDays } from '../../../../../infra/cli/webhooks/replay-days.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const at = (text: string) => instantOf(Date.parse(text));

it('parts a period into days, without a gap', () => {
  const days = replayDays(at('2026-06-01T06:00:00Z'), at('2026-06-03T07:00:00Z'));
  expect(days).toEqual([
    { from: '2026-06-01T06:00:00.000Z', to: '2026-06-02T06:00:00.000Z' },
    { from: '2026-06-02T06:00:00.000Z', to: '2026-06-03T06:00:00.000Z' },
    { from: '2026-06-03T06:00:00.000Z', to: '2026-06-03T07:00:00.000Z' },
  ]);
});

it('has no part of a period that ends before it begins', () => {
  expect(replayDays(at('2026-06-02T00:00:00Z'), at('2026-06-01T00:00:00Z'))).toEqual([]);
});
