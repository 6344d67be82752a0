import { balanceKeyOf } from '../../../../../shared/adapters/memory/balance-change.ts';
import { keyOf } from '../../../../../shared/adapters/memory/memory-table.ts';
import { sweepMember } from '../../../../../shared/app/booking/sweep-member.ts';
import type { Entry } from '../../../../../shared/domain/ledger/entry.ts';
import {
  type Balance,
  emptyBalance,
  type Holdings,
} from '../../../../../shared/domain/points/balance.ts';
import type { World } from '../../../../support/world.ts';

/** Of the wallets that these put into the books as they stand, and sweep. */
const program = 'online-retail';

export function put(world: World, member: string, unit: string, holdings: Partial<Balance>): void {
  const owner = { program, member, unit };
  const balance = { ...emptyBalance, ...holdings };
  world.table.balances.set(balanceKeyOf(owner), { ...owner, balance });
}

export function balanceOf(world: World, member: string, unit: string): Balance {
  return world.table.balances.get(balanceKeyOf({ program, member, unit }))?.balance ?? emptyBalance;
}

export function totalOf({ lots, vesting, pending, debt }: Holdings): bigint {
  const held = [...lots.values(), ...vesting.values()];
  return held.reduce((sum, points) => sum + points, pending) - debt;
}

export function migrationsIn(world: World): Entry[] {
  return [...world.table.entries.values()].filter(({ kind }) => kind === 'migration');
}

export async function sweep(world: World, member: string): Promise<void> {
  await sweepMember(world.dependencies, { program, member });
}

interface Waits {
  readonly member: string;
  readonly points: bigint;
}

/** A record of points that wait for an event, with parts of whoever they are for. */
export function putWaiting(
  world: World,
  member: string,
  id: string,
  waits: readonly Waits[],
): void {
  const award = {
    ...{ award: 0, rule: 'order-points', unit: 'BGN', state: 'waiting', requirements: [{}] },
    parts: waits.map((part) => ({ member: part.member, points: `${part.points}` })),
  };
  const record = { kind: 'pending', id, version: 1, value: { occurredAt: 0, awards: [award] } };
  const key = keyOf(program, member, 'pending', id);
  world.table.records.set(key, { program, member, record: { ...record, kind: 'pending' } });
}

export function putProfile(
  world: World,
  member: string,
  facts: Readonly<Record<string, string>>,
): void {
  const value = { kind: 'person', enrolledAt: 0, ...facts };
  const record = { kind: 'profile', id: '0', version: 1, value } as const;
  const key = keyOf(program, member, 'profile', '0');
  world.table.records.set(key, { program, member, record });
}

export function waitingOf(world: World, member: string): { unit: string; parts: Waits[] }[] {
  return [...world.table.records.of(member)].flatMap(({ record }) => {
    if (record.kind !== 'pending') return [];
    const { awards } = record.value as { awards: { unit: string; parts: Waits[] }[] };
    return awards;
  });
}
