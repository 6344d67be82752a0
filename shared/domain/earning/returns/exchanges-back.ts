import type { AwardRecord, ExchangeRecord } from '../../ledger/entry.ts';
import { exchangeRecord, turnedBack } from '../../ledger/exchange.ts';
import type { Movement } from '../../member/decision.ts';
import type { Rate } from '../../rates/rate.ts';
import { type Progress, taken } from './progress.ts';

type Amounts = Pick<ExchangeRecord, 'fromMinor' | 'toMinor' | 'wholeMinor'>;

/** Exchanges to be turned back, each pair of currencies once and at its own rate. */
export class ExchangesBack {
  /** By pair: what was exchanged, and how much of it comes back. */
  readonly #back = new Map<string, { readonly exchange: ExchangeRecord; readonly back: Amounts }>();

  /** What a return takes of an award that had been converted; `toMinor` of what was kept. */
  turnBack(
    { unit, judged }: AwardRecord,
    exchanges: readonly ExchangeRecord[],
    { progress, toMinor }: { readonly progress: Progress; readonly toMinor: bigint },
  ): void {
    const exchange = exchanges.find(({ from, to }) => from === judged?.unit && to === unit);
    if (judged === undefined || exchange === undefined) return;
    const fromMinor = taken(judged.points, progress);
    this.add(exchange, { fromMinor, toMinor, wholeMinor: taken(judged.wholeMinor, progress) });
  }

  /** What was kept in a currency that has been replaced, and is taken out of its successor. */
  turnBackMigration(rate: Rate, back: Amounts): void {
    this.add(exchangeRecord(0n, rate, 'halfUp'), back);
  }

  /** So much of an exchange. */
  add(exchange: ExchangeRecord, more: Amounts): void {
    const key = `${exchange.from} ${exchange.to}`;
    const known = this.#back.get(key);
    const back = {
      fromMinor: (known?.back.fromMinor ?? 0n) + more.fromMinor,
      toMinor: (known?.back.toMinor ?? 0n) + more.toMinor,
      wholeMinor: (known?.back.wholeMinor ?? 0n) + more.wholeMinor,
    };
    this.#back.set(key, { exchange: known?.exchange ?? exchange, back });
  }

  movements(member: string): Movement[] {
    return [...this.#back.values()].flatMap(({ exchange, back }): Movement[] => {
      if (back.fromMinor === 0n && back.toMinor === 0n && back.wholeMinor === 0n) return [];
      const undone = turnedBack(exchange, back);
      return [{ kind: 'exchange', member, unit: exchange.to, through: 'issued', exchange: undone }];
    });
  }
}
