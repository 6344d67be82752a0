import type { WebhookMemory } from '../../ports/provider-health.ts';
import { webhookKey } from './account-keys.ts';
import { toImage } from './attributes.ts';
import { getItem } from './item-read.ts';
import { putAlways } from './item-write.ts';
import { metered, type Table } from './table.ts';

/* Attribute of a webhook's id: ttl, when the table forgets it (epoch seconds). */

/** Longer than any provider sends a webhook again. */
const keptSeconds = 30 * 86_400;

export function createWebhookMemory(table: Table): WebhookMemory {
  return {
    async knows({ provider, webhookId }) {
      return (await getItem(table, webhookKey(provider, webhookId))) !== undefined;
    },

    async remember({ provider, webhookId, at }) {
      const ttl = Math.floor(at / 1000) + keptSeconds;
      const item = toImage({ ...webhookKey(provider, webhookId), ttl });
      await metered(table, { operation: 'health', count: 1 }, (bill) =>
        putAlways(table, item, bill),
      );
    },
  };
}
