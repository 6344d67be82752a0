import type { RateSource } from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateAnswer } from './question.ts';

/*
 * Amounts are minor units as digits. A position is positive where conversions took more of a
 * currency in than they gave: what members would have been owed in it, and are owed in another.
 */

/** In minor units of the report's currency; positive is a gain. */
export interface PositionGains {
  readonly rateChangeMinor: string;
  readonly bookingMinor: string;
  readonly roundingMinor: string;
}

export interface PositionFigures extends PositionGains {
  readonly valueMinor: string;
  readonly costMinor: string;
  /** Value less cost, and the sum of the gains. */
  readonly differenceMinor: string;
}

/** Why a currency has no value: the code of a rate's refusal, or `LEGS_DISAGREE`. */
interface LeftOut {
  readonly refused: string;
}

type Balance = { readonly currency: string; readonly balanceMinor: string };

export type PositionRow = { readonly currency: string; readonly positionMinor: string } & (
  | (PositionFigures & { readonly rate: RateAnswer })
  | LeftOut
);

export interface PositionDayRow extends PositionGains {
  readonly day: LocalDate;
  readonly currency: string;
  readonly openingMinor: string;
  readonly flowMinor: string;
  /** Major units of the report's currency for one; null before the first conversion. */
  readonly rateBefore: string | null;
  readonly rateAfter: string;
}

export interface PositionReport {
  /** Of a day that was asked for, its last instant. */
  readonly asOf: string;
  readonly day: LocalDate;
  readonly timeZone: string;
  /** The last day whose rates are used: `day`, or the state's present where that is earlier. */
  readonly ratesUntil: LocalDate;
  /** Rates that are older on `day` are refused. */
  readonly staleDays: number;
  readonly currency: string;
  readonly source: RateSource;
  readonly positions: readonly PositionRow[];
  /** What rounding up gave beyond what conversions were worth: negative is a cost. */
  readonly roundingAccounts: readonly (Balance & ({ readonly valueMinor: string } | LeftOut))[];
  readonly totals: PositionTotals;
  readonly days: readonly PositionDayRow[];
}

/** Of the positions and rounding accounts that have a value. */
export interface PositionTotals extends PositionFigures {
  readonly roundingAccountsMinor: string;
  /** The difference of the positions and the value of the rounding accounts together. */
  readonly resultMinor: string;
  readonly leftOut: readonly string[];
}

/** The legs of a currency are not those of its exchanges; `ledger verify` says where. */
export const legsDisagree = 'LEGS_DISAGREE';
