import type { Account, Leg, LotKey } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';
import type { MemberNumbers } from './member-numbers.ts';

/*
 * Legs as one short text, so that an entry over many lots stays within one write unit:
 *
 *   l PTS 2702-120,270315-30|h +150
 *
 * Groups of legs on one account and unit, in order; a unit stands until the next one. A day that is
 * the first of a month is written without its day. The entry's own member is not repeated; others
 * are named by their number.
 */

const codes = {
  lot: 'l',
  debt: 'd',
  pending: 'w',
  issued: 'i',
  held: 'h',
  redeemed: 'r',
  breakage: 'b',
  rewardCost: 'c',
  migrated: 'm',
  adjusted: 'a',
  converted: 'x',
  fxPosition: 'f',
  rounding: 'q',
  donation: 'g',
  merchantReceivable: 'v',
  payoutFee: 't',
  fxResult: 'y',
  providerPayable: 'p',
} as const satisfies Record<Account['kind'], string>;

const kinds = new Map(
  Object.entries(codes).map(([kind, code]) => [code as string, kind as Account['kind']]),
);

export function encodeLegs(legs: readonly Leg[], members: MemberNumbers): string {
  const groups: { account: string; unit: string; items: string[] }[] = [];
  for (const { account, unit, amount } of legs) {
    invariant(/^[A-Z0-9]+$/.test(unit), 'A unit is capitals and digits.');
    const named = `${codes[account.kind]}${argumentOf(account, members)}`;
    const item = `${shortDay(dayOf(account))}${amount < 0n ? '' : '+'}${amount}`;
    const last = groups.at(-1);
    if (last?.account === named && last.unit === unit) last.items.push(item);
    else groups.push({ account: named, unit, items: [item] });
  }
  const texts = groups.map(({ account, unit, items }, index) => {
    const said = groups[index - 1]?.unit === unit ? [] : [unit];
    return [account, ...said, items.join(',')].join(' ');
  });
  return texts.join('|');
}

function argumentOf(account: Account, members: MemberNumbers): string {
  if ('member' in account) {
    const number = members.numberOf(account.member);
    return number === 0 ? '' : `.${number}`;
  }
  if (account.kind === 'donation') {
    invariant(/^[a-z0-9-]+$/.test(account.charity), 'A charity is named by small letters and -.');
    return `.${account.charity}`;
  }
  if (account.kind !== 'providerPayable') return '';
  invariant(/^[a-z0-9-]+$/.test(account.provider), 'A provider is named by small letters and -.');
  return `.${account.provider}`;
}

function dayOf(account: Account): LotKey | undefined {
  if (account.kind === 'lot') return account.lot;
  return account.kind === 'pending' ? account.vestOn : undefined;
}

export function shortDay(day: LotKey | undefined): string {
  if (day === undefined) return '';
  return day.endsWith('01') ? day.slice(0, 4) : day;
}

export function longDay(text: string): LotKey {
  return text.padEnd(6, '01') as LotKey;
}

const group = /^([a-z])(?:\.([a-z0-9-]+))?(?: ([A-Z0-9]+))? (\S+)$/;
const item = /^(\d{4}(?:\d{2})?)?([+-]\d+)$/;

/** Throws on a text that `encodeLegs` never writes. */
export function decodeLegs(text: string, members: MemberNumbers): Leg[] {
  if (text === '') return [];
  let unit = '';
  return text.split('|').flatMap((groupText) => {
    const [, code = '', argument, said = unit, items = ''] = group.exec(groupText) ?? [];
    const kind = kinds.get(code);
    invariant(kind !== undefined, 'A stored leg has an unknown account.');
    invariant(said !== '', 'A stored leg has no unit.');
    unit = said;
    return items.split(',').map((itemText): Leg => {
      const [, day, amount] = item.exec(itemText) ?? [];
      invariant(amount !== undefined, 'A stored leg has no amount.');
      const account = accountOf(kind, { argument, day, members });
      return { account, unit: said, amount: BigInt(amount) };
    });
  });
}

interface AccountParts {
  readonly argument: string | undefined;
  readonly day: string | undefined;
  readonly members: MemberNumbers;
}

function accountOf(kind: Account['kind'], { argument, day, members }: AccountParts): Account {
  if (kind === 'providerPayable') {
    invariant(argument !== undefined, 'A stored leg has no provider.');
    return { kind, provider: argument };
  }
  if (kind === 'donation') {
    invariant(argument !== undefined, 'A stored leg has no charity.');
    return { kind, charity: argument };
  }
  if (kind !== 'lot' && kind !== 'debt' && kind !== 'pending') return { kind };
  const member = members.memberAt(Number(argument ?? 0));
  if (kind === 'debt') return { kind, member };
  if (kind === 'pending') return { kind, member, ...(day && { vestOn: longDay(day) }) };
  invariant(day !== undefined, 'A stored leg has no lot.');
  return { kind, member, lot: longDay(day) };
}
