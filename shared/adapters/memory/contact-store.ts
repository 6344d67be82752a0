import type {
  Contact,
  ContactStore,
  Delivery,
  DeliveryStore,
  SentMessage,
  SentStore,
} from '../../ports/contacts.ts';
import { putVersion } from './contact-version.ts';
import { keyOf } from './memory-table.ts';

/** What stands in the partitions of persons. */
export class ContactRows {
  readonly contacts = new Map<string, Contact>();
  readonly deliveries = new Map<string, Delivery>();
  readonly messages = new Map<string, 'remembered' | 'confirmed'>();
  readonly days = new Map<string, number>();
}

export function createMemoryContactStore({ contacts }: ContactRows): ContactStore {
  return {
    read: async ({ program, member }) => contacts.get(keyOf(program, member)),
    put: async (contact) => putVersion(contacts, keyOf(contact.program, contact.member), contact),
  };
}

export function createMemoryDeliveryStore({ deliveries }: ContactRows): DeliveryStore {
  const deliveryKey = (of: Pick<Delivery, 'program' | 'member' | 'redemption'>) =>
    keyOf(of.program, of.member, of.redemption);
  return {
    read: async (key) => deliveries.get(deliveryKey(key)),
    put: async (delivery) => putVersion(deliveries, deliveryKey(delivery), delivery),
  };
}

export function createMemorySentStore({ messages, days }: ContactRows): SentStore {
  const messageKey = (of: SentMessage) => keyOf(of.program, of.member, of.message);
  return {
    async remember({ day, maximumPerDay, ...sent }) {
      const known = messages.get(messageKey(sent));
      if (known !== undefined) return known === 'confirmed' ? 'sent' : 'unsure';
      if (maximumPerDay !== undefined) {
        const dayKey = keyOf(sent.program, sent.member, day);
        const count = days.get(dayKey) ?? 0;
        if (count >= maximumPerDay) return 'full';
        days.set(dayKey, count + 1);
      }
      messages.set(messageKey(sent), 'remembered');
      return 'new';
    },
    async confirm(sent) {
      messages.set(messageKey(sent), 'confirmed');
    },
  };
}
