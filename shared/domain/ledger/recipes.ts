import { allocate, available, type Balance, isExpired, spendableLots } from '../points/balance.ts';
import { invariant } from '../result.ts';
import type { LocalDate } from '../time.ts';
import type { Account, Leg, LotKey } from './entry.ts';

interface MemberPoints {
  readonly member: string;
  readonly unit: string;
  readonly points: bigint;
}

export function leg(account: Account, unit: string, amount: bigint): Leg {
  return { account, unit, amount };
}

/** Without what an exchange put on an account of the program and a credit took from it again. */
export function netted(legs: readonly Leg[]): Leg[] {
  const passing = ['issued', 'converted'];
  const [through, rest] = [true, false].map((wanted) =>
    legs.filter(({ account }) => passing.includes(account.kind) === wanted),
  );
  const sums = new Map<string, Leg>();
  for (const each of through ?? []) {
    const key = `${each.account.kind} ${each.unit}`;
    sums.set(key, { ...each, amount: (sums.get(key)?.amount ?? 0n) + each.amount });
  }
  return [...[...sums.values()].filter(({ amount }) => amount !== 0n), ...(rest ?? [])];
}

/** Credits `parts`, paying `debt` from the first of them. */
export function creditParts(debt: bigint, credit: MemberPoints, parts: [LotKey, bigint][]): Leg[] {
  const { member, unit } = credit;
  const legs: Leg[] = [];
  let owed = debt;
  for (const [lot, points] of parts) {
    const repaid = owed < points ? owed : points;
    owed -= repaid;
    if (repaid > 0n) legs.push(leg({ kind: 'debt', member }, unit, repaid));
    if (points > repaid) legs.push(leg({ kind: 'lot', member, lot }, unit, points - repaid));
  }
  return legs;
}

/**
 * Points set aside for a redemption, or `undefined` when the member has not enough. What has vested
 * counts, but lots cannot give it before it is posted: see `needsSettling`.
 */
export function holdLegs(
  balance: Balance,
  price: MemberPoints,
  today: LocalDate,
): Leg[] | undefined {
  const { member, unit, points } = price;
  const lots = spendableLots(balance, today);
  if (available(balance, today, lots) < points) return undefined;
  const { parts, uncovered } = allocate(lots, points);
  invariant(uncovered === 0n, 'What has vested is posted before it is spent.');
  return [
    ...parts.map(([lot, part]) => leg({ kind: 'lot', member, lot }, unit, -part)),
    leg({ kind: 'held' }, unit, points),
  ];
}

/** What a provider charges, or is taken to charge, for a reward. */
interface RewardCharge {
  readonly provider: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** The held points are spent, and the provider is owed what it charges. */
export function captureLegs(hold: readonly Leg[], charge: RewardCharge): Leg[] {
  const { unit, points } = heldPart(hold);
  const spent =
    points === 0n
      ? []
      : [leg({ kind: 'held' }, unit, -points), leg({ kind: 'redeemed' }, unit, points)];
  return [...spent, ...chargeLegs(charge)];
}

/** A reward was handed out, or one too many: the provider is owed its charge. */
export function chargeLegs({ provider, currency, amountMinor }: RewardCharge): Leg[] {
  if (amountMinor === 0n) return [];
  return [
    leg({ kind: 'rewardCost' }, currency, amountMinor),
    leg({ kind: 'providerPayable', provider }, currency, -amountMinor),
  ];
}

/** What undoes legs: of a capture that did not last, of a payment that is given back. */
export function reversedLegs(legs: readonly Leg[]): Leg[] {
  return legs.map((each) => ({ ...each, amount: -each.amount }));
}

interface Release {
  readonly balance: Balance;
  readonly member: string;
  readonly today: LocalDate;
  /** Where points go whose lot has expired while they were held. */
  readonly graceLot: LotKey;
}

/** The held points return to the lots they came from; debt made meanwhile is paid first. */
export function releaseLegs(hold: readonly Leg[], release: Release): Leg[] {
  const { unit, points } = heldPart(hold);
  const { balance, member, today, graceLot } = release;
  const closed = balance.expiredThrough ?? ('' as LotKey);
  const parts = hold.flatMap(({ account, amount }): [LotKey, bigint][] => {
    if (account.kind !== 'lot') return [];
    const open = !isExpired(account.lot, today) && account.lot > closed;
    return [[open ? account.lot : graceLot, -amount]];
  });
  if (points === 0n) return [];
  return [
    leg({ kind: 'held' }, unit, -points),
    ...creditParts(balance.debt, { member, unit, points }, parts),
  ];
}

/** What somebody else pays for holds no points. */
function heldPart(hold: readonly Leg[]): { readonly unit: string; readonly points: bigint } {
  const held = hold.find(({ account }) => account.kind === 'held');
  invariant(held !== undefined || hold.length === 0, 'A hold has a leg on the held account.');
  return { unit: held?.unit ?? '', points: held?.amount ?? 0n };
}
