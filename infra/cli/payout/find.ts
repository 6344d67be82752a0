import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { readPaidPoints } from '../../../shared/app/payouts/paid-points.ts';
import type { PaidPoints } from '../../../shared/domain/payout/points.ts';
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

/** Throws a UsageError where a state has no such payout, or one that became points. */
export async function findPayout(directory: string, payout: string): Promise<FoundPayout> {
  const found = await findAny(directory, payout);
  if ('record' in found) return found;
  throw new UsageError(`${payout} became points at once: there is nothing to decide.`);
}

export interface FoundPoints {
  readonly points: PaidPoints;
  readonly run: PayoutRun | undefined;
}

/** A payout of money, or one in points. Throws a UsageError where a state has neither. */
export function findAny(directory: string, payout: string): Promise<FoundPayout | FoundPoints> {
  return openState(directory, undefined, async ({ table, program, asOf }) => {
    const { program: name } = program;
    const runOf = (run: string) => table.payouts.readRun(name, run);
    const record = await table.redemptions.read(payout);
    const terms = record?.hold.terms.payout;
    if (record !== undefined && terms !== undefined) {
      return { program, asOf, record, terms, run: await runOf(terms.run) };
    }
    const dependencies = { ...table, digest: systemDigest };
    const points = await readPaidPoints(dependencies, { program: name, payout });
    if (points !== undefined) return { points, run: await runOf(points.run) };
    throw new UsageError(`${directory} has no payout ${payout}.`);
  });
}
