import type { EventPart } from '../../domain/ledger/entry.ts';
import { formatInstant, type Instant } from '../../domain/time.ts';

/*
 * One table, keys `pk` and `sk`, no index. `p` is the program, `time` an instant as text.
 *
 * | who asks        | what                        | operation     | pk             | sk           |
 * |-----------------|-----------------------------|---------------|----------------|--------------|
 * | accrue          | balance, entries, returns   | BatchGet      | of each        | of each      |
 * | accrue, sweep   | post an event once          | Transact      | p#E#hash       | 0, A         |
 * | accrue, sweep   | what came back of an entry  | Transact      | p#E#hash       | F            |
 * | accrue, redeem  | a member's points in a unit | Get; Transact | p#M#member     | BAL#unit     |
 * | accrue, sweep   | returns that wait, by age   | Query         | p#W            | time#hash    |
 * | settle, sweep   | cases, by age               | Transact      | p#CASE         | time#what    |
 * | redeem          | hold points once            | Transact      | R#redemption   | 0            |
 * | route, dispatch | one redemption, whole       | Query         | R#redemption   | all          |
 * | route, dispatch | order row, compare and set  | Put           | R#redemption   | O            |
 * | settle          | settlement k, once          | Transact      | R#redemption   | S#k          |
 * | settle          | one case for each reason    | Transact      | R#redemption   | CASE#reason  |
 * | dispatch, claim | sealed code of an attempt   | Put; Query    | p#C#redemption | 001          |
 * | claim           | who saw the code            | Put           | p#C#redemption | A#time#id    |
 * | project, API    | history, newest first       | Batch; Query  | p#M#member     | H#time#entry |
 * | project, API    | open redemptions            | Put; Query    | p#M#member     | O#redemption |
 * | all             | a program                   | Get           | G#p            | V#time       |
 * | sweep           | every program's name        | Query         | G              | p            |
 *
 * Attribute `k` stands on ledger entries only (`0` and `A` of an event, `0` and `S#k` of a
 * redemption): the filters of the stream readers rely on it.
 */

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * Escapes what separates the parts of a key. Member references may hold any character: none of
 * them can imitate another key, nor the pattern that guards sealed codes in the functions' roles.
 */
function part(text: string): string {
  return text.replace(/[%#]/g, (character) => (character === '#' ? '%23' : '%25'));
}

function unescaped(text: string): string {
  return text.replaceAll('%23', '#').replaceAll('%25', '%');
}

export function entryKey(program: string, hash: string, eventPart: EventPart): ItemKey {
  return { pk: `${part(program)}#E#${hash}`, sk: eventPart };
}

export function followUpKey(program: string, hash: string): ItemKey {
  return { pk: `${part(program)}#E#${hash}`, sk: 'F' };
}

/** The program and hash of an ENTRY's or follow-up's partition. */
export function readEventPartition(
  pk: string,
): { readonly program: string; readonly hash: string } | undefined {
  const [program, kind, hash, ...rest] = pk.split('#');
  if (program === undefined || kind !== 'E' || hash === undefined || rest.length > 0) {
    return undefined;
  }
  return { program: unescaped(program), hash };
}

interface Owner {
  readonly program: string;
  readonly member: string;
}

export function memberPartition({ program, member }: Owner): string {
  return `${part(program)}#M#${part(member)}`;
}

export function readMemberPartition(pk: string): Owner | undefined {
  const [program, kind, member, ...rest] = pk.split('#');
  if (program === undefined || kind !== 'M' || member === undefined || rest.length > 0) {
    return undefined;
  }
  return { program: unescaped(program), member: unescaped(member) };
}

export const balancePrefix = 'BAL#';

export function balanceKey(owner: Owner & { readonly unit: string }): ItemKey {
  return { pk: memberPartition(owner), sk: `${balancePrefix}${owner.unit}` };
}

export const historyPrefix = 'H#';
export const openPrefix = 'O#';

export function historyKey(owner: Owner, occurredAt: Instant, entry: string): ItemKey {
  return {
    pk: memberPartition(owner),
    sk: `${historyPrefix}${formatInstant(occurredAt)}#${entry}`,
  };
}

export function openRedemptionKey(owner: Owner, redemption: string): ItemKey {
  return { pk: memberPartition(owner), sk: `${openPrefix}${redemption}` };
}

const redemptionPrefix = 'R#';

export function redemptionPartition(redemption: string): string {
  return redemptionPrefix + redemption;
}

/** The redemption of a partition, or `undefined` for another kind of partition. */
export function readRedemptionPartition(pk: string): string | undefined {
  return pk.startsWith(redemptionPrefix) ? pk.slice(redemptionPrefix.length) : undefined;
}

export const holdSortKey = '0';
export const orderSortKey = 'O';
export const settlementPrefix = 'S#';

export function waitingPartition(program: string): string {
  return `${part(program)}#W`;
}

export function waitingKey(waiting: {
  readonly program: string;
  readonly hash: string;
  readonly waitingSince: Instant;
}): ItemKey {
  const { program, hash, waitingSince } = waiting;
  return { pk: waitingPartition(program), sk: `${formatInstant(waitingSince)}#${hash}` };
}

export function caseKey(program: string, openedAt: Instant, subject: string): ItemKey {
  return { pk: `${part(program)}#CASE`, sk: `${formatInstant(openedAt)}#${subject}` };
}

export function caseMarkerKey(redemption: string, reason: string): ItemKey {
  return { pk: redemptionPartition(redemption), sk: `CASE#${reason}` };
}

export function sealedPartition(key: { program: string; redemption: string }): string {
  return `${part(key.program)}#C#${part(key.redemption)}`;
}

/** Three digits, so that attempts sort; an attempt is at most 255. */
export function attemptSortKey(attempt: number): string {
  return attempt.toString().padStart(3, '0');
}

export function revealSortKey(revealedAt: Instant, revealId: string): string {
  return `A#${formatInstant(revealedAt)}#${revealId}`;
}

/** Kept for live totals: a role that reads them must not thereby read sealed codes. */
export function totalKey(row: { program: string; day: string; row: string }): ItemKey {
  return { pk: `${part(row.program)}#T#${row.day}`, sk: row.row };
}

/** One version of each program for now: in force since ever. */
export function programKey(program: string): ItemKey {
  return { pk: `G#${part(program)}`, sk: 'V#1970-01-01T00:00:00.000Z' };
}

export const programNamesPartition = 'G';

export function programNameKey(program: string): ItemKey {
  return { pk: programNamesPartition, sk: program };
}
