import { join } from 'node:path';
import { parseReference } from '../../../shared/domain/redemption/reference.ts';
import { BatchStore, isStanding } from '../../providers/fake/paypal-payouts/store.ts';
import { OrderStore } from '../../providers/fake/tremendous/store.ts';
import { WiseStore } from '../../providers/fake/wise/store.ts';

/** Money that a provider has paid, and not taken back. */
export interface PaidOut {
  readonly provider: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** By payout, what stands in the books that the stand-ins have left in a state. */
export function paidByProviders(state: string): ReadonlyMap<string, readonly PaidOut[]> {
  const found = new Map<string, PaidOut[]>();
  const add = (reference: string | null, paid: PaidOut) => {
    const payout = parseReference(reference ?? '')?.redemption;
    if (payout === undefined) throw new Error(`${paid.provider} has paid what nobody asked for.`);
    found.set(payout, [...(found.get(payout) ?? []), paid]);
  };
  for (const transfer of new WiseStore(join(state, 'wise-orders.jsonl')).transfers()) {
    const { currency, paidAtMs, reference, status, target } = transfer;
    if (paidAtMs === undefined || status === 'cancelled' || status === 'funds_refunded') continue;
    add(reference, { provider: 'wise', amountMinor: minorOf(target), currency });
  }
  for (const batch of new BatchStore(join(state, 'paypal-orders.jsonl')).all()) {
    if (!isStanding(batch)) continue;
    const { currency, hundredths, senderBatchId } = batch;
    add(senderBatchId, { provider: 'paypal', amountMinor: BigInt(hundredths), currency });
  }
  for (const order of new OrderStore(join(state, 'provider-orders.jsonl')).all()) {
    if (order.status !== 'EXECUTED') continue;
    const { currency, denomination } = order.reward;
    add(order.externalId, {
      ...{ provider: 'tremendous', currency, amountMinor: minorOf(denomination) },
    });
  }
  return found;
}

/** All currencies here have hundredths. */
function minorOf(decimal: string): bigint {
  const [whole = '0', part = ''] = decimal.split('.');
  return BigInt(whole + part.padEnd(2, '0').slice(0, 2));
}
