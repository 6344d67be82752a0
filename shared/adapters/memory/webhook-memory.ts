import type { WebhookMemory } from '../../ports/provider-health.ts';
import { keyOf, type MemoryTable } from './memory-table.ts';

export function createMemoryWebhookMemory({ webhooks }: MemoryTable): WebhookMemory {
  return {
    async knows({ provider, webhookId }) {
      return webhooks.has(keyOf(provider, webhookId));
    },
    async remember({ provider, webhookId }) {
      webhooks.add(keyOf(provider, webhookId));
    },
  };
}
