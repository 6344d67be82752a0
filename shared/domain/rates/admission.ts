import type { LocalDate } from '../time.ts';
import type { RateSnapshot } from './snapshot.ts';

/** What is odd about a snapshot beside the one before it. */
export type RateFinding =
  | { readonly kind: 'missing'; readonly date: LocalDate; readonly currency: string }
  | { readonly kind: 'zero'; readonly date: LocalDate; readonly currency: string }
  | {
      readonly kind: 'jump';
      readonly date: LocalDate;
      readonly currency: string;
      /** The rate before, and its day. */
      readonly before: string;
      readonly beforeDate: LocalDate;
      readonly after: string;
    };

/** A snapshot as a source gave it; `zeros` are currencies whose rate was zero. */
export interface RawSnapshot extends RateSnapshot {
  readonly zeros: readonly string[];
}
