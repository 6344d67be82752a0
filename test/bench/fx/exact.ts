import {
  type Account,
  assertBalanced,
  type Leg,
  type LotKey,
} from '../../../shared/domain/ledger/entry.ts';
import { leg } from '../../../shared/domain/ledger/recipes.ts';
import { convert, type Rate } from '../../../shared/domain/rates/rate.ts';
import type { RateBook } from '../../../shared/domain/rates/rate-book.ts';
import type { FxCase } from './cases.ts';
import { type SumsByUnit, sumsOf, type UnitSums, walletOf } from './unit-sums.ts';

const lot = '270101' as LotKey;
const issued: Account = { kind: 'issued' };
const fxPosition: Account = { kind: 'fxPosition' };
const rounding: Account = { kind: 'rounding' };

function rateOf(book: RateBook, { from, to, on }: FxCase): Rate {
  const found = book.rateAt({ from, to, on, staleDays: 7 });
  if (!found.ok) throw new Error(`No rate from ${from} to ${to} on ${on}.`);
  return found.value;
}

/** Conversions as the ledger books them, and the sums of what was booked. */
export class ExactBooks {
  readonly sums: SumsByUnit<bigint> = new Map();
  readonly #book: RateBook;

  constructor(book: RateBook) {
    this.#book = book;
  }

  /** Posts what an amount becomes in the member's wallet; minor units of the wallet's currency. */
  post(asked: FxCase): bigint {
    const { from, to, amountMinor, member } = asked;
    const rate = rateOf(this.#book, asked);
    const { amount, wholeMinor } = convert(amountMinor, rate, 'halfUp');
    const keptMinor = amount.amountMinor;
    const legs = [
      leg(issued, from, -amountMinor),
      leg(fxPosition, from, amountMinor),
      leg(fxPosition, to, -wholeMinor),
    ];
    if (keptMinor !== wholeMinor) legs.push(leg(rounding, to, wholeMinor - keptMinor));
    if (keptMinor !== 0n) legs.push(leg({ kind: 'lot', member, lot }, to, keptMinor));
    assertBalanced(legs);
    let sums = sumsOf(this.sums, from, 0n);
    let unit = from;
    for (const each of legs) {
      if (each.unit !== unit) sums = sumsOf(this.sums, each.unit, 0n);
      unit = each.unit;
      addTo(sums, each);
    }
    return keptMinor;
  }
}

function addTo(sums: UnitSums<bigint>, { account, amount }: Leg): void {
  if (account.kind === 'issued') sums.issued += amount;
  else if (account.kind === 'fxPosition') sums.fxPosition += amount;
  else if (account.kind === 'rounding') sums.rounding += amount;
  else if (account.kind === 'lot') walletOf(sums, account.member, 0n).sum += amount;
}
