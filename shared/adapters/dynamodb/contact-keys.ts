import { type ItemKey, part } from './schema.ts';

/*
 * What names a person or follows from it lies in one partition for each member, so that it is
 * erased whole and a function's role can be kept to it (`*#P#*`).
 *
 * | who asks              | what                        | operation | pk         | sk           |
 * |-----------------------|-----------------------------|-----------|------------|--------------|
 * | API, redeem, notify   | a contact, compare and set  | Get; Put  | p#P#member | P            |
 * | notify                | a message, once             | Transact  | p#P#member | S#message    |
 * | notify                | messages of a day           | Transact  | p#P#member | N#day        |
 * | notify, resend, mail- | how a reward's mail went,   | Get; Put  | p#P#member | D#redemption |
 * | events                | compare and set             |           |            |              |
 * | API, notify, choose   | a choice, compare and set   | Get; Put  | p#P#member | V#choice     |
 */

interface Owner {
  readonly program: string;
  readonly member: string;
}

function personPartition({ program, member }: Owner): string {
  return `${part(program)}#P#${part(member)}`;
}

export function contactKey(owner: Owner): ItemKey {
  return { pk: personPartition(owner), sk: 'P' };
}

export function sentKey(owner: Owner, message: string): ItemKey {
  return { pk: personPartition(owner), sk: `S#${message}` };
}

/** How many messages with a cap went out on a day. */
export function sentDayKey(owner: Owner, day: string): ItemKey {
  return { pk: personPartition(owner), sk: `N#${day}` };
}

export function deliveryKey(owner: Owner, redemption: string): ItemKey {
  return { pk: personPartition(owner), sk: `D#${redemption}` };
}

export function choiceKey(owner: Owner, id: string): ItemKey {
  return { pk: personPartition(owner), sk: `V#${id}` };
}
