import type { Later } from '../common/later.ts';
import type { TangoFaults } from './faults.ts';
import type { OrderStore, StoredOrder, StoredStatus } from './store.ts';
import type { TangoEvent, TangoSender } from './webhooks.ts';

export interface DecisionSettings {
  readonly store: OrderStore;
  readonly webhooks: TangoSender;
  readonly faultsOf: (subject: string) => TangoFaults;
  readonly later: Later;
}

export interface Decisions {
  /** By Tango's id or by the reference. */
  decide(id: string, status: StoredStatus): void;
  onNewOrder(order: StoredOrder): void;
  onCancelled(order: StoredOrder): void;
}

/** Orders under review, those of an earlier run among them, and the webhooks that tell. */
export function createDecisions(settings: DecisionSettings): Decisions {
  const { store, webhooks, faultsOf, later } = settings;
  const tell = (order: StoredOrder, event: TangoEvent): void =>
    webhooks.send(event, faultsOf(order.externalRefId ?? order.id));
  const decide: Decisions['decide'] = (id, status) => {
    const order = store.find(id) ?? store.all().find((it) => it.externalRefId === id);
    if (order === undefined) throw new Error('No order stands under this id.');
    const decided = { ...order, status };
    store.put(decided);
    tell(decided, status === 'CANCELLED' ? rewardEvent(decided) : orderEvent(decided));
  };
  const onNewOrder: Decisions['onNewOrder'] = ({ id, status }) => {
    if (status !== 'PENDING') return;
    later.schedule(() => {
      if (store.find(id)?.status === 'PENDING') decide(id, 'COMPLETE');
    });
  };
  for (const order of store.all()) onNewOrder(order);
  return {
    ...{ decide, onNewOrder },
    onCancelled: (order) => tell(order, rewardEvent(order)),
  };
}

const deliveryStatuses: Readonly<Record<StoredStatus, string>> = {
  PENDING: 'IN_PROGRESS',
  COMPLETE: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELED',
};

export function orderEvent({ id, lineItemId, status }: StoredOrder): TangoEvent {
  const eventData = {
    ...{ referenceOrderID: id, referenceLineItemID: lineItemId },
    lineItemDeliveryStatus: deliveryStatuses[status],
  };
  return { category: 'ORDER', eventType: 'LineItemDeliveryStatus', eventData };
}

export function rewardEvent({ lineItemId, status }: StoredOrder): TangoEvent {
  const eventData = { referenceLineItemID: lineItemId, rewardStatus: status };
  return { category: 'REWARD', eventType: 'RewardStatus', eventData };
}
