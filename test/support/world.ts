import { systemDigest } from '../../shared/adapters/crypto.ts';
import { createMemoryCatalogue } from '../../shared/adapters/memory/catalogue-store.ts';
import { createMemoryChoiceStore } from '../../shared/adapters/memory/choice-store.ts';
import { createMemoryCodeStore } from '../../shared/adapters/memory/code-store.ts';
import { createMemoryLedgerStore } from '../../shared/adapters/memory/ledger-store.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemoryPayoutStore } from '../../shared/adapters/memory/payout-store.ts';
import { createMemoryProgramStore } from '../../shared/adapters/memory/program-store.ts';
import { createMemoryProviderHealthStore } from '../../shared/adapters/memory/provider-health.ts';
import { createMemoryQuoteStore } from '../../shared/adapters/memory/quote-store.ts';
import { createMemoryRateStore } from '../../shared/adapters/memory/rate-store.ts';
import { createMemoryRedemptionStore } from '../../shared/adapters/memory/redemption-store.ts';
import { createMemoryWebhookMemory } from '../../shared/adapters/memory/webhook-memory.ts';
import type { AccrueDependencies } from '../../shared/app/booking/accrue.ts';
import type { CheckDependencies } from '../../shared/app/dispatch/check.ts';
import type { DispatchDependencies } from '../../shared/app/dispatch/dispatch-task.ts';
import type { WebhookHintDependencies } from '../../shared/app/dispatch/heed-webhook.ts';
import { createProviderGate } from '../../shared/app/dispatch/provider-gate.ts';
import type { WebhookDependencies } from '../../shared/app/dispatch/receive-webhook.ts';
import type { RedeemDependencies } from '../../shared/app/redemption/redeem.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { sinceEver } from '../../shared/domain/program/version.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { addMs, type Instant, instantOf } from '../../shared/domain/time.ts';
import type { CatalogueStore } from '../../shared/ports/offers.ts';
import type { PayoutStore } from '../../shared/ports/payouts.ts';
import type { ProviderHealthStore } from '../../shared/ports/provider-health.ts';
import type { RateStore } from '../../shared/ports/rates.ts';
import type { Logger, PublishedEvent } from '../../shared/ports/runtime.ts';
import type { SealContext, Sealer } from '../../shared/ports/sealing.ts';
import { Inbox } from './inbox.ts';
import { sampleProgram } from './sample-program.ts';
import { ScriptedProvider } from './scripted-provider.ts';

export type Dependencies = DispatchDependencies &
  CheckDependencies &
  WebhookHintDependencies &
  WebhookDependencies &
  RedeemDependencies &
  AccrueDependencies & {
    readonly catalogue: CatalogueStore;
    readonly rates: RateStore;
    readonly health: ProviderHealthStore;
    readonly payouts: PayoutStore;
  };

/** Everything the use cases need, in memory, with a clock that only a test moves. */
export interface World {
  readonly table: MemoryTable;
  readonly clock: TestClock;
  readonly inbox: Inbox;
  readonly logged: string[];
  readonly published: PublishedEvent[];
  readonly provider: ScriptedProvider;
  readonly program: Program;
  readonly dependencies: Dependencies;
}

export class TestClock {
  #now: Instant;

  constructor(start: string) {
    this.#now = instantOf(Date.parse(start));
  }

  now(): Instant {
    return this.#now;
  }

  advance(durationMs: number): void {
    this.#now = addMs(this.#now, durationMs);
  }

  /** Moves on to `instant`; never back. */
  reach(instant: Instant): void {
    if (instant > this.#now) this.#now = instant;
  }
}

/** Longer than any call in these tests, shorter than a message's wait for its redelivery. */
export const callBudgetMs = 30_000;

/** `others` stand beside the first provider, each with a queue of its own. */
export function createWorld(
  program: Program = sampleProgram(),
  start = '2026-06-15T12:00:00Z',
  others: readonly ScriptedProvider[] = [],
): World {
  const table = new MemoryTable();
  const clock = new TestClock(start);
  const inbox = new Inbox(clock);
  const logged: string[] = [];
  const published: PublishedEvent[] = [];
  const provider = others.find(({ name }) => name === 'tremendous') ?? new ScriptedProvider();
  const providers = new Map([provider, ...others].map((each) => [each.name, each]));
  table.programs.set(program.program, [{ from: sinceEver, program }]);
  const logger = loggerInto(logged);
  const health = createMemoryProviderHealthStore(table);
  const sleeper = { sleep: async (durationMs: number) => clock.advance(durationMs) };
  const gate = createProviderGate({
    ...{ clock, health, logger, sleeper, requestsPerMinute: new Map() },
  });
  const dependencies: Dependencies = {
    ...{ clock, gate, health, logger, providers, digest: systemDigest, sealer: bindingSealer },
    ...storesOf(table),
    capabilities: new Map([...providers].map(([name, each]) => [name, each.capabilities])),
    providerNames: [...providers.keys()],
    dispatchQueues: new Map([...providers.keys()].map((name) => [name, inbox.queue('dispatch')])),
    checkQueue: inbox.queue('check'),
    settleQueue: inbox.queue('settle'),
    publisher: {
      async publish(events) {
        published.push(...events);
      },
    },
    callBudgetMs,
  };
  return { table, clock, inbox, logged, published, provider, program, dependencies };
}

function storesOf(table: MemoryTable) {
  return {
    ledger: createMemoryLedgerStore(table),
    redemptions: createMemoryRedemptionStore(table),
    programs: createMemoryProgramStore(table),
    rates: createMemoryRateStore(table),
    codes: createMemoryCodeStore(table),
    catalogue: createMemoryCatalogue(),
    choices: createMemoryChoiceStore(),
    quotes: createMemoryQuoteStore(),
    contacts: { read: async () => undefined },
    payouts: createMemoryPayoutStore(table),
    webhooks: createMemoryWebhookMemory(table),
  };
}

function loggerInto(logged: string[]): Logger {
  const write = (code: string, fields: unknown = {}) => {
    logged.push(`${code} ${JSON.stringify(fields)}`);
  };
  return { info: write, warn: write, error: write };
}

/** No cipher, but bound to its place as the real one is: it opens nowhere else. */
export const bindingSealer: Sealer = {
  async seal(context, value) {
    const text = JSON.stringify([placeOf(context), value.reveal()]);
    return Buffer.from(text).toString('base64url');
  },
  async open(context, sealed) {
    const [place, value] = JSON.parse(Buffer.from(sealed, 'base64url').toString());
    if (place !== placeOf(context)) throw new Error('Sealed for another place.');
    return new Secret(value);
  },
};

function placeOf({ program, redemption, field }: SealContext): string {
  return [program, redemption, field].join('|');
}
