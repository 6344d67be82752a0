import type { Money } from '../money/money.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { AccountNumber } from './party-account.ts';

export interface Party {
  /** As people write it: it is converted to SEPA's character set. */
  readonly name: string;
  /** Banks want town and country apart, and both: an address without a town is left out. */
  readonly town?: string;
  readonly country: string;
  readonly account: AccountNumber;
}

export interface CreditTransfer {
  /** Ours; without its hyphens it is the end-to-end id, which comes back on the statement. */
  readonly payoutId: string;
  readonly amount: Money;
  readonly creditor: Party;
  /** For the payee's statement, at most 140 characters of SEPA's set. */
  readonly remittance?: string;
}

/**
 * `sepa`: euro between IBANs, each side bears its own charges. `generic`: any currency; charges as
 * `chargeBearer` says (`DEBT` ours, `CRED` the payee's, `SHAR` each side its own).
 */
export type TransferScheme =
  | { readonly kind: 'sepa' }
  | { readonly kind: 'generic'; readonly chargeBearer: 'DEBT' | 'CRED' | 'SHAR' };

/** One file: from one account, in one currency, on one day. */
export interface TransferFile {
  /** At most 35 characters; banks refuse one that they have seen. Also the id of the payments. */
  readonly messageId: string;
  readonly createdAt: Instant;
  readonly executionDate: LocalDate;
  readonly scheme: TransferScheme;
  readonly currency: string;
  readonly debtor: Party;
  /** One line on the statement for all, or one for each; absent: as agreed with the bank. */
  readonly batchBooking?: boolean;
  readonly transfers: readonly CreditTransfer[];
  /** How many the bank takes in one file. */
  readonly maximumTransfers: number;
}

const hexId = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

export function endToEndId(payoutId: string): string {
  return payoutId.replaceAll('-', '');
}

/** The payout that an end-to-end id of ours names; banks may have changed the letters' case. */
export function payoutIdOf(endToEnd: string): string | undefined {
  const parts = hexId.exec(endToEnd.trim().toLowerCase());
  return parts === null ? undefined : parts.slice(1).join('-');
}
