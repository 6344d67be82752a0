import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLedgerScan } from '../../shared/adapters/dynamodb/ledger-scan.ts';
import { createLedgerStore } from '../../shared/adapters/dynamodb/ledger-store.ts';
import { createProgramStore } from '../../shared/adapters/dynamodb/program-store.ts';
import { createRateStore } from '../../shared/adapters/dynamodb/rate-store.ts';
import { createRedemptionStore } from '../../shared/adapters/dynamodb/redemption-store.ts';
import { openTable } from '../../shared/adapters/dynamodb/table.ts';
import { createVoucherStore } from '../../shared/adapters/dynamodb/voucher-store.ts';
import { systemRandomness, systemSleeper } from '../../shared/adapters/system.ts';
import type { Review } from '../../shared/domain/redemption/review.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import type { RateStore } from '../../shared/ports/rates.ts';
import type { LedgerScan, ProgramStore, RedemptionStore } from '../../shared/ports/stores.ts';
import type { VoucherStore } from '../../shared/ports/vouchers.ts';
import { clientSettings } from './client-settings.ts';
import { scanReviews } from './review/scan-reviews.ts';

/** The table of a state, read by the command line itself. */
export interface StateTable {
  readonly programs: ProgramStore;
  readonly rates: RateStore;
  readonly scan: LedgerScan;
  readonly vouchers: VoucherStore;
  /** Nothing is decided here. */
  readonly redemptions: Pick<RedemptionStore, 'read'>;
  /** Every review that there ever was. */
  reviews(): AsyncIterable<Review>;
  /** One member whole; nothing is booked here. */
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  close(): void;
}

export function openStateTable(
  clientEnvironment: Readonly<Record<string, string>>,
  tableName: string,
): StateTable {
  const dynamodb = new DynamoDBClient(clientSettings(clientEnvironment, 'DYNAMODB'));
  const table = openTable({
    dynamodb,
    tableName,
    metrics: { writeUnits: () => undefined },
    randomness: systemRandomness,
    sleeper: systemSleeper,
  });
  return {
    programs: createProgramStore(table),
    rates: createRateStore(table),
    scan: createLedgerScan(table),
    vouchers: createVoucherStore(table),
    redemptions: createRedemptionStore(table),
    reviews: () => scanReviews(table),
    ledger: createLedgerStore(table),
    close: () => dynamodb.destroy(),
  };
}
