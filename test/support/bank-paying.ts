import { createMemoryBankFileStore } from '../../shared/adapters/memory/bank-file-store.ts';
import { bankFileCapabilities } from '../../shared/adapters/providers/bank-file/capabilities.ts';
import { createBankFile } from '../../shared/adapters/providers/bank-file.ts';
import { route } from '../../shared/app/dispatch/route.ts';
import type { DebtorAccount } from '../../shared/domain/payout/debtor-account.ts';
import type { BankFileStore } from '../../shared/ports/bank-file.ts';
import { BankDays, debtorIn } from './bank-days.ts';
import { handle } from './fulfilment.ts';
import { type PayingWorld, payingWorld, policy, program } from './paying.ts';
import type { Dependencies } from './world.ts';

/** Euro go by SEPA, pounds by whatever banks have agreed. */
export const debtors: readonly DebtorAccount[] = [
  debtorIn('EUR', { scheme: { kind: 'sepa' }, remittance: 'Cashback' }),
  debtorIn('GBP', { maximumTransfers: 60 }),
];

export interface BankPayingWorld {
  readonly paying: PayingWorld;
  readonly days: BankDays;
  readonly bankFiles: BankFileStore;
  readonly dependencies: PayingWorld['dependencies'];
  /** Routes what is held, and works off everything but delayed checks. */
  settle(): Promise<void>;
}

/** A world in memory whose rail `bank` is paid by files. */
export function bankPayingWorld(): BankPayingWorld {
  const [bank, ...others] = policy.rails;
  const rails = [{ ...bank, sources: [{ provider: 'bank-file' }] }, ...others];
  const paying = payingWorld({ rails });
  const { world } = paying;
  const bankFiles = createMemoryBankFileStore();
  const { clock, logger, redemptions, sealer, settleQueue } = paying.dependencies;
  const provider = createBankFile({ bankFiles, sealer, clock, debtors });
  const dependencies: PayingWorld['dependencies'] = {
    ...paying.dependencies,
    providers: new Map([...paying.dependencies.providers, [provider.name, provider]]),
    capabilities: new Map([
      ...paying.dependencies.capabilities,
      [provider.name, bankFileCapabilities],
    ]),
    providerNames: [...paying.dependencies.providerNames, provider.name],
    dispatchQueues: new Map([
      ...paying.dependencies.dispatchQueues,
      [provider.name, world.inbox.queue('dispatch')],
    ]),
  };
  const days = new BankDays({
    ...{ bankFiles, sealer, clock, logger, debtors, redemptions, settleQueue },
  });
  return {
    ...{ paying, days, bankFiles, dependencies },
    async settle() {
      for (const redemption of world.table.holds.keys()) {
        await route(dependencies, { program, redemption });
      }
      await workOff(paying, dependencies);
    },
  };
}

const mostMessages = 20_000;

/** Checks come every quarter of an hour for weeks: nothing in here waits for one. */
async function workOff({ world }: PayingWorld, dependencies: Dependencies): Promise<void> {
  for (let count = 0; count < mostMessages; count += 1) {
    const message = world.inbox.take('dispatch', 'settle');
    if (message === undefined) return;
    world.clock.reach(message.dueAt);
    await handle(dependencies, message);
  }
  throw new Error(`Not at rest after ${mostMessages} messages.`);
}
