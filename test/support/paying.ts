import * as z from 'zod';
import { createMemoryPayoutStore } from '../../shared/adapters/memory/payout-store.ts';
import { createCharity } from '../../shared/adapters/providers/charity.ts';
import { route } from '../../shared/app/dispatch/route.ts';
import { sealAddress } from '../../shared/app/messages/contact-address.ts';
import type { PayMemberDependencies } from '../../shared/app/payouts/paying-run.ts';
import { type Payee, toSealable } from '../../shared/domain/payout/payee.ts';
import type { PayoutChoice } from '../../shared/domain/payout/policy.ts';
import { sanctionsIndex } from '../../shared/domain/payout/sanctions.ts';
import { payouts } from '../../shared/domain/program/schema/payouts.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { KeptChoice } from '../../shared/ports/payouts.ts';
import { deliver } from '../stores/ledger-actor.ts';
import { drain } from './fulfilment.ts';
import { sampleProgram } from './sample-program.ts';
import { ScriptedProvider } from './scripted-provider.ts';
import { createWorld, type Dependencies, type World } from './world.ts';

export const program = 'online-retail';

const names = { en: 'A rail' };
const minimumMinor = { EUR: 1_000, GBP: 1_000, USD: 1_000 };

export const policy = {
  rails: [
    {
      ...{ id: 'bank', kind: 'bankAccount', names, minimumMinor, sources: [{ provider: 'wise' }] },
      fee: { bearer: 'member', fixedMinor: { EUR: 30 } },
    },
    {
      ...{ id: 'card', kind: 'prepaidCard', names, minimumMinor },
      sources: [{ provider: 'tremendous', products: ['PREPAID'] }],
    },
    { ...{ id: 'give', kind: 'donation', names, minimumMinor } },
  ],
};

export interface PayingWorld {
  readonly world: World;
  readonly bank: ScriptedProvider;
  readonly dependencies: Dependencies & PayMemberDependencies;
  /** Puts money into a member's wallet. */
  give(member: string, unit: string, points: bigint): Promise<void>;
  choose(member: string, choice: Partial<PayoutChoice>, payee?: Payee): Promise<void>;
  /** Routes everything that is held and ready. */
  route(): Promise<void>;
  /** And delivers it. */
  settle(): Promise<void>;
}

/** A world in memory whose program pays out, by a bank, a card, and to a charity. */
export function payingWorld(
  change: object = {},
  listed: readonly string[] = [],
  others: readonly ScriptedProvider[] = [],
): PayingWorld {
  const bank = new ScriptedProvider('wise', { kinds: ['payout'] });
  const card = new ScriptedProvider('tremendous', { kinds: ['prepaidCard'] });
  const charity = Object.assign(new ScriptedProvider('charity'), createCharity());
  const paying: Program = {
    ...sampleProgram(),
    // Their checks ask for rules that pay cashback; here wallets are filled by hand.
    payouts: z.parse(payouts, { ...policy, ...change }),
    donations: { charities: { 'food-bank': { names: { en: 'Food bank' } } } },
  };
  const world = createWorld(paying, '2026-06-15T12:00:00Z', [...[bank, card, charity, ...others]]);
  const contacts = new Map<string, string>();
  const store = createMemoryPayoutStore(world.table);
  const dependencies = {
    ...world.dependencies,
    ...{ payouts: store, sanctions: { index: async () => sanctionsIndex(listed) } },
    contacts: {
      read: async ({ member }: { readonly member: string }) => {
        const sealed = contacts.get(member);
        if (sealed === undefined) return undefined;
        return { program, member, sealed, off: [], consents: {}, saved: [], version: 1 };
      },
    },
  };
  const { sealer, ledger } = dependencies;
  let events = 0;
  const routeAll = async () => {
    for (const redemption of world.table.holds.keys()) {
      await route(world.dependencies, { program, redemption });
    }
  };
  return {
    ...{ world, bank, dependencies },
    async give(member, unit, points) {
      const owner = { program, member, unit };
      events += 1;
      await deliver(ledger, { hash: `e${events}`, kind: 'accrual', points, owner }, 'd');
    },
    async choose(member, choice, payee) {
      const email = `${member}@example.com`;
      const address = { email, name: member };
      contacts.set(member, await sealAddress(sealer, { program, member }, address));
      const context = { program, redemption: member, field: 'payee' } as const;
      const sealedPayee = payee && (await sealer.seal(context, toSealable(payee)));
      const kept: KeptChoice = {
        ...{ program, member, rail: 'bank', currency: 'EUR', country: 'DE', ...choice },
        ...{ chosenAt: instantOf(0), version: 1 },
        ...(sealedPayee !== undefined && { sealedPayee }),
      };
      await store.putChoice(kept);
    },
    route: routeAll,
    async settle() {
      await routeAll();
      await drain(world);
    },
  };
}

export const account: Payee = {
  ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'DE' },
  account: { kind: 'iban', iban: 'DE02120300000000202051' },
};
