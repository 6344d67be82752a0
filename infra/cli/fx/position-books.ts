import { BookedExchanges } from '../../../shared/domain/ledger/booked-exchanges.ts';
import { type Instant, type LocalDate, localDateAt } from '../../../shared/domain/time.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';

/** What entries say of conversions; amounts are minor units by currency. */
export interface PositionBooks {
  readonly exchanges: BookedExchanges;
  /** On the position accounts. */
  readonly positions: ReadonlyMap<string, bigint>;
  /** On the rounding accounts. */
  readonly roundings: ReadonlyMap<string, bigint>;
}

/** What the exchanges of the entries say that the position accounts hold. */
export function exchangedIn({ exchanges }: PositionBooks): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { from, fromMinor, to, wholeMinor } of exchanges.sums()) {
    sums.set(from, (sums.get(from) ?? 0n) + fromMinor);
    sums.set(to, (sums.get(to) ?? 0n) - wholeMinor);
  }
  return sums;
}

interface PositionQuestion {
  readonly postedBy: Instant;
  /** The day of the question: what was posted a little after it is of that day too. */
  readonly day: LocalDate;
  readonly timeZone: string;
}

/** Of every entry that was posted up to an instant; days are those of the zone. */
export async function readPositionBooks(
  scan: LedgerScan,
  { postedBy, day, timeZone }: PositionQuestion,
): Promise<PositionBooks> {
  const exchanges = new BookedExchanges();
  const [positions, roundings] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const sums = new Map([
    ['fxPosition', positions],
    ['rounding', roundings],
  ]);
  for await (const { entry } of scan.items()) {
    if (entry.postedAt > postedBy) continue;
    for (const { account, unit, amount } of entry.legs) {
      const sum = sums.get(account.kind);
      sum?.set(unit, (sum.get(unit) ?? 0n) + amount);
    }
    if (entry.exchanges === undefined) continue;
    const postedOn = earlier(day, localDateAt(entry.postedAt, timeZone));
    for (const exchange of entry.exchanges) exchanges.add(exchange, postedOn);
  }
  return { exchanges, positions, roundings };
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}
