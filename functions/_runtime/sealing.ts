import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { claimSecretSchema, createClaimTokens } from '../../shared/adapters/aws/claim-tokens.ts';
import { createSealer } from '../../shared/adapters/aws/sealer.ts';
import { createSecretReader } from '../../shared/adapters/aws/secrets.ts';
import type { ClaimTokens, Sealer } from '../../shared/ports/sealing.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

export function composeSealer({ clock }: Runtime): Sealer {
  const { DATA_KEY_ARN } = readEnvironment('DATA_KEY_ARN');
  return createSealer({ client: new KMSClient({}), keyArn: DATA_KEY_ARN, clock });
}

export function composeClaimTokens({ clock }: Runtime): ClaimTokens {
  const { CLAIM_SECRET_ARN } = readEnvironment('CLAIM_SECRET_ARN');
  const client = new SecretsManagerClient({});
  const source = { client, clock, secretArn: CLAIM_SECRET_ARN, schema: claimSecretSchema };
  return createClaimTokens({ secret: createSecretReader(source) });
}
