import { toldExchange } from '../../../shared/domain/ledger/exchange.ts';
import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { Money } from '../../../shared/domain/money/money.ts';
import { amountsOf, type PayoutTerms } from '../../../shared/domain/payout/terms.ts';
import { formatInstant } from '../../../shared/domain/time.ts';
import type { PayoutRun } from '../../../shared/ports/payouts.ts';
import type { RedemptionRecord } from '../../../shared/ports/stores.ts';

/** Whom it goes to is sealed, and stays so. */
export interface ShownPayout {
  readonly payout: string;
  readonly member: string;
  readonly run: string;
  readonly requestedBy?: string;
  readonly rail: string;
  readonly railName: string;
  readonly country: string;
  readonly gross: PrintedMoney;
  readonly donated?: PrintedMoney & { readonly charity: string };
  /** How it was converted, at which rate and of which day. */
  readonly exchange?: string;
  readonly fee?: PrintedMoney & { readonly bearer: 'member' | 'program' };
  readonly net: PrintedMoney;
  readonly state: PayoutState;
  readonly requestedAt: string;
  readonly promisedBy: string;
  /** Why this provider, and what those before it said. */
  readonly reasons: readonly string[];
  readonly provider?: string;
  /** The provider's own name of it. */
  readonly providerOrder?: string;
  readonly review?: {
    readonly state: string;
    readonly rules: readonly string[];
    readonly decisions: readonly { actor: string; decision: string; reason: string; at: string }[];
  };
}

export interface PrintedMoney {
  /** Digits. */
  readonly amountMinor: string;
  readonly currency: string;
}

export const payoutStates = {
  waitsForPerson: 'waits for a person',
  requested: 'waits for its order',
  onItsWay: 'is on its way',
  late: 'is on its way, later than promised',
  ending: 'is being called off',
  cameBack: 'came back after it was paid, and is on its way to the wallet',
  paid: 'is paid',
  returned: 'came back after it was paid; the money is in the wallet',
  failed: 'was not paid; the money is in the wallet',
} as const;
export type PayoutState = keyof typeof payoutStates;

export function stateOf({ order, review, reopenings }: RedemptionRecord): PayoutState {
  if (order === undefined) return review?.state === 'waiting' ? 'waitsForPerson' : 'requested';
  const { state, cancelled, toldLate } = order;
  if (state === 'captured') return 'paid';
  if (state === 'released') return reopenings.length > 0 ? 'returned' : 'failed';
  if (state === 'reopened' || reopenings.length > 0) return 'cameBack';
  if (state === 'closing' || cancelled !== undefined) return 'ending';
  return toldLate ? 'late' : 'onItsWay';
}

export function shownPayout(
  record: RedemptionRecord,
  terms: PayoutTerms,
  run: PayoutRun | undefined,
): ShownPayout {
  const { hold, order, review } = record;
  const { gross, donatedMinor, exchange, feeMinor, bearer, net } = amountsOf(hold, terms);
  const { charity = '' } = terms;
  const provider = order?.provider;
  return {
    ...{ payout: hold.redemption, member: hold.entry.member, run: terms.run },
    ...(run && { requestedBy: run.requestedBy }),
    ...{ rail: hold.rewardId, railName: hold.terms.rewardName, country: hold.country },
    ...{ gross: printed(gross), net: printed(net), state: stateOf(record) },
    ...(donatedMinor > 0n && {
      donated: { ...printed({ ...gross, amountMinor: donatedMinor }), charity },
    }),
    ...(exchange && { exchange: toldExchange(exchange) }),
    ...(feeMinor > 0n && { fee: { ...printed({ ...net, amountMinor: feeMinor }), bearer } }),
    requestedAt: formatInstant(hold.entry.postedAt),
    promisedBy: formatInstant(hold.terms.promisedBy),
    reasons: order?.reasons ?? [],
    ...(provider && { provider }),
    ...(order?.providerOrder !== undefined && { providerOrder: order.providerOrder }),
    ...(review && {
      review: {
        ...{ state: review.state, rules: review.rules },
        decisions: review.decisions.map(({ at, ...told }) => ({ ...told, at: formatInstant(at) })),
      },
    }),
  };
}

function printed({ amountMinor, currency }: Money): PrintedMoney {
  return { amountMinor: `${amountMinor}`, currency };
}

export function payoutInWords(shown: ShownPayout): readonly string[] {
  const { donated, exchange, fee, provider, providerOrder, requestedBy, review } = shown;
  const by = requestedBy === undefined ? '' : `, asked for by ${requestedBy}`;
  const order = providerOrder === undefined ? '' : `, its order ${providerOrder}`;
  return inColumns([
    ['payout', `${shown.payout} ${payoutStates[shown.state]}`],
    ['member', `${shown.member}, in ${shown.country}`],
    ['run', `${shown.run}${by}`],
    ['rail', `${shown.railName} (${shown.rail})`],
    ['from the wallet', amountText(shown.gross)],
    donated && ['given away', `${amountText(donated)} to ${donated.charity}`],
    exchange === undefined ? undefined : ['converted', exchange],
    fee && ['fee', `${amountText(fee)}, borne by the ${fee.bearer}`],
    ['to the member', amountText(shown.net)],
    ['asked for', `${shown.requestedAt}, promised by ${shown.promisedBy}`],
    provider === undefined ? undefined : ['provider', `${provider}${order}`],
    shown.reasons.length === 0 ? undefined : ['why', shown.reasons.join('; ')],
    review && ['review', `${review.state}, because of ${review.rules.join(', ')}`],
    ...(review?.decisions ?? []).map(({ actor, decision, reason, at }): [string, string] => {
      return ['', `${decision} by ${actor}, ${at}: ${reason}`];
    }),
  ]);
}

/** What has a name and a text, with the texts below each other. */
export function inColumns(rows: readonly (readonly [string, string] | undefined)[]): string[] {
  const told = rows.filter((row) => row !== undefined);
  const width = Math.max(...told.map(([name]) => name.length));
  return told.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

function amountText({ amountMinor, currency }: PrintedMoney): string {
  return formatMoney('en', { amountMinor: BigInt(amountMinor), currency });
}
