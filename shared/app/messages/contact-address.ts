import { Secret } from '../../domain/secret.ts';
import type { Sealer } from '../../ports/sealing.ts';

/** What of a contact names a person. */
export interface ContactAddress {
  readonly email: string;
  readonly name?: string;
}

interface Owner {
  readonly program: string;
  readonly member: string;
}

/** One text for the sealed field of a contact. */
export async function sealAddress(
  sealer: Sealer,
  { program, member }: Owner,
  { email, name }: ContactAddress,
): Promise<string> {
  const text = JSON.stringify({ email, ...(name !== undefined && { name }) });
  return sealer.seal({ program, redemption: member, field: 'contact' }, new Secret(text));
}

export async function openAddress(
  sealer: Sealer,
  { program, member }: Owner,
  sealed: string,
): Promise<ContactAddress> {
  const opened = await sealer.open({ program, redemption: member, field: 'contact' }, sealed);
  return JSON.parse(opened.reveal()) as ContactAddress;
}
