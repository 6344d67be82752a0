import type { OrderKind } from '../../domain/catalogue/product.ts';
import {
  historyOf,
  type RedemptionFacts,
  type RedemptionStatus,
  statusOf,
} from '../../domain/redemption/status.ts';
import { formatInstant } from '../../domain/time.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import { promisedByOf } from './promised-by.ts';

export interface RedemptionView {
  readonly redemption: string;
  readonly status: RedemptionStatus;
  readonly history: readonly { readonly status: RedemptionStatus; readonly at: string }[];
  readonly rewardId: string;
  readonly rewardName: string;
  readonly kind: OrderKind;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly country: string;
  readonly unit: string;
  readonly points: bigint;
  readonly promisedBy: string;
  /** What the merchant collects; `paid` once it has. */
  readonly cash?: {
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly paid: boolean;
  };
  readonly quote?: string;
}

export function redemptionView(record: RedemptionRecord): RedemptionView {
  const { hold, payment } = record;
  const { redemption, rewardId, amountMinor, currency, country, unit, points, terms } = hold;
  const facts = factsOf(record);
  return {
    ...{ redemption, status: statusOf(facts) },
    history: historyOf(facts).map(({ status, at }) => ({ status, at: formatInstant(at) })),
    ...{ rewardId, rewardName: terms.rewardName, kind: terms.kind },
    ...{ amountMinor, currency, country, unit, points },
    promisedBy: formatInstant(promisedByOf(record)),
    ...(terms.cash && { cash: { ...terms.cash, paid: payment !== undefined } }),
    ...(terms.quote !== undefined && { quote: terms.quote }),
  };
}

function factsOf(record: RedemptionRecord): RedemptionFacts {
  const { hold, order, review, payment, settlements, reopenings } = record;
  return {
    requestedAt: hold.entry.postedAt,
    ...{ terms: hold.terms, order, review, paidAt: payment?.entry.postedAt },
    settled: settlements.map(({ entry }) => ({
      kind: entry.kind === 'capture' ? 'capture' : 'release',
      at: entry.postedAt,
    })),
    reopenedAt: reopenings.map(({ entry }) => entry.postedAt),
  };
}
