import type { LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import type { Movement } from '../../../../../shared/domain/member/decision.ts';
import type { Balance } from '../../../../../shared/domain/points/balance.ts';

export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/* What movements do to a balance, done in the plainest way. */

export function isFilled({ debt, pending, lots, vesting, standing }: Balance): boolean {
  const maps = [lots, vesting, standing.counters, standing.metrics];
  const amounts = [debt, pending, ...maps.flatMap((map) => [...map.values()])];
  return amounts.some((amount) => amount !== 0n) || standing.tier !== undefined;
}

/** What an amount that a member gets or gives does to what the program has issued. */
export function issuedBy(
  movement: Exclude<Movement, { kind: 'exchange' | 'expire' | 'absorb' | 'migrate' }>,
): ['issued' | 'breakage', bigint] {
  const { kind, points } = movement;
  if (kind === 'vest' || kind === 'extend') return ['issued', 0n];
  if (kind === 'take') return ['issued', points];
  return kind === 'unpend' ? [movement.to, points] : ['issued', -points];
}

export function addPending(
  balance: Mutable<Balance>,
  vestOn: LotKey | undefined,
  points: bigint,
): void {
  if (vestOn === undefined) balance.pending += points;
  else balance.vesting = added(balance.vesting, vestOn, points);
  if (balance.pending < 0n) throw new Error('Pending fell below zero.');
}

export function credit(balance: Mutable<Balance>, lot: LotKey, points: bigint): void {
  const repaid = balance.debt < points ? balance.debt : points;
  balance.debt -= repaid;
  balance.lots = added(balance.lots, lot, points - repaid);
}

export function take(balance: Mutable<Balance>, prefer: LotKey | undefined, points: bigint): void {
  let left = points;
  const lots = [...balance.lots].sort(([one], [other]) =>
    one === prefer ? -1 : other === prefer ? 1 : one < other ? -1 : 1,
  );
  for (const [lot, held] of lots) {
    const part = held < left ? held : left;
    balance.lots = added(balance.lots, lot, -part);
    left -= part;
  }
  balance.debt += left;
}

export function added(
  map: ReadonlyMap<LotKey, bigint>,
  key: LotKey,
  add: bigint,
): ReadonlyMap<LotKey, bigint> {
  const next = (map.get(key) ?? 0n) + add;
  if (next < 0n) throw new Error(`${key} fell below zero.`);
  return new Map([...map, [key, next]]);
}

export function addTo(
  map: ReadonlyMap<string, bigint>,
  key: string,
  add: bigint,
  read?: bigint,
): void {
  const before = map.get(key) ?? 0n;
  if (read !== undefined && read !== before) throw new Error(`${key} was read as ${read}.`);
  if (before + add < 0n) throw new Error(`${key} fell below zero.`);
  (map as Map<string, bigint>).set(key, before + add);
}

export function roundTrip(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
