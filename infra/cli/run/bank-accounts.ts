import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBankAccounts } from '../../../shared/adapters/bank/bank-accounts.ts';
import type { BankAccountSettings } from '../../../shared/domain/payout/bank-account.ts';
import { InvariantError } from '../../../shared/domain/result.ts';
import { UsageError } from '../exit.ts';
import { unreadableInput } from '../input-file.ts';

/** As the secret of the provider `bank-file` holds it. */
export interface BankSecret {
  readonly accounts: readonly BankAccountSettings[];
}

export const bankAccountsFile = 'bank-accounts.json';

const name = 'Northwind Rewards';
const common = { maximumTransfers: 10_000, remittance: 'Cashback' };
const shared = { kind: 'generic', chargeBearer: 'SHAR' } as const;

/**
 * Accounts that nobody has: the numbers are those that IBAN's registry, for dollars a processor of
 * payments, have published for examples.
 */
const sampleAccounts: readonly BankAccountSettings[] = [
  {
    ...{ ...common, id: 'main-eur', currency: 'EUR' },
    scheme: { kind: 'sepa' },
    party: {
      ...{ name, town: 'Hamburg', country: 'DE' },
      account: { kind: 'iban', iban: 'DE89370400440532013000' },
    },
    writesAt: { hour: 8, timeZone: 'Europe/Berlin' },
  },
  {
    ...{ ...common, id: 'main-gbp', currency: 'GBP' },
    scheme: shared,
    party: {
      ...{ name, town: 'Leeds', country: 'GB' },
      account: { kind: 'iban', iban: 'GB29NWBK60161331926819' },
    },
    writesAt: { hour: 8, timeZone: 'Europe/London' },
  },
  {
    ...{ ...common, id: 'main-usd', currency: 'USD' },
    scheme: shared,
    party: {
      ...{ name, town: 'Boston', country: 'US' },
      account: {
        ...{ kind: 'routingNumber', routingNumber: '110000000' },
        ...{ accountNumber: '000123456789', accountType: 'checking' },
      },
    },
    writesAt: { hour: 8, timeZone: 'America/New_York' },
  },
];

/**
 * Accounts that a session pays from by files: those of the state's own file, or samples. Throws a
 * UsageError, which says file and field, and quotes nothing of what is in it.
 */
export async function bankSecret(stateDirectory: string | undefined): Promise<BankSecret> {
  const path = stateDirectory && join(stateDirectory, bankAccountsFile);
  const written = path && (await readIfThere(path));
  if (!path || written === undefined) return { accounts: sampleAccounts };
  return { accounts: readAccounts(path, parsed(path, written)) };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unreadableInput(path, error);
  }
}

function parsed(path: string, written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new UsageError(`${path} is no JSON.`);
  }
}

function readAccounts(path: string, given: unknown): readonly BankAccountSettings[] {
  try {
    return readBankAccounts(given);
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    throw new UsageError(`${path} cannot be used. ${error.message}`);
  }
}
