import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { createSealer } from '../../../shared/adapters/aws/sealer.ts';
import { keyedHash } from '../../../shared/adapters/providers/voucher-pool/keyed-hash.ts';
import { openPool } from '../../../shared/app/catalogue/load-vouchers.ts';
import type { VoucherKind } from '../../../shared/domain/catalogue/voucher.ts';
import { invariant } from '../../../shared/domain/result.ts';
import type { Clock } from '../../../shared/ports/runtime.ts';
import { planLocalStack } from '../../local/local-plan.ts';
import { clientSettings } from '../client-settings.ts';
import type { Session } from '../run/session.ts';
import { loadVoucherFile, voucherHeader } from '../vouchers/load.ts';

interface SamplePool {
  readonly pool: string;
  readonly name: string;
  readonly kind: VoucherKind;
  readonly countries: readonly string[];
  readonly file: string;
}

/** The pools of the sample program, and the file in its samples that each is filled from. */
const pools: readonly SamplePool[] = [
  {
    ...{ pool: 'spa-day', name: 'A day at the spa', kind: 'experience', countries: ['GB'] },
    file: 'spa-day-vouchers.csv',
  },
  {
    ...{ pool: 'free-delivery', name: 'Free delivery', kind: 'perk', countries: [] },
    file: 'free-delivery-vouchers.csv',
  },
];

const lowBelow = 3;

export interface VoucherSamples {
  readonly program: string;
  readonly clock: Clock;
  /** Where the files are. */
  readonly folder: string;
}

/** Fills the pools of a session as `guerdon vouchers load` would, under its own keys. */
export async function loadSampleVouchers(
  { stack, table: { vouchers } }: Pick<Session, 'stack' | 'table'>,
  { program, clock, folder }: VoucherSamples,
): Promise<void> {
  const { keys } = await planLocalStack();
  const [dataKey] = keys;
  invariant(dataKey !== undefined, 'The stack has a key to seal with.');
  const client = new KMSClient(clientSettings(stack.clientEnvironment, 'KMS'));
  const sealer = createSealer({ client, keyArn: dataKey.arn, clock });
  const loading = { vouchers, sealer, hash: keyedHash, clock };
  const usual = { currency: 'GBP', faceValueMinor: 0n, lowBelow, costBasisPoints: 10_000 };
  try {
    for (const { pool, file, ...told } of pools) {
      const asked = { program, pool, asked: {}, usual: { ...usual, ...told } };
      const opened = await openPool(loading, asked);
      invariant(opened.ok, 'A new pool differs from none before.');
      const path = join(folder, file);
      await loadVoucherFile(loading, opened.value, { path, header: await voucherHeader(path) });
    }
  } finally {
    client.destroy();
  }
}
