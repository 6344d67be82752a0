import type { Decile } from './comparison.ts';

/** Amounts and points are texts. */
export type DecileRow = Omit<Decile, 'spendMinor' | 'sum'> & {
  readonly spendMinor: string;
  readonly sum: string;
};

export function decileRow({ spendMinor, sum, ...decile }: Decile): DecileRow {
  return { ...decile, spendMinor: `${spendMinor}`, sum: `${sum}` };
}
