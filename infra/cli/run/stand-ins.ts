import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fromWireReference } from '../../../shared/adapters/providers/tango/request.ts';
import type { AnswerHook } from '../../../test/providers/fake/common/server.ts';
import { startFakeReloadly } from '../../../test/providers/fake/reloadly.ts';
import { startFakeRuna } from '../../../test/providers/fake/runa.ts';
import { startFakeTango } from '../../../test/providers/fake/tango.ts';
import { type FaultRates, startFakeTremendous } from '../../../test/providers/fake/tremendous.ts';
import { startPayoutStandIns } from './payout-stand-ins.ts';

export interface StandInOrder {
  readonly id: string;
  /** What we called it. */
  readonly reference: string;
  /** In the provider's own words. */
  readonly status: string;
  /** Codes and links that open its reward. */
  readonly rewards: readonly string[];
}

/** One provider's stand-in, as a session uses it. */
export interface StandIn {
  readonly name: string;
  readonly baseUrl: string;
  /** What the account's secret holds. */
  readonly secret: Readonly<Record<string, unknown>>;
  setWebhookUrl(url: string): void;
  /** By names of the provider's own; those that it does not know mean nothing to it. */
  setFaults(rates: Readonly<Record<string, number>>): void;
  /** Rewrites answers after their effect. */
  setAnswerHook(hook: AnswerHook | undefined): void;
  /** How often each fault has struck. */
  counters(): Readonly<Record<string, number>>;
  /** Cards and links that are paid for and not taken back. */
  rewardsIssued(): number;
  /** Every order, as its books have it. */
  orders(): readonly StandInOrder[];
  /** Ends an order that it is still thinking about, or undoes it, and tells by webhook. */
  decide(order: StandInOrder, fate: 'delivered' | 'failed'): void;
  /** Takes back what was paid, and tells nobody. */
  reverse?(order: StandInOrder): void;
  isIdle(): boolean;
  close(): Promise<void>;
}

export interface StandInSettings {
  /** Where each keeps its books. */
  readonly folder: string;
  readonly seed: number;
  readonly faults?: FaultRates;
  /** The clock of the session: what is signed and listed has its times. */
  readonly nowMs: () => number;
  /** Of the vendors' real limits; without it they are practically off. */
  readonly rateLimitFactor?: number;
  /** How long they think about an order that is pending; `never`: until they are told. */
  readonly pendingMs?: number | 'never';
}

/** What every stand-in is started with. */
export interface StandInCommons extends Pick<StandInSettings, 'seed' | 'faults' | 'pendingMs'> {
  readonly stateFile: string;
}

/** Stand-ins of every provider that a region may enable, on loopback addresses. */
export async function startStandIns(settings: StandInSettings): Promise<readonly StandIn[]> {
  const { folder, seed, faults, nowMs, pendingMs, rateLimitFactor } = settings;
  const common = (file: string): StandInCommons => ({
    ...{ seed, stateFile: join(folder, file) },
    ...(faults && { faults }),
    ...(pendingMs !== undefined && { pendingMs }),
  });
  const limited = rateLimitFactor === undefined ? {} : { rateLimitFactor };
  const perSecond =
    rateLimitFactor === undefined ? {} : { requestsPerSecond: 10 * rateLimitFactor };
  const apiKey = `TEST_${randomBytes(16).toString('hex')}`;
  const webhookKey = randomBytes(16).toString('hex');
  const [payingOut, tremendous, runa, tango, reloadly] = await Promise.all([
    startPayoutStandIns(common, settings),
    startFakeTremendous({
      ...common('provider-orders.jsonl'),
      ...{ apiKey, webhookKey, ...perSecond },
    }),
    startFakeRuna({ ...common('runa-orders.jsonl'), ...limited, now: () => new Date(nowMs()) }),
    startFakeTango({ ...common('tango-orders.jsonl'), ...limited, nowMs }),
    startFakeReloadly({ ...common('reloadly-orders.jsonl'), ...perSecond, now: nowMs }),
  ]);
  const ofTremendous = { baseUrl: tremendous.baseUrl, apiKey, webhookKey };
  return [
    {
      ...{ ...tremendous, name: 'tremendous', secret: ofTremendous },
      orders: () =>
        tremendous.orders().map(({ externalId, links, ...order }) => {
          return { ...order, reference: externalId ?? '', rewards: links };
        }),
      decide: ({ id }, fate) => tremendous.decide(id, fate === 'failed' ? 'FAILED' : 'EXECUTED'),
    },
    {
      ...{ ...runa, name: 'runa' },
      orders: () => runa.orders().map(({ links, ...order }) => ({ ...order, rewards: links })),
      decide: ({ id }, fate) => runa.decide(id, fate === 'failed' ? 'FAILED' : 'COMPLETED'),
    },
    {
      ...{ ...tango, name: 'tango' },
      orders: () =>
        tango.orders().map(({ externalRefId, ...order }) => {
          return { ...order, reference: fromWireReference(externalRefId ?? '') ?? '' };
        }),
      decide: ({ id }, fate) => tango.decide(id, fate === 'failed' ? 'FAILED' : 'COMPLETE'),
    },
    {
      ...{ ...reloadly, name: 'reloadly' },
      orders: () =>
        reloadly.orders().map(({ externalId, ...order }) => {
          return { ...order, reference: externalId ?? '' };
        }),
      decide: ({ reference }, fate) =>
        reloadly.decide(reference, fate === 'failed' ? 'FAILED' : 'SUCCESSFUL'),
    },
    ...payingOut,
  ];
}
