export type Topic = 'months' | 'tiers' | 'spend' | 'winners';

/** A part of the report for people: a heading, a sentence, a table. */
export interface Section {
  readonly title: string;
  /** Whose charts belong to it. */
  readonly topic?: Topic;
  readonly note?: string;
  readonly columns: readonly string[];
  /** The first cell names the row; the others are figures. */
  readonly rows: readonly (readonly string[])[];
}
