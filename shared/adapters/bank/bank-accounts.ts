import * as z from 'zod/mini';
import { type BankAccountSettings, bankAccountSchema } from '../../domain/payout/bank-account.ts';
import { requireDebtors } from '../../domain/payout/debtor-account.ts';
import { accountSecret } from '../providers/account-secret.ts';

const secretSchema = z.strictObject({ accounts: z.array(bankAccountSchema) });

/**
 * The JSON of the secret: `{"accounts": [...]}`. Throws `InvariantError`, which says which fields
 * are wrong or what cannot be written, and quotes no value.
 */
export function readBankAccounts(secret: unknown): readonly BankAccountSettings[] {
  const { accounts } = accountSecret('bank-file', secretSchema, secret);
  const settings = accounts as readonly BankAccountSettings[];
  requireDebtors(settings);
  return settings;
}

/** The secret as it is made: nobody has put accounts into it yet. */
export function isUnset(secret: unknown): boolean {
  return z.safeParse(z.strictObject({ unset: z.string() }), secret).success;
}
