import type { Delivery, Subscription } from '../../domain/webhooks/subscription.ts';
import type { SubscriptionStore } from '../../ports/webhooks.ts';
import { keyOf } from './memory-table.ts';

export function createMemorySubscriptions(): SubscriptionStore {
  const subscriptions = new Map<string, Subscription>();
  const deliveries = new Map<string, Delivery>();
  const deliveryKey = (of: Pick<Delivery, 'program' | 'subscription' | 'id'>) =>
    keyOf(of.program, of.subscription, of.id);
  return {
    list: async (program) => [...subscriptions.values()].filter((one) => one.program === program),
    read: async ({ program, subscription }) => subscriptions.get(keyOf(program, subscription)),
    async put(next, read) {
      const key = keyOf(next.program, next.id);
      if (subscriptions.get(key)?.version !== read?.version) return 'lost';
      subscriptions.set(key, next);
      return 'done';
    },
    async remove({ program, id }) {
      subscriptions.delete(keyOf(program, id));
    },
    async addDelivery(delivery) {
      const key = deliveryKey(delivery);
      if (deliveries.has(key)) return 'known';
      deliveries.set(key, delivery);
      return 'new';
    },
    readDelivery: async (key) => deliveries.get(deliveryKey(key)),
    async putDelivery(delivery) {
      deliveries.set(deliveryKey(delivery), delivery);
    },
    async *deliveries({ program, subscription, from, to }) {
      const own = [...deliveries.values()].filter(
        (one) =>
          one.program === program &&
          one.subscription === subscription &&
          one.at >= from &&
          one.at < to,
      );
      yield* own.sort((left, right) => left.at - right.at);
    },
  };
}
