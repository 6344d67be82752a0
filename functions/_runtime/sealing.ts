import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  type ClaimSecret,
  claimSecretSchema,
  createClaimTokens,
} from '../../shared/adapters/aws/claim-tokens.ts';
import { createPageTokens } from '../../shared/adapters/aws/page-tokens.ts';
import { createSealer } from '../../shared/adapters/aws/sealer.ts';
import { createSecretReader } from '../../shared/adapters/aws/secrets.ts';
import type { PageTokens } from '../../shared/ports/page-tokens.ts';
import type { ClaimTokens, Sealer } from '../../shared/ports/sealing.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

export function composeSealer({ clock }: Runtime): Sealer {
  const { DATA_KEY_ARN } = readEnvironment('DATA_KEY_ARN');
  return createSealer({ client: new KMSClient({}), keyArn: DATA_KEY_ARN, clock });
}

export function composeClaimTokens(runtime: Runtime): ClaimTokens {
  return createClaimTokens({ secret: claimSecretReader(runtime) });
}

/** Tokens of the other links; signed with the same key, each under its purpose. */
export function composePageTokens(runtime: Runtime): PageTokens {
  return createPageTokens({ secret: claimSecretReader(runtime) });
}

function claimSecretReader({ clock }: Runtime): () => Promise<ClaimSecret> {
  const { CLAIM_SECRET_ARN } = readEnvironment('CLAIM_SECRET_ARN');
  const client = new SecretsManagerClient({});
  const source = { client, clock, secretArn: CLAIM_SECRET_ARN, schema: claimSecretSchema };
  return createSecretReader(source);
}
