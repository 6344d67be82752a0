import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createContactStore } from '../../shared/adapters/dynamodb/contact-store.ts';
import { createLedgerScan } from '../../shared/adapters/dynamodb/ledger-scan.ts';
import { createLedgerStore } from '../../shared/adapters/dynamodb/ledger-store.ts';
import { createPayoutStore } from '../../shared/adapters/dynamodb/payout-store.ts';
import { createProgramStore } from '../../shared/adapters/dynamodb/program-store.ts';
import { createRateStore } from '../../shared/adapters/dynamodb/rate-store.ts';
import { createRedemptionStore } from '../../shared/adapters/dynamodb/redemption-store.ts';
import { createSanctionsStore } from '../../shared/adapters/dynamodb/sanctions-lists.ts';
import { openTable } from '../../shared/adapters/dynamodb/table.ts';
import { createVoucherStore } from '../../shared/adapters/dynamodb/voucher-store.ts';
import { systemRandomness, systemSleeper } from '../../shared/adapters/system.ts';
import type { Review } from '../../shared/domain/redemption/review.ts';
import type { ContactStore } from '../../shared/ports/contacts.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import type { PayoutStore, SanctionsStore } from '../../shared/ports/payouts.ts';
import type { RateStore } from '../../shared/ports/rates.ts';
import type { LedgerScan, ProgramStore, RedemptionStore } from '../../shared/ports/stores.ts';
import type { VoucherStore } from '../../shared/ports/vouchers.ts';
import { clientSettings } from './client-settings.ts';
import { scanReviews } from './review/scan-reviews.ts';

/** The table of a state, as the command line itself uses it. */
export interface StateTable {
  readonly programs: ProgramStore;
  readonly rates: RateStore;
  readonly scan: LedgerScan;
  readonly vouchers: VoucherStore;
  readonly payouts: PayoutStore;
  readonly sanctions: SanctionsStore;
  readonly contacts: ContactStore;
  readonly redemptions: RedemptionStore;
  /** Every review that there ever was. */
  reviews(): AsyncIterable<Review>;
  readonly ledger: LedgerStore;
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
    payouts: createPayoutStore(table),
    sanctions: createSanctionsStore(table),
    contacts: createContactStore(table),
    redemptions: createRedemptionStore(table),
    reviews: () => scanReviews(table),
    ledger: createLedgerStore(table),
    close: () => dynamodb.destroy(),
  };
}
