import type { Instant } from '../time.ts';
import type { PayeeMask } from './payee-mask.ts';

/** How a member wants to be paid was chosen, first or anew, or taken back. */
export interface PayoutChoiceChange {
  readonly program: string;
  readonly member: string;
  readonly change: 'chosen' | 'removed';
  /** Chosen, or what was removed. */
  readonly rail: string;
  /** Absent on rails that need no payee. */
  readonly payee?: PayeeMask;
  /** With the version it names the choice, also after one was removed. */
  readonly chosenAt: Instant;
  readonly version: number;
}
