import { createContactStore } from '../../shared/adapters/dynamodb/contact-store.ts';
import { createSanctionsStore } from '../../shared/adapters/dynamodb/sanctions-lists.ts';
import type { ContactStore } from '../../shared/ports/contacts.ts';
import type { PayoutStore, SanctionsLists } from '../../shared/ports/payouts.ts';
import type { Runtime } from './runtime.ts';
import { composePayouts } from './stores.ts';
import { composeTable } from './table.ts';

/** What runs of payouts read and write, beside the ledger. */
export function composePayoutRun(runtime: Runtime): {
  readonly payouts: PayoutStore;
  readonly sanctions: SanctionsLists;
  readonly contacts: Pick<ContactStore, 'read'>;
} {
  const table = composeTable(runtime);
  return {
    payouts: composePayouts(runtime),
    sanctions: createSanctionsStore(table),
    contacts: createContactStore(table),
  };
}
