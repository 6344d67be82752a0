import type { PreferencesBody } from '../../contracts/members.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Contact, ContactStore } from '../../ports/contacts.ts';
import type { QuoteStore } from '../../ports/offers.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { type PreferencesView, preferencesView } from '../members/member-profile.ts';
import { openAddress, sealAddress } from './contact-address.ts';

export interface PreferencesDependencies {
  readonly clock: Clock;
  readonly contacts: ContactStore;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly quotes: Pick<QuoteStore, 'save' | 'unsave'>;
  readonly sealer: Sealer;
}

interface Owner {
  readonly program: string;
  readonly member: string;
}

const maximumRounds = 5;

/**
 * Changes how a member is written to: what is left out stays, `null` takes it away. An address that
 * is told anew is written to again. Refusals: `UNKNOWN_PROGRAM`, and `FIELD_MISSING` of a name
 * without an address.
 */
export async function changePreferences(
  dependencies: PreferencesDependencies,
  { program, member }: Owner,
  body: PreferencesBody,
): Promise<Result<PreferencesView, Refusal>> {
  const { clock, contacts, programs } = dependencies;
  const owner = { program, member };
  const now = clock.now();
  if (programAt(await programs.load(program), now) === undefined) {
    return failure(refusal('UNKNOWN_PROGRAM'));
  }
  for (let round = 1; round <= maximumRounds; round += 1) {
    const before = await contacts.read(owner);
    const sealed = await sealedNext(dependencies, { owner, before, body });
    if (!sealed.ok) return sealed;
    const next = contactNext(before ?? emptyContact(owner), { body, sealed: sealed.value, now });
    // First, so that whoever counts on a reward is told of it, should this end in between.
    await saveRewards(dependencies, owner, { before, next });
    if ((await contacts.put(next)) === 'done') return success(preferencesView(next));
  }
  return failure(refusal('TRY_AGAIN'));
}

export function emptyContact({ program, member }: Owner): Contact {
  return { program, member, off: [], consents: {}, saved: [], version: 0 };
}

interface Change {
  readonly owner: Owner;
  readonly before: Contact | undefined;
  readonly body: PreferencesBody;
}

type Sealed = string | 'same' | undefined;

/** The address and name as they will be sealed; `undefined`: none, `same`: as they are. */
async function sealedNext(
  { sealer }: PreferencesDependencies,
  { owner, before, body: { email, name } }: Change,
): Promise<Result<Sealed, Refusal>> {
  if (email === null) return success(undefined);
  if (email === undefined && name === undefined) return success('same');
  const known = before?.sealed === undefined ? {} : await openAddress(sealer, owner, before.sealed);
  const address: { email?: string; name?: string } = { ...known };
  if (email !== undefined) address.email = email;
  if (name === null) delete address.name;
  else if (name !== undefined) address.name = name;
  if (address.email === undefined) return failure(refusal('FIELD_MISSING', 'email'));
  return success(await sealAddress(sealer, owner, { ...address, email: address.email }));
}

interface Next {
  readonly body: PreferencesBody;
  readonly sealed: Sealed;
  readonly now: Instant;
}

function contactNext(contact: Contact, { body, sealed, now }: Next): Contact {
  const { language: spoken, quietHours: quiet, sealed: address, bouncedAt, ...kept } = contact;
  const { off = contact.off, saved = contact.saved, consents, email } = body;
  const language = changed(spoken, body.language);
  const quietHours = changed(quiet, body.quietHours);
  const nextSealed = sealed === 'same' ? address : sealed;
  return {
    ...{ ...kept, off: [...new Set(off)], saved: [...new Set(saved)] },
    consents: consentsNext(contact, consents, now),
    ...(language !== undefined && { language }),
    ...(quietHours !== undefined && { quietHours }),
    ...(nextSealed !== undefined && { sealed: nextSealed }),
    ...(email === undefined && bouncedAt !== undefined && { bouncedAt }),
    version: contact.version + 1,
  };
}

/** `null` takes away what was there. */
function changed<Value>(before: Value | undefined, said: Value | null | undefined) {
  return said === undefined ? before : (said ?? undefined);
}

/** What was agreed to before keeps its time; what is not named any more is taken back. */
export function consentsNext(
  { consents }: Pick<Contact, 'consents'>,
  names: readonly string[] | undefined,
  now: Instant,
): Contact['consents'] {
  if (names === undefined) return consents;
  return Object.fromEntries(names.map((name) => [name, consents[name] ?? now]));
}

async function saveRewards(
  { quotes }: PreferencesDependencies,
  owner: Owner,
  { before, next }: { readonly before: Contact | undefined; readonly next: Contact },
): Promise<void> {
  const old = before?.saved ?? [];
  for (const rewardId of next.saved.filter((id) => !old.includes(id))) {
    await quotes.save({ ...owner, rewardId });
  }
  for (const rewardId of old.filter((id) => !next.saved.includes(id))) {
    await quotes.unsave({ ...owner, rewardId });
  }
}
