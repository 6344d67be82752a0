import { readFileSync } from 'node:fs';
import { over, type Rational, rationalOf } from './rational.ts';

const dayMs = 86_400_000;

/** What one euro was worth, by day and currency; read by no code of the project. */
export class EcbHistory {
  /** Newest first, as in the file; figures as they stand there. */
  readonly days: readonly (readonly [date: string, rates: ReadonlyMap<string, string>])[];

  constructor(path: string) {
    const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
    const codes = header.split(',');
    this.days = lines.map((line) => {
      const cells = line.split(',');
      const told = codes.flatMap((code, index): [string, string][] => {
        const cell = cells[index] ?? '';
        return index === 0 || code === '' || cell === 'N/A' ? [] : [[code, cell]];
      });
      return [cells[0] ?? '', new Map(told)];
    });
  }

  /**
   * Units of `to` for one of `from`, of the newest day that has both, seven days old at most; else
   * `undefined`.
   */
  rate(from: string, to: string, date: string): Rational | undefined {
    const limit = new Date(Date.parse(date) - 7 * dayMs).toISOString().slice(0, 10);
    for (const [day, rates] of this.days) {
      if (day > date) continue;
      if (day < limit) return undefined;
      const worth = (code: string) => (code === 'EUR' ? '1' : rates.get(code));
      const [one, other] = [worth(from), worth(to)];
      if (one !== undefined && other !== undefined) return over(rationalOf(other), rationalOf(one));
    }
    return undefined;
  }
}
