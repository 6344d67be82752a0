import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { createSecretReader } from '../../shared/adapters/aws/secrets.ts';
import {
  createEcbFeed,
  createOpenExchangeRatesFeed,
} from '../../shared/adapters/rates/http-feed.ts';
import { machineClock } from '../../shared/adapters/system.ts';
import { invariant } from '../../shared/domain/result.ts';
import type { RateFeed } from '../../shared/ports/rates.ts';
import { readEnvironment } from './environment.ts';

const secretSchema = z.object({ appId: z.string().check(z.minLength(1)) });

/** The one source that the region takes its rates from. */
export function composeRateFeed(): RateFeed {
  const { RATE_SOURCE, RATE_FEED_URL, RATE_SECRET_ARN } = readEnvironment(
    'RATE_SOURCE',
    'RATE_FEED_URL',
    'RATE_SECRET_ARN',
  );
  const address = RATE_FEED_URL;
  if (RATE_SOURCE === 'ecb') return createEcbFeed({ address });
  invariant(RATE_SECRET_ARN !== undefined, 'This source of rates needs RATE_SECRET_ARN.');
  const client = new SecretsManagerClient({});
  const read = createSecretReader({
    ...{ client, secretArn: RATE_SECRET_ARN, schema: secretSchema },
    clock: machineClock,
  });
  const appId = async () => (await read()).appId;
  return createOpenExchangeRatesFeed({ address, clock: machineClock, appId });
}
