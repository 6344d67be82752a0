import { payPalPayoutsAdapter } from './paypal-payouts.ts';
import type { ProviderAdapter } from './registry.ts';
import { wiseAdapter } from './wise.ts';

/** Of those that pay money out: apart, for few functions have room for all adapters. */
export const payoutAdapters: ReadonlyMap<string, ProviderAdapter> = new Map(
  [wiseAdapter, payPalPayoutsAdapter].map((adapter) => [adapter.name, adapter]),
);
