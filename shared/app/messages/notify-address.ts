import { emailInContact } from '../../contracts/contacts.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Contact } from '../../ports/contacts.ts';
import type { Sealer } from '../../ports/sealing.ts';

/** Where a message goes, sealed until it is written; `via` says whose bounce a bounce is. */
export type Address =
  | {
      readonly via: 'redemption' | 'choice';
      readonly program: string;
      /** What the address was sealed for. */
      readonly id: string;
      readonly sealed: string;
    }
  | { readonly via: 'contact'; readonly contact: Contact };

/** `undefined`: the contact has no address. */
export async function openAddress(sealer: Sealer, address: Address): Promise<Secret | undefined> {
  if (address.via !== 'contact') {
    const { program, id: redemption, sealed } = address;
    return sealer.open({ program, redemption, field: 'email' }, sealed);
  }
  const { program, member, sealed } = address.contact;
  if (sealed === undefined) return undefined;
  const opened = await sealer.open({ program, redemption: member, field: 'contact' }, sealed);
  return emailInContact(opened);
}
