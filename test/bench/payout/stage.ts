import { balanceKeyOf } from '../../../shared/adapters/memory/balance-change.ts';
import { createMemoryPayoutStore } from '../../../shared/adapters/memory/payout-store.ts';
import { sealAddress } from '../../../shared/app/messages/contact-address.ts';
import type { PayMemberDependencies } from '../../../shared/app/payouts/paying-run.ts';
import { payeeCountries, toSealable } from '../../../shared/domain/payout/payee.ts';
import { sanctionsIndex } from '../../../shared/domain/payout/sanctions.ts';
import { emptyBalance } from '../../../shared/domain/points/balance.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { Contact } from '../../../shared/ports/contacts.ts';
import type { Sealer } from '../../../shared/ports/sealing.ts';
import { account, policy, program } from '../../support/paying.ts';
import { lot } from '../../support/points.ts';
import { sampleProgram } from '../../support/sample-program.ts';
import { createWorld } from '../../support/world.ts';

/** Nothing is hidden: what a cipher costs counts for neither side. */
const plainSealer: Sealer = {
  seal: async (_context, value) => value.reveal(),
  open: async (_context, sealed) => new Secret(sealed),
};

const names: string[] = [];

/** One text for each member, in whatever stage: what is kept of it is kept once. */
function nameOf(index: number): string {
  names[index] ??= `member-${index.toString().padStart(7, '0')}`;
  return names[index];
}

/** Members from number `first` on, each with money, an address and an account at a bank. */
export async function benchStage(first: number, count: number): Promise<PayMemberDependencies> {
  const paying = sampleProgram({
    payouts: { rails: policy.rails.filter(({ id }) => id === 'bank') },
    money: { wallets: ['EUR', 'GBP', 'USD'] },
  });
  const { dependencies, table } = createWorld(paying, '2026-06-15T12:00:00Z');
  const payouts = createMemoryPayoutStore(table);
  const contacts = new Map<string, Contact>();
  const sealedPayee = toSealable(account).reveal();
  const chosen = { rail: 'bank', currency: 'EUR', country: 'DE' };
  const kept = { program, ...chosen, sealedPayee, payeeCountries: payeeCountries(account) };
  for (let index = first; index < first + count; index += 1) {
    const member = nameOf(index);
    const owner = { program, member, unit: 'EUR' };
    const lots = new Map([[lot('2028-07-01'), 2_000n + BigInt(index % 1_000)]]);
    const balance = { ...emptyBalance, lots };
    table.balances.set(balanceKeyOf(owner), { ...owner, balance });
    const address = { email: `${member}@example.com`, name: member };
    const sealed = await sealAddress(plainSealer, { program, member }, address);
    contacts.set(member, { program, member, sealed, off: [], consents: {}, saved: [], version: 1 });
    await payouts.putChoice({ ...kept, member, chosenAt: instantOf(0), version: 1 });
  }
  return {
    ...dependencies,
    ...{ payouts, sealer: plainSealer, checkQueue: { send: async () => undefined } },
    sanctions: { index: async () => sanctionsIndex([]) },
    contacts: { read: async ({ member }) => contacts.get(member) },
  };
}
