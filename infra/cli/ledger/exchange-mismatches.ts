import type {
  Account,
  Entry,
  EntryKind,
  ExchangeRecord,
} from '../../../shared/domain/ledger/entry.ts';
import { rounded } from '../../../shared/domain/money/fraction.ts';
import { minorPerMajor } from '../../../shared/domain/money/money.ts';

export interface ExchangeMismatch {
  readonly unit: string;
  readonly part: 'fxPosition' | 'rounding' | 'exchange';
  /** What the exchange's own rate, or the entry's exchanges, say. */
  readonly expected: bigint;
  /** What the exchange, or the legs, say. */
  readonly found: bigint;
}

/**
 * Where the exchanges of an entry are not what their rates say, or not what its legs say: position
 * legs are what was given, less the whole minor units got; the rounding legs are the rest of what
 * was got.
 */
export function exchangeMismatches({ kind, exchanges = [], legs }: Entry): ExchangeMismatch[] {
  const expected = new Sums();
  for (const { from, fromMinor, to, toMinor, wholeMinor } of exchanges) {
    expected.add('fxPosition', from, fromMinor);
    expected.add('fxPosition', to, -wholeMinor);
    expected.add('rounding', to, wholeMinor - toMinor);
  }
  const posted = new Sums();
  for (const { account, unit, amount } of legs) posted.add(account.kind, unit, amount);
  return [
    ...(undoing.has(kind) ? [] : exchanges.flatMap(misconverted)),
    ...parts.flatMap((part) => disagreeing(part, expected.of(part), posted.of(part))),
  ];
}

const parts = ['fxPosition', 'rounding'] as const;

class Sums {
  readonly #sums = new Map<string, Map<string, bigint>>();

  add(account: Account['kind'], unit: string, amount: bigint): void {
    const units = this.of(account);
    units.set(unit, (units.get(unit) ?? 0n) + amount);
  }

  of(account: Account['kind']): Map<string, bigint> {
    const units = this.#sums.get(account) ?? new Map<string, bigint>();
    this.#sums.set(account, units);
    return units;
  }
}

function disagreeing(
  part: ExchangeMismatch['part'],
  expected: ReadonlyMap<string, bigint>,
  posted: ReadonlyMap<string, bigint>,
): ExchangeMismatch[] {
  return [...new Set([...expected.keys(), ...posted.keys()])].flatMap((unit) => {
    const [wanted, found] = [expected.get(unit) ?? 0n, posted.get(unit) ?? 0n];
    return wanted === found ? [] : [{ unit, part, expected: wanted, found }];
  });
}

/** These turn shares of earlier conversions back, which no rate alone can tell. */
const undoing: ReadonlySet<EntryKind> = new Set(['return', 'forfeiture']);

/** The whole minor units and the result of a conversion, by its own rate. */
function misconverted(exchange: ExchangeRecord): ExchangeMismatch[] {
  const { from, fromMinor, to, toMinor, wholeMinor, rate, rounding } = exchange;
  const exact = {
    numerator: fromMinor * rate.numerator * minorPerMajor(to),
    denominator: rate.denominator * minorPerMajor(from),
  };
  const results = [
    { expected: rounded(exact, 'down'), found: wholeMinor },
    { expected: rounded(exact, rounding), found: toMinor },
  ];
  return results
    .filter(({ expected, found }) => expected !== found)
    .map((result) => ({ unit: to, part: 'exchange', ...result }));
}
