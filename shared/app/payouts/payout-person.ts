import { readPayee } from '../../domain/payout/payee.ts';
import { Secret } from '../../domain/secret.ts';
import type { KeptChoice } from '../../ports/payouts.ts';
import { openAddress } from '../messages/contact-address.ts';
import type { PayingRun, PayMemberDependencies } from './paying-run.ts';

/** What has to be known of whoever is paid. */
export interface PaidPerson {
  /** Where they are told; absent where no address is known that works. */
  readonly email?: Secret;
  readonly language?: string;
  /** Whether one of their names is like one that stands on the program's list. */
  readonly isListed: boolean;
}

interface Asked {
  readonly program: string;
  readonly member: string;
  readonly choice: KeptChoice | undefined;
}

/** Names are opened only where there is a list to hold them against. */
export async function personOf(
  dependencies: PayMemberDependencies,
  { listed }: PayingRun,
  asked: Asked,
): Promise<PaidPerson> {
  const { contacts, sealer } = dependencies;
  const contact = await contacts.read(asked);
  const isReached = contact?.sealed !== undefined && contact.bouncedAt === undefined;
  const address = isReached ? await openAddress(sealer, asked, contact.sealed) : undefined;
  const names = [address?.name, listed && (await holderName(dependencies, asked))];
  const hits = names.flatMap((name) => (name && listed ? listed.hits(name) : []));
  return {
    isListed: hits.length > 0,
    ...(address !== undefined && { email: new Secret(address.email) }),
    ...(contact?.language !== undefined && { language: contact.language }),
  };
}

async function holderName(
  { sealer }: PayMemberDependencies,
  { program, member, choice }: Asked,
): Promise<string | undefined> {
  if (choice?.sealedPayee === undefined) return undefined;
  const context = { program, redemption: member, field: 'payee' } as const;
  const payee = readPayee(await sealer.open(context, choice.sealedPayee));
  return payee.rail === 'bankAccount' ? payee.holderName : undefined;
}
