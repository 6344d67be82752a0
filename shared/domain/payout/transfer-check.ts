import { currencyExponent } from '../money/currency.ts';
import { endToEndId, type TransferFile } from './credit-transfer.ts';
import type { PartyAccountFault } from './party-account.ts';
import { type SepaTextFault, sepaId } from './sepa-text.ts';

/** Why a file is not written; `path` such as `transfers.3.creditor.name`. Quotes nobody's data. */
export type TransferFileFault = { readonly path: string } & (
  | { readonly code: 'NO_TRANSFERS' | 'DUPLICATE_ID' | 'AMOUNT' | 'SUM' | 'CURRENCY' }
  | { readonly code: 'COUNTRY' | 'ACCOUNT_KIND' }
  | { readonly code: 'TOO_MANY_TRANSFERS'; readonly maximum: number }
  | PartyAccountFault
  | { readonly code: 'TEXT'; readonly fault: SepaTextFault }
);

/** EPC132-08: 999,999,999.99 euro at most. */
const largestSepaMinor = 99_999_999_999n;
/** The generic schema: 18 digits, of amounts and of sums. */
const largestMinor = 10n ** 18n - 1n;

/** What is wrong with a file before a word of it is written: its ids, currency, amounts and sum. */
export function checkTransfers(file: TransferFile): TransferFileFault | undefined {
  const { transfers, maximumTransfers, scheme, currency } = file;
  if (transfers.length === 0) return { code: 'NO_TRANSFERS', path: 'transfers' };
  if (transfers.length > maximumTransfers) {
    return { code: 'TOO_MANY_TRANSFERS', path: 'transfers', maximum: maximumTransfers };
  }
  const isKnown = currencyExponent(currency) !== undefined;
  if (!isKnown || (scheme.kind === 'sepa' && currency !== 'EUR')) {
    return { code: 'CURRENCY', path: 'currency' };
  }
  const messageId = sepaId(file.messageId);
  if (!messageId.ok) return { code: 'TEXT', path: 'messageId', fault: messageId.failure };
  const largest = scheme.kind === 'sepa' ? largestSepaMinor : largestMinor;
  const seen = new Set<string>();
  for (const [at, { payoutId, amount }] of transfers.entries()) {
    const path = `transfers.${at}`;
    const id = sepaId(endToEndId(payoutId));
    if (!id.ok) return { code: 'TEXT', path: `${path}.payoutId`, fault: id.failure };
    if (seen.has(id.value)) return { code: 'DUPLICATE_ID', path: `${path}.payoutId` };
    seen.add(id.value);
    if (amount.currency !== currency) return { code: 'CURRENCY', path: `${path}.amount` };
    if (amount.amountMinor <= 0n || amount.amountMinor > largest) {
      return { code: 'AMOUNT', path: `${path}.amount` };
    }
  }
  return totalMinor(file) > largestMinor ? { code: 'SUM', path: 'transfers' } : undefined;
}

export function totalMinor({ transfers }: TransferFile): bigint {
  return transfers.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
}
