import type { LotKey } from '../../ledger/entry.ts';
import { balanceIn } from '../../member/snapshot.ts';
import { spendableLots } from '../../points/balance.ts';
import type { EventContext } from '../event-context.ts';
import { smaller } from '../fraction.ts';
import { localDayAt } from '../local-day.ts';

interface OldTake {
  readonly member: string;
  readonly unit: string;
  /** Taken first where it still vests then. */
  readonly vestOn?: LotKey;
  readonly points: bigint;
}

interface Held {
  readonly vesting: Map<LotKey, bigint>;
  lots: bigint;
}

/**
 * What members still have in wallets of currencies that have been replaced: it came late, or their
 * calendar has not been looked at since. Takes draw on it one after the other.
 */
export class OldWallets {
  readonly #context: EventContext;
  readonly #held = new Map<string, Held>();

  constructor(context: EventContext) {
    this.#context = context;
  }

  /** How much of a take is there: as much as its movement will find. */
  draw({ member, unit, vestOn, points }: OldTake): bigint {
    const held = this.#heldBy(member, unit);
    const vesting = (vestOn === undefined ? undefined : held.vesting.get(vestOn)) ?? 0n;
    const early = smaller(vesting, points);
    if (vestOn !== undefined) held.vesting.set(vestOn, vesting - early);
    const late = smaller(held.lots, points - early);
    held.lots -= late;
    return early + late;
  }

  #heldBy(member: string, unit: string): Held {
    const key = `${unit} ${member}`;
    const held = this.#held.get(key) ?? this.#read(member, unit);
    this.#held.set(key, held);
    return held;
  }

  #read(member: string, unit: string): Held {
    const { compiled, now, snapshots } = this.#context;
    const snapshot = snapshots([member]).get(member);
    if (snapshot === undefined) return { vesting: new Map(), lots: 0n };
    const balance = balanceIn(snapshot, unit);
    const { date } = localDayAt(now, compiled.program.timeZone);
    const lots = spendableLots(balance, date).reduce((sum, [, points]) => sum + points, 0n);
    return { vesting: new Map(balance.vesting), lots };
  }
}
