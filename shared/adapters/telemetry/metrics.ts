import type { Clock, Metrics } from '../../ports/runtime.ts';
import { type WriteLine, writeToStdout } from './logger.ts';

/**
 * One combination of dimensions is one custom metric at $0.30 a month: 11 operations × 2 figures.
 * A program or member as a dimension would multiply that, so they never are.
 */
const dimensions = [['metric', 'operation']];
const figures = [
  { Name: 'units', Unit: 'Count' },
  { Name: 'count', Unit: 'Count' },
];

/**
 * Writes metrics as JSON lines in CloudWatch's embedded metric format, namespace `Guerdon`:
 * `{"metric":"writeUnits","operation","units","count","subject"?, "_aws"}`.
 */
export function createMetrics(settings: {
  readonly clock: Clock;
  readonly write?: WriteLine;
}): Metrics {
  const { clock, write = writeToStdout } = settings;
  return {
    writeUnits({ operation, units, count, subject }) {
      const line = {
        metric: 'writeUnits',
        operation,
        units,
        count,
        ...(subject !== undefined && { subject }),
        _aws: {
          Timestamp: clock.now(),
          CloudWatchMetrics: [{ Namespace: 'Guerdon', Dimensions: dimensions, Metrics: figures }],
        },
      };
      write(`${JSON.stringify(line)}\n`);
    },
  };
}
