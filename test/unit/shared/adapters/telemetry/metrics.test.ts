import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../../../shared/adapters/telemetry/metrics.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

describe('metrics', () => {
  it('are lines in the embedded metric format, with nothing of a tenant as a dimension', () => {
    const lines: string[] = [];
    const clock = { now: () => instantOf(1_700_000_000_000) };
    const metrics = createMetrics({ clock, write: (line) => lines.push(line) });
    metrics.writeUnits({ operation: 'capture', units: 5, count: 1, subject: 'redemption' });
    metrics.writeUnits({ operation: 'earn', units: 8, count: 3 });
    expect(lines.every((line) => /^\{[^\n]*\}\n$/.test(line))).toBe(true);
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(first).toEqual({
      metric: 'writeUnits',
      operation: 'capture',
      units: 5,
      count: 1,
      subject: 'redemption',
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Guerdon',
            Dimensions: [['metric', 'operation']],
            Metrics: [
              { Name: 'units', Unit: 'Count' },
              { Name: 'count', Unit: 'Count' },
            ],
          },
        ],
      },
    });
    expect(second).not.toHaveProperty('subject');
    for (const name of first._aws.CloudWatchMetrics[0].Dimensions[0]) {
      expect(first[name]).toEqual(expect.any(String));
    }
  });

  it('name the figures that are there, and no other', () => {
    const lines: string[] = [];
    const clock = { now: () => instantOf(1_700_000_000_000) };
    const metrics = createMetrics({ clock, write: (line) => lines.push(line) });
    metrics.rates({ source: 'ecb', ageDays: 3, quarantined: 1 });
    metrics.rates({ source: 'ecb', quarantined: 0 });
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ metric: 'rates', source: 'ecb', ageDays: 3, quarantined: 1 });
    expect(first._aws.CloudWatchMetrics[0].Dimensions).toEqual([['metric', 'source']]);
    const names = (line: typeof first) =>
      line._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name);
    expect(names(first)).toEqual(['ageDays', 'quarantined']);
    expect(names(second)).toEqual(['quarantined']);
  });
});
