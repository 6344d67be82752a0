import type { LotKey } from '../ledger/entry.ts';
import type { Movement } from '../member/decision.ts';
import { convert, type Rate } from '../rates/rate.ts';
import { sharesOfWhole } from './fraction.ts';
import type { MoneyBack } from './returned-money.ts';

/** Where points are by now, if anywhere. */
export interface LotPlace {
  readonly prefer?: LotKey;
  readonly vestOn?: LotKey;
}

interface Migrated {
  /** Out of the currency that it was kept in. */
  readonly rate: Rate;
  /** Whose wallet it was migrated with. */
  readonly member: string;
  /** In the old currency: what was left before this return, and after it. */
  readonly before: bigint;
  readonly after: bigint;
}

interface WalletTake extends Migrated {
  readonly place: LotPlace;
}

interface RecordedTake extends Migrated {
  /** What is taken of it, in the successor: a record tells how much there is. */
  readonly toMinor: bigint;
}

interface Wallet {
  readonly rate: Rate;
  readonly member: string;
  readonly takes: WalletTake[];
  readonly recorded: RecordedTake[];
}

/**
 * What is taken out of the successor of a currency that has been replaced. All that an event gave a
 * member was migrated together: its value is what was left before the return less what is left
 * after, each rounded as the migration was, so that all returns together take what that gave.
 */
export class ReturnedWallets {
  readonly #wallets = new Map<string, Wallet>();

  add(take: WalletTake): void {
    this.#walletOf(take).takes.push(take);
  }

  /** What is taken elsewhere, and was migrated with the wallet. */
  addRecorded(take: RecordedTake): void {
    this.#walletOf(take).recorded.push(take);
  }

  #walletOf({ rate, member }: Migrated): Wallet {
    const key = `${rate.from} ${member}`;
    const wallet = this.#wallets.get(key) ?? { rate, member, takes: [], recorded: [] };
    this.#wallets.set(key, wallet);
    return wallet;
  }

  movements(money: MoneyBack, uncovered: 'debt' | 'case'): Movement[] {
    return [...this.#wallets.values()].flatMap(({ rate, member, takes, recorded }) => {
      const { toMinor } = backOf(takes, rate);
      const elsewhere = recorded.reduce((sum, take) => sum + take.toMinor, 0n);
      const all = backOf([...takes, ...recorded], rate);
      money.turnBackMigration(rate, { ...all, toMinor: toMinor + elsewhere });
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

/** What has been taken of a retired currency is worth in its successor. */
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
