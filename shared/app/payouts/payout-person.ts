import { type Payee, payeeCountries, readPayee } from '../../domain/payout/payee.ts';
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
  dependencies: PayMemberDependencies,
  { choice }: Asked,
): Promise<string | undefined> {
  const payee = choice && (await payeeOf(dependencies, choice));
  return payee?.rail === 'bankAccount' ? payee.holderName : undefined;
}

/** What a member has chosen; older choices did not say where their payees are. */
export async function choiceOf(
  dependencies: PayMemberDependencies,
  owner: { readonly program: string; readonly member: string },
): Promise<KeptChoice | undefined> {
  const choice = await dependencies.payouts.readChoice(owner);
  if (choice === undefined || choice.payeeCountries !== undefined) return choice;
  const payee = await payeeOf(dependencies, choice);
  return payee === undefined ? choice : { ...choice, payeeCountries: payeeCountries(payee) };
}

async function payeeOf(
  { sealer }: Pick<PayMemberDependencies, 'sealer'>,
  { program, member, sealedPayee }: KeptChoice,
): Promise<Payee | undefined> {
  if (sealedPayee === undefined) return undefined;
  const context = { program, redemption: member, field: 'payee' } as const;
  return readPayee(await sealer.open(context, sealedPayee));
}
