import { systemSleeper } from '../../shared/adapters/system.ts';
import { createProviderGate, type ProviderGate } from '../../shared/app/dispatch/provider-gate.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';
import { composeHealth } from './stores.ts';

/** One for each instance: it keeps turns that were leased, and what is known of breakers. */
export function composeGate(runtime: Runtime): ProviderGate {
  const { PROVIDER_REQUESTS_PER_MINUTE } = readEnvironment('PROVIDER_REQUESTS_PER_MINUTE');
  const requestsPerMinute = new Map(Object.entries(PROVIDER_REQUESTS_PER_MINUTE));
  const health = composeHealth(runtime);
  return createProviderGate({ ...runtime, health, sleeper: systemSleeper, requestsPerMinute });
}
