import type {
  CreditTransfer,
  Party,
  TransferFile,
} from '../../shared/domain/payout/credit-transfer.ts';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';

/** A euro file of one company, to be paid the next day. */
export function euroFile(transfers: readonly CreditTransfer[]): TransferFile {
  return {
    messageId: 'RUN-7/EUR',
    createdAt: instantOf(Date.UTC(2026, 3, 13, 8)),
    executionDate: '2026-04-14' as LocalDate,
    scheme: { kind: 'sepa' },
    currency: 'EUR',
    debtor: {
      name: 'Northwind Gutscheine',
      town: 'Köln',
      country: 'DE',
      account: { kind: 'iban', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
    },
    transfers,
    maximumTransfers: 10_000,
  };
}

/** The numbered one of many: its payout has a UUID of its own. */
export function transferOf(number: number, amountMinor: bigint): CreditTransfer {
  const payoutId = `018f2b6c-9d3e-8a41-b7c2-${number.toString(16).padStart(12, '0')}`;
  const creditor = creditorIn('GR1601101250000000012300695');
  return { payoutId, amount: { amountMinor, currency: 'EUR' }, creditor };
}

export function creditorIn(iban: string): Party {
  return { name: 'Eleni Vassiliou', country: 'GR', account: { kind: 'iban', iban } };
}
