/** Whole points of one unit. Not money: nothing takes the one for the other. */
export interface Points<Unit extends string = string> {
  readonly points: bigint;
  readonly unit: Unit;
}
