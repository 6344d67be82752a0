import { createCatalogueStore } from '../../shared/adapters/dynamodb/catalogue-store.ts';
import { createCodeStore } from '../../shared/adapters/dynamodb/code-store.ts';
import { createLedgerStore } from '../../shared/adapters/dynamodb/ledger-store.ts';
import { createPayoutStore } from '../../shared/adapters/dynamodb/payout-store.ts';
import { createProgramStore } from '../../shared/adapters/dynamodb/program-store.ts';
import { createProjectionStore } from '../../shared/adapters/dynamodb/projection-store.ts';
import { createProviderHealthStore } from '../../shared/adapters/dynamodb/provider-health.ts';
import { createQuoteStore } from '../../shared/adapters/dynamodb/quote-store.ts';
import { createRateReader } from '../../shared/adapters/dynamodb/rate-reader.ts';
import { createRateStore } from '../../shared/adapters/dynamodb/rate-store.ts';
import { createRedemptionStore } from '../../shared/adapters/dynamodb/redemption-store.ts';
import { createSubscriptionStore } from '../../shared/adapters/dynamodb/subscription-store.ts';
import { createWebhookMemory } from '../../shared/adapters/dynamodb/webhook-memory.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import type { CatalogueStore, QuoteStore } from '../../shared/ports/offers.ts';
import type { PayoutStore } from '../../shared/ports/payouts.ts';
import type { ProviderHealthStore, WebhookMemory } from '../../shared/ports/provider-health.ts';
import type { RateReader, RateStore } from '../../shared/ports/rates.ts';
import type {
  CodeStore,
  ProgramStore,
  ProjectionStore,
  RedemptionStore,
} from '../../shared/ports/stores.ts';
import type { SubscriptionStore } from '../../shared/ports/webhooks.ts';
import { cachePrograms } from './program-cache.ts';
import { cacheRates } from './rate-cache.ts';
import type { Runtime } from './runtime.ts';
import { composeTable } from './table.ts';

export interface LedgerStores {
  readonly ledger: LedgerStore;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  readonly rates: RateReader;
}

export function composeLedger(runtime: Runtime): LedgerStores {
  const table = composeTable(runtime);
  return {
    ledger: createLedgerStore(table),
    redemptions: createRedemptionStore(table),
    programs: cachePrograms(createProgramStore(table), runtime.clock),
    rates: cacheRates(createRateReader(table), runtime.clock),
  };
}

/** Sealed codes: only functions whose role reaches their partitions compose this. */
export function composeCodes(runtime: Runtime): CodeStore {
  return createCodeStore(composeTable(runtime));
}

/** Rates as they stand in the table, for whoever adds to them. */
export function composeRates(runtime: Runtime): RateStore {
  return createRateStore(composeTable(runtime));
}

export function composeProjections(runtime: Runtime): ProjectionStore {
  return createProjectionStore(composeTable(runtime));
}

/** What is sold, and what was promised of it. */
export function composeOffers(runtime: Runtime): {
  readonly catalogue: CatalogueStore;
  readonly quotes: QuoteStore;
} {
  const table = composeTable(runtime);
  return { catalogue: createCatalogueStore(table), quotes: createQuoteStore(table) };
}

export function composeHealth(runtime: Runtime): ProviderHealthStore {
  return createProviderHealthStore(composeTable(runtime));
}

export function composeWebhookMemory(runtime: Runtime): WebhookMemory {
  return createWebhookMemory(composeTable(runtime));
}

export function composeSubscriptions(runtime: Runtime): SubscriptionStore {
  return createSubscriptionStore(composeTable(runtime));
}

export function composePayouts(runtime: Runtime): PayoutStore {
  return createPayoutStore(composeTable(runtime));
}
