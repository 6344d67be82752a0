import { emailInContact } from '../../contracts/contacts.ts';
import { profileOf } from '../../domain/member/profile.ts';
import { refuseRole, roleOf } from '../../domain/member/role.ts';
import type { AgreedTerms } from '../../domain/redemption/terms.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Sealer } from '../../ports/sealing.ts';

export interface ContactDependencies {
  readonly ledger: LedgerStore;
  readonly sealer: Sealer;
  readonly contacts: Pick<ContactStore, 'read'>;
}

interface Person {
  readonly program: string;
  readonly member: string;
}

/** Where the reward is told of: as asked, or as the member has told before. */
export async function emailOf(
  { contacts, sealer }: ContactDependencies,
  { program, member }: Person,
  asked: Secret | undefined,
): Promise<Result<Secret, Refusal>> {
  if (asked !== undefined) return success(asked);
  const contact = await contacts.read({ program, member });
  if (contact?.sealed === undefined || contact.bouncedAt !== undefined) {
    return failure(refusal('FIELD_MISSING', 'email'));
  }
  const context = { program, redemption: member, field: 'contact' } as const;
  const opened = await sealer.open(context, contact.sealed);
  return success(emailInContact(opened));
}

/** Goods need an address, and nothing else takes one. */
export function refuseAddress(
  { kind }: Pick<AgreedTerms, 'kind'>,
  address: Secret | undefined,
): Refusal | undefined {
  if (kind === 'merchandise') {
    return address === undefined ? refusal('ADDRESS_MISSING', 'address') : undefined;
  }
  return address === undefined ? undefined : refusal('ADDRESS_NOT_WANTED', 'address');
}

/** Who redeems for a company must act for it, as redeemer or admin. */
export async function refuseParticipant(
  { ledger }: ContactDependencies,
  person: Person,
  participant: string | undefined,
): Promise<Refusal | undefined> {
  if (participant === undefined) return undefined;
  const profile = profileOf(await ledger.readMember(person));
  const role = profile?.kind === 'company' ? roleOf(profile, participant) : undefined;
  const refused = refuseRole(role, 'redeem');
  return refused && refusal(refused.code, 'participant');
}
