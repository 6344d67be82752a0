import { createChoiceStore } from '../../shared/adapters/dynamodb/choice-store.ts';
import { createDeliveryStore } from '../../shared/adapters/dynamodb/contact-delivery-store.ts';
import { createContactStore } from '../../shared/adapters/dynamodb/contact-store.ts';
import { createSentStore } from '../../shared/adapters/dynamodb/sent-store.ts';
import type { ChoiceStore } from '../../shared/ports/choices.ts';
import type { ContactStore, DeliveryStore, SentStore } from '../../shared/ports/contacts.ts';
import type { Runtime } from './runtime.ts';
import { composeTable } from './table.ts';

export interface MessageStores {
  readonly contacts: ContactStore;
  readonly deliveries: DeliveryStore;
  readonly sent: SentStore;
  readonly choices: ChoiceStore;
}

/** All that stands in the partitions of persons; addresses in it are sealed. */
export function composeMessages(runtime: Runtime): MessageStores {
  const table = composeTable(runtime);
  return {
    contacts: createContactStore(table),
    deliveries: createDeliveryStore(table),
    sent: createSentStore(table),
    choices: createChoiceStore(table),
  };
}

/** The part of them that a choice takes. */
export function composeChoices(runtime: Runtime): Pick<MessageStores, 'choices' | 'contacts'> {
  const table = composeTable(runtime);
  return { choices: createChoiceStore(table), contacts: createContactStore(table) };
}
