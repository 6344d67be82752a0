import type { Entry, EntryKind, Leg } from '../../shared/domain/ledger/entry.ts';
import type { Balance } from '../../shared/domain/points/balance.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';
import type { Order } from '../../shared/domain/redemption/order.ts';
import { redemptionId } from '../../shared/domain/redemption/reference.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { Hold, HoldOutcome, Settlement } from '../../shared/ports/stores.ts';
import type { Stores } from './backends.ts';
import { noon, owner } from './ledger-actor.ts';
import { changeOf, credited, drawn, moved, openLot } from './planner.ts';

const maximumRounds = 200;

export function redemption(number: number): string {
  return redemptionId(number.toString(16).padStart(2, '0').repeat(32));
}

export function entryOf(id: string, part: string, kind: EntryKind, legs: readonly Leg[]): Entry {
  return {
    key: { at: 'redemption', redemption: id, part },
    ...{ kind, program: owner.program, member: owner.member, legs, bodyHash: `body ${kind}` },
    occurredAt: noon,
    postedAt: noon,
    explanation: { reason: 'TEST' },
  };
}

export function holdOf(id: string, legs: readonly Leg[], points: bigint): Hold {
  return {
    redemption: id,
    entry: entryOf(id, '0', 'hold', legs),
    rewardId: 'gift-card-gbp',
    amountMinor: points,
    currency: 'GBP',
    country: 'GB',
    unit: owner.unit,
    points,
    sealedEmail: 'sealed.address',
    terms: {
      ...{ rewardName: 'Gift card (GBP)', kind: 'eGiftCard', language: 'en' },
      sources: [{ provider: 'tremendous', products: ['AAA', 'BBB'] }],
      promisedBy: instantOf(noon + 3_600_000),
    },
  };
}

/** A hold and its change on what was read, or `undefined` where the points do not reach. */
export function planHold(
  balance: Balance,
  id: string,
  points: bigint,
): { readonly hold: Hold; readonly change: BalanceChange } | undefined {
  if (drawn(balance, owner, points + balance.debt).uncovered > 0n) return undefined;
  const { legs } = drawn(balance, owner, points);
  const whole = [...legs, moved('held', owner.unit, points)];
  const { debt, redeemVersion } = balance;
  const change = changeOf(balance, whole, owner, { guards: { debt, redeemVersion } });
  return { hold: holdOf(id, whole, points), change };
}

export async function redeem(
  stores: Stores,
  id: string,
  points: bigint,
): Promise<HoldOutcome['kind'] | 'insufficient'> {
  for (let round = 1; round <= maximumRounds; round += 1) {
    const plan = planHold(await stores.ledger.readBalance(owner), id, points);
    if (plan === undefined) return 'insufficient';
    const held = await stores.redemptions.hold(plan.hold, plan.change);
    if (held.kind !== 'stale') return held.kind;
  }
  throw new Error(`Redemption ${id} did not fit in ${maximumRounds} rounds.`);
}

export function orderOf(id: string, parts: Partial<Order> = {}): Order {
  return {
    redemption: id,
    attempt: 1,
    provider: 'tremendous',
    products: ['AAA', 'BBB'],
    payloadHash: 'payload',
    state: 'open',
    call: 0,
    claimedUntil: instantOf(0),
    undecidedUntil: instantOf(0),
    reasons: ['ONLY_PROVIDER_OF_REWARD'],
    ...{ since: instantOf(0), tried: [] },
    ...parts,
  };
}

function settlementOf(id: string, kind: 'capture' | 'release', legs: readonly Leg[]): Settlement {
  return { number: 1, entry: entryOf(id, 'S#1', kind, legs), provider: 'tremendous' };
}

export async function recordOf(stores: Stores, id: string): Promise<{ hold: Hold; order: Order }> {
  const record = await stores.redemptions.read(id);
  if (record?.order === undefined) throw new Error(`Redemption ${id} has no order.`);
  return { hold: record.hold, order: record.order };
}

export async function capture(stores: Stores, id: string): Promise<'done' | 'lost'> {
  const { hold, order } = await recordOf(stores, id);
  if (order.state !== 'open' && order.state !== 'accepted') return 'lost';
  const { amountMinor, currency, points, unit } = hold;
  const legs: Leg[] = [
    moved('held', unit, -points),
    { account: { kind: 'redeemed' }, unit, amount: points },
    { account: { kind: 'rewardCost' }, unit: currency, amount: amountMinor },
    {
      account: { kind: 'providerPayable', provider: order.provider },
      unit: currency,
      amount: -amountMinor,
    },
  ];
  return await stores.redemptions.capture(order, settlementOf(id, 'capture', legs));
}

/** Closes the order and gives the points back. */
export async function closeAndRelease(stores: Stores, id: string): Promise<'done' | 'lost'> {
  const { order } = await recordOf(stores, id);
  if (order.state !== 'open' && order.state !== 'closing') return 'lost';
  const closing: Order = { ...order, state: 'closing' };
  const closed = await stores.redemptions.updateOrder(order, closing);
  return closed === 'lost' ? 'lost' : await release(stores, id, closing);
}

export async function release(
  stores: Stores,
  id: string,
  closing: Order,
): Promise<'done' | 'lost'> {
  const { hold } = await recordOf(stores, id);
  for (let round = 1; round <= maximumRounds; round += 1) {
    const balance = await stores.ledger.readBalance(owner);
    const legs = releaseLegs(hold, balance);
    const change = changeOf(balance, legs, owner);
    const settlement = settlementOf(id, 'release', legs);
    const released = await stores.redemptions.release(closing, settlement, change);
    if (released !== 'stale') return released;
  }
  throw new Error(`Release of ${id} did not fit in ${maximumRounds} rounds.`);
}

/** Into the lots that the points came from, or a later one where they are closed by now. */
function releaseLegs({ entry, points, unit }: Hold, balance: Balance): Leg[] {
  const parts = entry.legs.flatMap(({ account, amount }) => {
    if (account.kind !== 'lot') return [];
    return [[openLot(balance, account.lot), -amount] as const];
  });
  return [moved('held', unit, -points), ...credited(balance, owner, parts)];
}
