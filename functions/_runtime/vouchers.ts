import { createVoucherStore } from '../../shared/adapters/dynamodb/voucher-store.ts';
import { createVoucherPool } from '../../shared/adapters/providers/voucher-pool.ts';
import { InvariantError } from '../../shared/domain/result.ts';
import type { RewardProvider } from '../../shared/ports/provider.ts';
import type { Sealer } from '../../shared/ports/sealing.ts';
import type { Runtime } from './runtime.ts';
import { composeTable } from './table.ts';

async function closed(): Promise<never> {
  throw new InvariantError('This function may not open codes.');
}

/** The pools of our own codes; without a sealer they can be listed, and nothing taken of them. */
export function composeVoucherPool(
  runtime: Runtime,
  sealer: Sealer = { seal: closed, open: closed },
): RewardProvider {
  const { clock, logger } = runtime;
  const vouchers = createVoucherStore(composeTable(runtime));
  return createVoucherPool({ vouchers, sealer, clock, logger });
}
