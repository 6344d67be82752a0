import { systemDigest } from '../../shared/adapters/crypto.ts';
import { createClock } from '../../shared/adapters/system.ts';
import { createLogger } from '../../shared/adapters/telemetry/logger.ts';
import { createMetrics } from '../../shared/adapters/telemetry/metrics.ts';
import type {
  Clock,
  Digest,
  FloatMetrics,
  Logger,
  Metrics,
  RateMetrics,
} from '../../shared/ports/runtime.ts';
import { readEnvironment } from './environment.ts';

/** What every function has. */
export interface Runtime {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly metrics: Metrics & RateMetrics & FloatMetrics;
}

/** Throws on a malformed environment, so that a wrong deployment fails at its first start. */
export function composeRuntime(functionName: string): Runtime {
  const { STAGE } = readEnvironment('STAGE');
  const offsetMs = () => readEnvironment('CLOCK_OFFSET_MS').CLOCK_OFFSET_MS;
  const clock = createClock({ stage: STAGE, offsetMs });
  return {
    clock,
    digest: systemDigest,
    logger: createLogger({ base: { function: functionName } }),
    metrics: createMetrics({ clock }),
  };
}
