import { KMSClient } from '@aws-sdk/client-kms';
import { createSealer } from '../../../shared/adapters/aws/sealer.ts';
import type { Clock } from '../../../shared/ports/runtime.ts';
import type { Sealer } from '../../../shared/ports/sealing.ts';
import { startKeysOnly } from '../../local/keys-only.ts';
import { clientSettings } from '../client-settings.ts';

/** Seals with the keys of a state that this process holds, while `work` lasts. */
export async function withStateSealer<Found>(
  directory: string,
  clock: Clock,
  work: (sealer: Sealer) => Promise<Found>,
): Promise<Found> {
  const keys = await startKeysOnly(directory);
  const client = new KMSClient(clientSettings(keys.clientEnvironment, 'KMS'));
  try {
    return await work(createSealer({ client, keyArn: keys.dataKeyArn, clock }));
  } finally {
    client.destroy();
    await keys.stop();
  }
}
