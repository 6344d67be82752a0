import type { AwardRecord } from '../ledger/entry.ts';
import type { EarningRule } from '../program/schema.ts';
import type { Kept } from './kept-currency.ts';
import { type Share, splitPoints } from './split.ts';

/** What a rule gives, before it is known where that goes. */
export interface JudgedAward {
  readonly rule: EarningRule;
  readonly shares: readonly Share[];
  /** Points in the unit that they were judged in. */
  readonly given: Omit<AwardRecord, 'parts'>;
  /** Of cashback. */
  readonly kept?: Kept;
}

/** Cashback on its way: converted, donated in part. */
export interface Placing {
  readonly given: JudgedAward['given'];
  readonly shares: readonly Share[];
  readonly kept: Kept;
  record: AwardRecord;
}

export function recordOf({ given, shares }: JudgedAward): AwardRecord {
  return { ...given, parts: splitPoints(given.points, shares) };
}
