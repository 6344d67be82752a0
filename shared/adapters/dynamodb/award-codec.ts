import type { AwardRecord } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';
import { longDay, shortDay } from './leg-codec.ts';
import type { MemberNumbers } from './member-numbers.ts';

/*
 * Awards as one short text, a line each: rule, points and unit (unless it is that of the line
 * before), then what is said only where it is
 * not the usual, each with a letter of its own, and the arithmetic.
 *
 *   points-a-pound|123 PTS|b12300|l2802|cabcd2611|=12300/100*1
 *
 * b basis, m parts (number of the member, points) unless all that is not donated goes to the
 * entry's own member, j what was judged before it was converted (unit, points, and whole minor
 * units where they are not all of the points), d donated (charity, points), l lot, v vests on, w
 * waits for an event, c point counters, t time counters, g draws on budgets (budget, shard,
 * points).
 */

export function encodeAwards(awards: readonly AwardRecord[], members: MemberNumbers): string {
  const lines = awards.map((award, index) => {
    invariant(/^[A-Z0-9]+$/.test(award.unit), 'A unit is capitals and digits.');
    const isSaid = awards[index - 1]?.unit === award.unit;
    return encodeAward(award, isSaid ? '' : ` ${award.unit}`, members);
  });
  return lines.join('\n');
}

function encodeAward(award: AwardRecord, unit: string, members: MemberNumbers): string {
  const { rule, points, basisMinor, lot, vestOn, pending, budgets } = award;
  const draws = budgets?.map((draw) => `${word(draw.budget)}:${draw.shard}:${draw.points}`);
  const fields = [
    escaped(rule),
    `${points}${unit}`,
    basisMinor === 0n ? '' : `b${basisMinor}`,
    partsOf(award, members),
    judgedOf(award),
    award.donated === undefined ? '' : `d${word(award.donated.charity)}:${award.donated.points}`,
    lot === undefined ? '' : `l${shortDay(lot)}`,
    vestOn === undefined ? '' : `v${shortDay(vestOn)}`,
    pending === true ? 'w' : '',
    listed('c', award.pointCounters?.map(word)),
    listed('t', award.timeCounters?.map(word)),
    listed('g', draws),
  ];
  const [head, ...optional] = fields;
  return [head, ...optional.filter((field) => field !== ''), `=${escaped(award.arithmetic)}`].join(
    '|',
  );
}

function judgedOf({ judged, points }: AwardRecord): string {
  if (judged === undefined) return '';
  const { unit, points: from, wholeMinor } = judged;
  return `j${word(unit)}:${from}${wholeMinor === points ? '' : `:${wholeMinor}`}`;
}

function partsOf({ parts, points, donated }: AwardRecord, members: MemberNumbers): string {
  const numbered = parts.map((part) => [members.numberOf(part.member), part.points] as const);
  const [first, second] = numbered;
  const kept = points - (donated?.points ?? 0n);
  if (first?.[0] === 0 && first[1] === kept && second === undefined) return '';
  return `m${numbered.map(([number, part]) => `${number}:${part}`).join(',')}`;
}

function listed(letter: string, items: readonly string[] | undefined): string {
  return items === undefined ? '' : `${letter}${items.join(',')}`;
}

function word(text: string): string {
  invariant(/^[\w.-]+$/.test(text), 'A name in an award is letters, digits, dots and dashes.');
  return text;
}

const escapes = { '~': '~0', '|': '~1', '\n': '~2' } as const;

function escaped(text: string): string {
  return text.replace(/[~|\n]/g, (character) => escapes[character as keyof typeof escapes]);
}

function unescaped(text: string): string {
  return text.replace(/~[012]/g, (code) => ['~', '|', '\n'][Number(code[1])] ?? '');
}

/** Throws on a text that `encodeAwards` never writes. */
export function decodeAwards(text: string, members: MemberNumbers): AwardRecord[] {
  let unit = '';
  return text.split('\n').map((line) => {
    const award = decodeAward(line, unit, members);
    unit = award.unit;
    return award;
  });
}

function decodeAward(line: string, unitBefore: string, members: MemberNumbers): AwardRecord {
  const [rule = '', amount = '', ...rest] = line.split('|');
  const [, digits, unit = unitBefore] = /^(-?\d+)(?: ([A-Z0-9]+))?$/.exec(amount) ?? [];
  invariant(digits !== undefined && unit !== '', 'A stored award has no points.');
  const fields = new Map(rest.map((field) => [field.slice(0, 1), field.slice(1)]));
  const arithmetic = fields.get('=');
  invariant(arithmetic !== undefined, 'A stored award has no arithmetic.');
  const points = BigInt(digits);
  const [lot, vestOn] = [fields.get('l'), fields.get('v')];
  const [pointCounters, timeCounters] = [list(fields.get('c')), list(fields.get('t'))];
  const budgets = list(fields.get('g'))?.map(decodeDraw);
  const [judged, donated] = [fields.get('j'), fields.get('d')];
  const given = donated === undefined ? undefined : decodeDonated(donated);
  const parts = list(fields.get('m'))?.map((part) => {
    const [number, of] = part.split(':');
    return { member: members.memberAt(Number(number)), points: BigInt(of ?? '') };
  });
  return {
    rule: unescaped(rule),
    unit,
    points,
    basisMinor: BigInt(fields.get('b') ?? 0),
    ...(judged !== undefined && { judged: decodeJudged(judged, points) }),
    ...(given && { donated: given }),
    parts: parts ?? [{ member: members.memberAt(0), points: points - (given?.points ?? 0n) }],
    ...(lot !== undefined && { lot: longDay(lot) }),
    ...(vestOn !== undefined && { vestOn: longDay(vestOn) }),
    ...(fields.has('w') && { pending: true as const }),
    ...(pointCounters && { pointCounters }),
    ...(timeCounters && { timeCounters }),
    ...(budgets && { budgets }),
    arithmetic: unescaped(arithmetic),
  };
}

function decodeDraw(text: string) {
  const [budget = '', shard = '', points = ''] = text.split(':');
  return { budget, shard: Number(shard), points: BigInt(points) };
}

function decodeJudged(text: string, kept: bigint) {
  const [unit = '', points = '', whole = kept] = text.split(':');
  return { unit, points: BigInt(points), wholeMinor: BigInt(whole) };
}

function decodeDonated(text: string) {
  const [charity = '', points = ''] = text.split(':');
  return { charity, points: BigInt(points) };
}

function list(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  return text === '' ? [] : text.split(',');
}

/** What an event added to metrics, as `abcd2611+1234,efgh2611+1`. */
export function encodeAdds(adds: readonly (readonly [string, bigint])[]): string {
  return adds
    .map(([key, add]) => {
      invariant(/^[A-Za-z0-9.]+$/.test(key), 'A metric is letters, digits and dots.');
      return `${key}${add < 0n ? '' : '+'}${add}`;
    })
    .join(',');
}

export function decodeAdds(text: string): (readonly [string, bigint])[] {
  return text.split(',').map((item) => {
    const [, key, add] = /^([A-Za-z0-9.]+)([+-]\d+)$/.exec(item) ?? [];
    invariant(key !== undefined && add !== undefined, 'A stored addition names what and how much.');
    return [key, BigInt(add)] as const;
  });
}
