import type { EventPart } from '../../domain/ledger/entry.ts';
import { formatInstant, type Instant } from '../../domain/time.ts';

/*
 * One table, keys `pk` and `sk`, no index. `p` is the program, `time` an instant as text. Accounts
 * with providers, quotes, payouts and vouchers have tables of their own beside their keys.
 *
 * | who asks        | what                        | operation     | pk             | sk           |
 * |-----------------|-----------------------------|---------------|----------------|--------------|
 * | book            | balances, entries, budgets  | BatchGet      | of each        | of each      |
 * | book            | post an entry once          | Transact      | p#E#hash       | 0, A         |
 * | book            | what has followed an entry  | Transact      | p#E#hash       | F            |
 * | book, redeem    | a member's points in a unit | Get; Transact | p#M#member     | BAL#unit     |
 * | book            | a member's other records    | Transact      | p#M#member     | D#kind#id    |
 * | book, API       | a member's balances, records| Query         | p#M#member     | BAL# to D#   |
 * | book            | points drawn from a budget  | Transact      | p#B#budget     | shard        |
 * | book, sweep     | follow-ups that wait, by age| Query         | p#W            | time#hash    |
 * | book, settle    | cases, by age               | Query         | p#CASE         | time#what    |
 * | sweep           | everybody, in 16 shards     | Query         | p#N#shard      | member       |
 * | redeem          | hold points once            | Transact      | R#redemption   | 0            |
 * | route, dispatch | one redemption, whole       | Query         | R#redemption   | all          |
 * | route, dispatch | order row, compare and set  | Put           | R#redemption   | O            |
 * | settle          | settlement k, once          | Transact      | R#redemption   | S#k          |
 * | settle          | an undo of settlement k     | Transact      | R#redemption   | REOPEN#k     |
 * | settle          | cost of a reward too many   | Transact      | R#redemption   | L#attempt    |
 * | payments        | the part paid in cash, once | Put           | R#redemption   | PAY          |
 * | redeem, review  | review, compare and set     | Transact; Put | R#redemption   | REVIEW       |
 * | settle          | one case for each reason    | Transact      | R#redemption   | CASE#reason  |
 * | dispatch, claim | sealed code of an attempt   | Put; Query    | p#C#redemption | 001          |
 * | claim           | who saw the code            | Put           | p#C#redemption | A#time#id    |
 * | project, API    | history, newest first       | Batch; Query  | p#M#member     | H#time#entry |
 * | project, API    | open redemptions            | Put; Query    | p#M#member     | O#redemption |
 * | surveys         | who has had a ticket, once  | Transact      | p#M#member     | Q#survey     |
 * | surveys         | tickets, receipts, answers  | Transact      | p#Q#survey     | T#, R#, A#id |
 * | project         | everybody                   | Batch         | p#N#shard      | member       |
 * | all             | a program's versions        | Query         | G#p            | V#time       |
 * | all             | their texts                 | BatchGet; Put | G#p            | T#hash#000   |
 * | sweep           | every program's name        | Query         | G              | p            |
 * | all             | rates of a month            | BatchGet      | FX#source      | M#month      |
 * | fx-refresh, CLI | rates kept, compare and set | Transact      | FX#source      | M#month      |
 * | CLI             | every month of rates        | Query         | FX#source      | M#           |
 * | fx-refresh, CLI | rates in quarantine         | Put; Query    | FX#source      | Q#date       |
 * | catalogue-sync  | a catalogue, compare and set| Get; Put      | K#provider     | STATE        |
 * | offers          | products of a currency      | BatchGet; Put | K#provider     | T#hash#000   |
 *
 * Attribute `k` stands on ledger entries only (`0` and `A` of an event; `0`, `S#k`, `REOPEN#k`,
 * `L#n` and `PAY` of a redemption): the filters of the stream readers rely on it.
 */

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * Escapes what separates the parts of a key. Member references may hold any character: none of
 * them can imitate another key, nor the pattern that guards sealed codes in the functions' roles.
 */
export function part(text: string): string {
  return text.replace(/[%#]/g, (character) => (character === '#' ? '%23' : '%25'));
}

export function unescaped(text: string): string {
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

export const recordPrefix = 'D#';

export function recordSortKey(kind: string, id: string): string {
  return `${recordPrefix}${kind}#${part(id)}`;
}

/** The id in a record's sort key. */
export function readRecordId(sk: string): string {
  return unescaped(sk.split('#')[2] ?? '');
}

/** Balances and records, and nothing else of a member, lie between these. */
export const stateRange = { from: balancePrefix, to: 'D$' } as const;

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

/** That a member has had a ticket: nothing of the ticket, and no time. */
export function participationKey(owner: Owner, survey: string): ItemKey {
  return { pk: memberPartition(owner), sk: `Q#${survey}` };
}

/** Everything of a survey that knows no member. */
export function surveyPartition(program: string, survey: string): string {
  return `${part(program)}#Q#${survey}`;
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
export const reopeningPrefix = 'REOPEN#';
export const reviewSortKey = 'REVIEW';
export const paymentSortKey = 'PAY';

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

export function casePartition(program: string): string {
  return `${part(program)}#CASE`;
}

export function caseKey(opened: {
  readonly program: string;
  readonly subject: string;
  readonly reason: string;
  readonly openedAt: Instant;
}): ItemKey {
  const { program, subject, reason, openedAt } = opened;
  return { pk: casePartition(program), sk: `${formatInstant(openedAt)}#${subject}#${reason}` };
}

export function caseMarkerKey(redemption: string, reason: string): ItemKey {
  return { pk: redemptionPartition(redemption), sk: `CASE#${reason}` };
}

export function readProgramOfCase(pk: string): string {
  return unescaped(pk.split('#')[0] ?? '');
}

export function budgetShardKey(program: string, budget: string, shard: number): ItemKey {
  return { pk: `${part(program)}#B#${part(budget)}`, sk: shard.toString() };
}

/** The list of members lies in so many partitions. */
export const memberListShards = 16;

export function memberListPartition(program: string, shard: number): string {
  return `${part(program)}#N#${shard}`;
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

export function programPartition(program: string): string {
  return `G#${part(program)}`;
}

export const versionPrefix = 'V#';

export function programVersionKey(program: string, from: Instant): ItemKey {
  return { pk: programPartition(program), sk: `${versionPrefix}${formatInstant(from)}` };
}

/** A text that versions consist of, cut into items; named by its hash, so that it never changes. */
export function programTextKey(program: string, hash: string, number: number): ItemKey {
  const sk = `T#${hash}#${number.toString().padStart(3, '0')}`;
  return { pk: programPartition(program), sk };
}

export const programNamesPartition = 'G';

export function programNameKey(program: string): ItemKey {
  return { pk: programNamesPartition, sk: program };
}
