import type { Account, Leg, LotKey } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';

/*
 * Legs as one short text, so that an entry over many lots stays within one write unit:
 *
 *   l PTS 2702-120,270315-30|h PTS +150
 *
 * Groups of legs on one account and unit, in order. A lot on the first of a month is written
 * without its day. The entry's own member is not repeated; others are numbered from 1 in a list
 * beside the text.
 */

const codes = {
  lot: 'l',
  debt: 'd',
  issued: 'i',
  held: 'h',
  redeemed: 'r',
  breakage: 'b',
  rewardCost: 'c',
  providerPayable: 'p',
} as const satisfies Record<Account['kind'], string>;

const kinds = new Map(
  Object.entries(codes).map(([kind, code]) => [code as string, kind as Account['kind']]),
);

export interface EncodedLegs {
  readonly text: string;
  readonly otherMembers: readonly string[];
}

export function encodeLegs(legs: readonly Leg[], member: string): EncodedLegs {
  const otherMembers: string[] = [];
  const numberOf = (name: string): string => {
    if (name === member) return '';
    if (!otherMembers.includes(name)) otherMembers.push(name);
    return `.${otherMembers.indexOf(name) + 1}`;
  };
  const groups: { head: string; items: string[] }[] = [];
  for (const { account, unit, amount } of legs) {
    invariant(/^[A-Z0-9]+$/.test(unit), 'A unit is capitals and digits.');
    const head = `${codes[account.kind]}${argumentOf(account, numberOf)} ${unit}`;
    const signed = amount < 0n ? amount.toString() : `+${amount}`;
    const item = account.kind === 'lot' ? `${shortLot(account.lot)}${signed}` : signed;
    const last = groups.at(-1);
    if (last?.head === head) last.items.push(item);
    else groups.push({ head, items: [item] });
  }
  const text = groups.map(({ head, items }) => `${head} ${items.join(',')}`).join('|');
  return { text, otherMembers };
}

function argumentOf(account: Account, numberOf: (member: string) => string): string {
  if (account.kind === 'lot' || account.kind === 'debt') return numberOf(account.member);
  if (account.kind !== 'providerPayable') return '';
  invariant(/^[a-z0-9-]+$/.test(account.provider), 'A provider is named by small letters and -.');
  return `.${account.provider}`;
}

function shortLot(lot: LotKey): string {
  return lot.endsWith('01') ? lot.slice(0, 4) : lot;
}

const group = /^([a-z])(?:\.([a-z0-9-]+))? ([A-Z0-9]+) (\S+)$/;
const item = /^(\d{4}(?:\d{2})?)?([+-]\d+)$/;

/** Throws on a text that `encodeLegs` never writes. */
export function decodeLegs({ text, otherMembers }: EncodedLegs, member: string): Leg[] {
  if (text === '') return [];
  const named = (number: string | undefined): string => {
    const name = number === undefined ? member : otherMembers[Number(number) - 1];
    invariant(name !== undefined, 'A stored leg names a member that is not listed.');
    return name;
  };
  return text.split('|').flatMap((groupText) => {
    const [, code = '', argument, unit = '', items = ''] = group.exec(groupText) ?? [];
    const kind = kinds.get(code);
    invariant(kind !== undefined, 'A stored leg has an unknown account.');
    return items.split(',').map((itemText): Leg => {
      const [, lot, amount] = item.exec(itemText) ?? [];
      invariant(amount !== undefined, 'A stored leg has no amount.');
      return { account: accountOf(kind, { argument, lot, named }), unit, amount: BigInt(amount) };
    });
  });
}

interface AccountParts {
  readonly argument: string | undefined;
  readonly lot: string | undefined;
  readonly named: (number: string | undefined) => string;
}

function accountOf(kind: Account['kind'], { argument, lot, named }: AccountParts): Account {
  if (kind === 'lot') {
    invariant(lot !== undefined, 'A stored leg has no lot.');
    return { kind, member: named(argument), lot: lot.padEnd(6, '01') as LotKey };
  }
  if (kind === 'debt') return { kind, member: named(argument) };
  if (kind !== 'providerPayable') return { kind };
  invariant(argument !== undefined, 'A stored leg has no provider.');
  return { kind, provider: argument };
}
