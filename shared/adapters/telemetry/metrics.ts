import type { Clock, FloatMetrics, Metrics, RateMetrics } from '../../ports/runtime.ts';
import { type WriteLine, writeToStdout } from './logger.ts';

/** The alarms of the stacks name it too. */
export const metricNamespace = 'Guerdon';

/**
 * One combination of dimensions is one custom metric at $0.30 a month: 12 operations × 2 figures.
 * A program or member as a dimension would multiply that, so they never are.
 */
const writeUnits = ['metric', 'operation'];
const rates = ['metric', 'source'];
const floats = ['metric', 'provider', 'currency'];

/**
 * Writes metrics as JSON lines in CloudWatch's embedded metric format:
 * `{"metric":"writeUnits","operation","subject"?,"units","count","_aws"}`,
 * `{"metric":"rates","source","ageDays"?,"quarantined","_aws"}` and
 * `{"metric":"float","provider","currency","daysLeft","_aws"}`.
 */
export function createMetrics(settings: {
  readonly clock: Clock;
  readonly write?: WriteLine;
}): Metrics & RateMetrics & FloatMetrics {
  const { clock, write = writeToStdout } = settings;
  const print = (
    dimensions: readonly string[],
    texts: Readonly<Record<string, string>>,
    figures: Readonly<Record<string, number>>,
  ) => {
    const Metrics = Object.keys(figures).map((Name) => ({ Name, Unit: 'Count' }));
    const CloudWatchMetrics = [{ Namespace: metricNamespace, Dimensions: [dimensions], Metrics }];
    const _aws = { Timestamp: clock.now(), CloudWatchMetrics };
    write(`${JSON.stringify({ ...texts, ...figures, _aws })}\n`);
  };
  return {
    writeUnits({ operation, units, count, subject }) {
      const told = subject === undefined ? {} : { subject };
      print(writeUnits, { metric: 'writeUnits', operation, ...told }, { units, count });
    },

    rates({ source, ageDays, quarantined }) {
      const told = ageDays === undefined ? {} : { ageDays };
      print(rates, { metric: 'rates', source }, { ...told, quarantined });
    },

    float({ provider, currency, daysLeft }) {
      print(floats, { metric: 'float', provider, currency }, { daysLeft });
    },
  };
}
