import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { createFileExchange } from '../../shared/adapters/aws/file-exchange.ts';
import { createSecretReader } from '../../shared/adapters/aws/secrets.ts';
import { isUnset, readBankAccounts } from '../../shared/adapters/bank/bank-accounts.ts';
import { errorFields } from '../../shared/app/logging/error-fields.ts';
import type { ExchangeFilesDependencies } from '../../shared/app/payouts/exchange-files.ts';
import type { FileExchange } from '../../shared/ports/file-exchange.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

export function composeFileExchange(): FileExchange {
  const { FILES_BUCKET } = readEnvironment('FILES_BUCKET');
  return createFileExchange({ client: new S3Client({}), bucket: FILES_BUCKET });
}

/** The accounts that files of transfers are paid from, as the secret has them now. */
export function composeBankAccounts({
  clock,
  logger,
}: Runtime): () => Promise<ExchangeFilesDependencies['accounts']> {
  const { BANK_ACCOUNTS_SECRET_ARN } = readEnvironment('BANK_ACCOUNTS_SECRET_ARN');
  if (BANK_ACCOUNTS_SECRET_ARN === undefined) return async () => 'unset';
  const secretArn = BANK_ACCOUNTS_SECRET_ARN;
  const client = new SecretsManagerClient({});
  const read = createSecretReader({ client, clock, secretArn, schema: z.unknown() });
  return async () => {
    try {
      const secret = await read();
      return isUnset(secret) ? 'unset' : readBankAccounts(secret);
    } catch (error) {
      logger.warn('PROVIDER_UNOPENED', { provider: 'bank-file', ...errorFields(error) });
      return 'unreadable';
    }
  };
}
