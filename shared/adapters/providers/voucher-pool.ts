import type { CatalogueProduct } from '../../domain/catalogue/product.ts';
import { voucherKinds } from '../../domain/catalogue/voucher.ts';
import { invariant } from '../../domain/result.ts';
import type {
  ActOutcome,
  FindOutcome,
  OrderOutcome,
  ProviderCapabilities,
  RewardProvider,
} from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { VoucherStore } from '../../ports/vouchers.ts';
import { timedOut, within } from './voucher-pool/deadline.ts';
import { findOrder, type PoolParts, placeOrder, unknown } from './voucher-pool/order.ts';
import { productOf } from './voucher-pool/product.ts';
import { requireOrder, requireReference } from './voucher-pool/request.ts';

export const voucherPoolName = 'voucher-pool';

export interface VoucherPoolSettings extends PoolParts {
  /** The only program whose pools are listed; without one, all are. */
  readonly program?: string;
  /** Of each order and look-up. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;

export const voucherPoolCapabilities: ProviderCapabilities = {
  kinds: voucherKinds,
  repeatedReference: 'sameOrder',
  detectsConflict: true,
  replaysErrors: false,
  findsByReference: true,
  sendsWebhooks: false,
  catalogueEveryMinutes: 5,
  resends: false,
  cancels: false,
  listsSettlements: false,
};

/**
 * Codes that are ours already, in pools of the table: products are `<program>/<pool>`. An order is
 * one write, so that it is never pending, and a look-up is certain. Codes were paid for when they
 * were bought: there is no balance, and nothing to settle. Throws `InvariantError` for settings or
 * orders that cannot be right.
 */
export function createVoucherPool(settings: VoucherPoolSettings): RewardProvider {
  const { program, timeoutMs = usualTimeoutMs, ...parts } = settings;
  invariant(Number.isSafeInteger(timeoutMs) && timeoutMs > 0, 'A time-out is whole milliseconds.');
  const bounded = async <Outcome extends FindOutcome>(work: Promise<Outcome>) => {
    const outcome = await within(timeoutMs, work);
    return outcome === timedOut ? unknown('TIMEOUT') : outcome;
  };
  return {
    name: voucherPoolName,
    capabilities: voucherPoolCapabilities,
    catalogue: () => listed(parts.vouchers, program),
    product: (product) => sold(listed(parts.vouchers, program), product),
    placeOrder: async (order): Promise<OrderOutcome> =>
      bounded(placeOrder(parts, order, requireOrder(order))),
    findOrder: async (reference, asked): Promise<FindOutcome> => {
      requireReference(reference);
      return bounded(findOrder(parts, reference, asked));
    },
    referenceOf: async () => undefined,
    readWebhook: () => ({ kind: 'refused' }),
    balances: async () => [],
    settlements: nothing,
    resend: async () => notOffered,
    cancel: async () => notOffered,
  };
}

const notOffered: ActOutcome = { kind: 'refused', detail: 'NOT_OFFERED' };

async function* nothing(): AsyncGenerator<never> {}

async function* listed(
  vouchers: VoucherStore,
  program: string | undefined,
): AsyncGenerator<CatalogueProduct> {
  try {
    for await (const pool of vouchers.pools(program)) yield productOf(voucherPoolName, pool);
  } catch {
    throw new ProviderUnavailableError(voucherPoolName);
  }
}

async function sold(
  catalogue: AsyncIterable<CatalogueProduct>,
  product: string,
): Promise<CatalogueProduct | undefined> {
  for await (const listedProduct of catalogue) {
    if (listedProduct.product === product) return listedProduct;
  }
  return undefined;
}
