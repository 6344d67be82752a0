import { type CustomerEvent, type EventSubject, fieldAt, subjectOf } from '../earning/event.ts';
import { type Finding, type Program, unitsOf } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type Profile, profileOf } from './profile.ts';
import { roleOf } from './role.ts';
import type { MemberSnapshot } from './snapshot.ts';

export interface Wallet {
  readonly name: string;
  readonly units: readonly string[];
  readonly owner: 'member' | 'company';
  readonly requires?: readonly string[] | undefined;
}

/** The wallet that a unit belongs to; `undefined` where the program keeps no wallets apart. */
export function walletOf({ members }: Program, unit: string): Wallet | undefined {
  return walletsOf(members.wallets).find(({ units }) => units.includes(unit));
}

function walletsOf(wallets: Program['members']['wallets']): Wallet[] {
  return Object.entries(wallets ?? {}).map(([name, wallet]) => ({ name, ...wallet }));
}

/**
 * Whose balance an event earns into. `person` is the snapshot of the event's member. Refusals:
 * `PARTICIPANT_UNKNOWN`, somebody acted for a company that does not know them;
 * `NOT_A_PARTICIPANT`, a company's wallet and nobody's company; `FIELD_MISSING`, with the field
 * that the wallet asks for.
 */
export function ownerOf({
  program,
  unit,
  event,
  person,
}: {
  readonly program: Program;
  readonly unit: string;
  readonly event: CustomerEvent;
  readonly person: MemberSnapshot;
}): Result<string, Refusal> {
  const profile = profileOf(person);
  const stranger = refuseParticipant(event, profile);
  if (stranger !== undefined) return failure(stranger);
  const wallet = walletOf(program, unit);
  if (wallet === undefined) return success(event.member);
  const missing = missingField(wallet, subjectOf(event));
  if (missing !== undefined) return failure(refusal('FIELD_MISSING', missing));
  if (wallet.owner === 'member' || profile?.kind === 'company') return success(event.member);
  const company = profile?.company;
  return company === undefined ? failure(refusal('NOT_A_PARTICIPANT')) : success(company);
}

/** The first field that a wallet asks for and an event lacks, or leaves empty. */
export function missingField(
  { requires = [] }: Pick<Wallet, 'requires'>,
  subject: EventSubject,
): string | undefined {
  const blank: unknown[] = [undefined, null, ''];
  return requires.find((path) => blank.includes(fieldAt(subject, path)));
}

/** An event that names a participant is one of a company, and of somebody who acts for it. */
function refuseParticipant(
  { participant }: CustomerEvent,
  profile: Profile | undefined,
): Refusal | undefined {
  if (participant === undefined) return undefined;
  const isKnown = profile?.kind === 'company' && roleOf(profile, participant) !== undefined;
  return isKnown ? undefined : refusal('PARTICIPANT_UNKNOWN', 'participant');
}

/** `WALLET_OF_COMPANIES`: points of a company's wallet are never a person's. */
export function refuseHolder(
  program: Program,
  unit: string,
  holder: MemberSnapshot,
): Refusal | undefined {
  if (walletOf(program, unit)?.owner !== 'company') return undefined;
  return profileOf(holder)?.kind === 'company' ? undefined : refusal('WALLET_OF_COMPANIES');
}

/** What is wrong with the wallets of a program: each unit is in one, and nothing crosses them. */
export function walletFindings(program: Program): Finding[] {
  const { wallets, kinds } = program.members;
  if (wallets === undefined) return [];
  const units = unitsOf(program);
  const placed = walletsOf(wallets).flatMap((wallet) =>
    wallet.units.map((unit, index) => ({ ...wallet, unit, index })),
  );
  const misplaced = placed.flatMap(({ name, unit, index }, place) => {
    const pointer = `/members/wallets/${name}/units/${index}`;
    if (!units.includes(unit)) return [{ pointer, message: `the program has no unit ${unit}` }];
    const first = placed.findIndex((other) => other.unit === unit);
    if (first === place) return [];
    return [{ pointer, message: `unit ${unit} is in wallet ${placed[first]?.name} already` }];
  });
  const homeless = units
    .filter((unit) => !placed.some((other) => other.unit === unit))
    .map((unit) => {
      const place = program.money.wallets.indexOf(unit);
      const isDeclared = Object.hasOwn(program.units, unit);
      const pointer = isDeclared ? `/units/${unit}` : `/money/wallets/${place}`;
      return { pointer, message: 'is in no wallet' };
    });
  const unowned = walletsOf(wallets)
    .filter(({ owner }) => owner === 'company' && !kinds.includes('company'))
    .map(({ name }) => ({
      pointer: `/members/wallets/${name}/owner`,
      message: 'is `company`, but `members.kinds` has none',
    }));
  const crossing = program.conversions.flatMap(({ from, to }, index) => {
    const [left, right] = [walletOf(program, from)?.name, walletOf(program, to)?.name];
    if (left === undefined || right === undefined || left === right) return [];
    const message = `crosses from wallet ${left} to wallet ${right}`;
    return [{ pointer: `/conversions/${index}`, message }];
  });
  return [...misplaced, ...homeless, ...unowned, ...crossing];
}
