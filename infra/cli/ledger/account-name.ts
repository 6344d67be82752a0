import type { Account } from '../../../shared/domain/ledger/entry.ts';

/** One name for what all members hold on a kind of account; the program's own by their detail. */
export function accountName(account: Account): string {
  if (account.kind === 'donation') return `donation:${account.charity}`;
  if (account.kind === 'providerPayable') return `providerPayable:${account.provider}`;
  return account.kind;
}
