import { type FakePayPal, startFakePayPal } from '../../../test/providers/fake/paypal-payouts.ts';
import { type FakeWise, startFakeWise } from '../../../test/providers/fake/wise.ts';
import type { StandIn, StandInCommons, StandInSettings } from './stand-ins.ts';

/** PayPal tells no limit of reading; of batches, this many a minute. */
const batchesPerMinute = 400;
/** As Wise's personal tokens have been seen to get. */
const callsPerSecond = 15;

/** Stand-ins of those that pay money out. */
export async function startPayoutStandIns(
  common: (file: string) => StandInCommons,
  { nowMs: now, rateLimitFactor }: StandInSettings,
): Promise<readonly StandIn[]> {
  const { pendingMs: _, ...ofPayPal } = common('paypal-orders.jsonl');
  const [wise, payPal] = await Promise.all([
    startFakeWise({
      ...{ ...common('wise-orders.jsonl'), now },
      ...(rateLimitFactor && { requestsPerSecond: callsPerSecond * rateLimitFactor }),
    }),
    startFakePayPal({
      ...{ ...ofPayPal, now },
      batchesPerMinute: batchesPerMinute * (rateLimitFactor ?? 1000),
    }),
  ]);
  return [ofWise(wise), ofPayPalPayouts(payPal)];
}

function ofWise(wise: FakeWise): StandIn {
  return {
    ...{ ...wise, name: 'wise', rewardsIssued: wise.paidOut },
    orders: () => wise.transfers().map((transfer) => ({ ...transfer, rewards: [] })),
    decide: ({ reference }, fate) =>
      wise.decide(reference, fate === 'failed' ? 'funds_refunded' : 'outgoing_payment_sent'),
  };
}

function ofPayPalPayouts(payPal: FakePayPal): StandIn {
  const batches = () =>
    payPal.batches().map(({ id, senderBatchId, changes }) => {
      const reference = senderBatchId ?? '';
      return { id, reference, status: changes.at(-1)?.item ?? 'PENDING', rewards: [] };
    });
  return {
    ...{ ...payPal, name: 'paypal-payouts', orders: batches },
    rewardsIssued: payPal.payoutsStanding,
    decide: ({ reference, status }, fate) => {
      // Of what it calls reversed PayPal tells no webhook, of what it calls refunded it does.
      const undone = status === 'SUCCESS' ? 'REFUNDED' : 'FAILED';
      payPal.decide(reference, { batch: 'SUCCESS', item: fate === 'failed' ? undone : 'SUCCESS' });
    },
    reverse: ({ reference }) => payPal.decide(reference, { batch: 'SUCCESS', item: 'REVERSED' }),
  };
}
