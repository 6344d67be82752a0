import type { PayoutTerms } from '../../../shared/domain/payout/terms.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { PayoutRun } from '../../../shared/ports/payouts.ts';
import type { RedemptionRecord } from '../../../shared/ports/stores.ts';
import { UsageError } from '../exit.ts';
import { openState } from './opened-state.ts';

export interface FoundPayout {
  readonly program: Program;
  readonly asOf: Instant;
  readonly record: RedemptionRecord;
  readonly terms: PayoutTerms;
  readonly run: PayoutRun | undefined;
}

/** Throws a UsageError where a state has no such payout. */
export function findPayout(directory: string, payout: string): Promise<FoundPayout> {
  return openState(directory, undefined, async ({ table, program, asOf }) => {
    const record = await table.redemptions.read(payout);
    const terms = record?.hold.terms.payout;
    if (record === undefined || terms === undefined) {
      throw new UsageError(`${directory} has no payout ${payout}.`);
    }
    const run = await table.payouts.readRun(program.program, terms.run);
    return { program, asOf, record, terms, run };
  });
}
