import type { Movement } from '../../member/decision.ts';
import { convert, type Rate } from '../../rates/rate.ts';
import type { EventContext } from '../event-context.ts';
import { sharesOfWhole } from '../fraction.ts';
import type { ExchangesBack } from './exchanges-back.ts';
import { fixedRate } from './fixed-rate.ts';
import { OldWallets } from './old-wallets.ts';
import type { LotPlace } from './whereabouts.ts';

/** What a member has of something that was given: before a return and after it. */
export interface Left {
  readonly member: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** In the currency that it was kept in, and whose wallet it was migrated with. */
interface Migrated extends Left {
  /** Out of that currency. */
  readonly rate: Rate;
}

interface SuccessorTake extends Migrated {
  readonly place: LotPlace;
}

interface RecordedTake extends Migrated {
  /** What is taken of it, in the successor: a record tells how much there is. */
  readonly toMinor: bigint;
}

interface Successor {
  readonly rate: Rate;
  readonly member: string;
  readonly takes: SuccessorTake[];
  readonly recorded: RecordedTake[];
}

/**
 * What a return takes out of wallets. Of a currency that has been replaced it is what the old
 * wallet still has, and the rest from the successor's. All of it that an event gave a member was
 * migrated together: its value is what was left before the return less what is left after, each
 * rounded as the migration was, so that all returns together take what that gave.
 */
export class WalletTakes {
  readonly #context: EventContext;
  readonly #uncovered: 'debt' | 'case';
  readonly #old: OldWallets;
  readonly #successors = new Map<string, Successor>();

  constructor(context: EventContext, uncovered: 'debt' | 'case') {
    this.#context = context;
    this.#uncovered = uncovered;
    this.#old = new OldWallets(context);
  }

  /** What is taken in the unit that it was kept in; the rest is among `fromSuccessors`. */
  take(unit: string, place: LotPlace, { member, before, after }: Left): Movement[] {
    const rate = fixedRate(unit, this.#context);
    const all = before - after;
    const points =
      rate === undefined ? all : this.#old.draw({ member, unit, ...place, points: all });
    if (rate !== undefined) {
      const rest = { rate, place, member, before: before - points, after };
      this.#successorOf(rest).takes.push(rest);
    }
    if (points === 0n) return [];
    return [{ kind: 'take', unit, member, points, ...place, uncovered: this.#uncovered }];
  }

  /** What is taken elsewhere, and was migrated with the wallet. */
  addRecorded(take: RecordedTake): void {
    this.#successorOf(take).recorded.push(take);
  }

  #successorOf({ rate, member }: Migrated): Successor {
    const key = `${rate.from} ${member}`;
    const successor = this.#successors.get(key) ?? { rate, member, takes: [], recorded: [] };
    this.#successors.set(key, successor);
    return successor;
  }

  /** Tells `exchanges` what of the migrations is turned back. */
  fromSuccessors(exchanges: ExchangesBack): Movement[] {
    const uncovered = this.#uncovered;
    return [...this.#successors.values()].flatMap(({ rate, member, takes, recorded }) => {
      const { toMinor } = backOf(takes, rate);
      const elsewhere = recorded.reduce((sum, take) => sum + take.toMinor, 0n);
      const all = backOf([...takes, ...recorded], rate);
      exchanges.turnBackMigration(rate, { ...all, toMinor: toMinor + elsewhere });
      const shares = sharesOfWhole(
        toMinor,
        takes.map(({ before, after }) => before - after),
      );
      return takes.flatMap(({ place }, index): Movement[] => {
        const points = shares[index] ?? 0n;
        if (points === 0n) return [];
        return [{ kind: 'take', unit: rate.to, member, points, ...place, uncovered }];
      });
    });
  }
}

/** What has been taken of a replaced currency is worth in its successor. */
function backOf(takes: readonly Migrated[], rate: Rate) {
  const sumOf = (which: 'before' | 'after') => takes.reduce((sum, take) => sum + take[which], 0n);
  const [before, after] = [sumOf('before'), sumOf('after')];
  const [all, left] = [convert(before, rate, 'halfUp'), convert(after, rate, 'halfUp')];
  return {
    fromMinor: before - after,
    toMinor: all.amount.amountMinor - left.amount.amountMinor,
    wholeMinor: all.wholeMinor - left.wholeMinor,
  };
}
