import type { Sealer } from '../../shared/ports/sealing.ts';
import type { TakenVoucher, VoucherOrder, VoucherStore } from '../../shared/ports/vouchers.ts';
import type { Trouble } from './certification/stage.ts';

export type TroubleNow = () => Trouble;

/** Its message stands for what libraries quote: it must show up nowhere. */
export function failed(name: string): Error {
  return Object.assign(new Error('canary words of an error'), { name });
}

type Change = (order: TakenVoucher) => TakenVoucher;

const changes: Readonly<Partial<Record<Trouble, Change>>> = {
  otherAmount: (order) => ({ ...order, value: { ...order.value, amountMinor: 1_251n } }),
  otherCurrency: (order) => ({ ...order, value: { ...order.value, currency: 'EUR' } }),
  otherReference: (order) => ({ ...order, reference: 'canary' }),
};

/** After these nobody hears of an order that is there. */
const silences: ReadonlySet<Trouble> = new Set(['lostAnswer', 'lostRequest', 'serverError']);

const slowMs = 200;

/** A store whose calls get lost, or whose answers are not those to what was asked. */
export function troubledStore(store: VoucherStore, trouble: TroubleNow): VoucherStore {
  const changed = (order: VoucherOrder): VoucherOrder => {
    const change = changes[trouble()];
    return order.kind === 'taken' && change !== undefined ? change(order) : order;
  };
  return {
    ...store,
    async pool(pool) {
      return trouble() === 'invalid' ? undefined : store.pool(pool);
    },
    async *pools(program) {
      if (trouble() === 'serverError') throw failed('InternalServerError');
      for await (const pool of store.pools(program)) {
        yield pool;
        if (trouble() === 'breaksOff') throw failed('TimeoutError');
      }
    },
    async take(taking) {
      const now = trouble();
      if (now === 'lostRequest') throw failed('NetworkingError');
      if (now === 'outOfFunds') return { kind: 'empty' };
      if (now === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs));
      const outcome = await store.take(taking);
      if (now === 'lostAnswer') throw failed('TimeoutError');
      if (now === 'serverError') throw failed('InternalServerError');
      if (outcome.kind !== 'taken') return outcome;
      const order = changed(outcome.order);
      return order.kind === 'taken' ? { ...outcome, order } : outcome;
    },
    async order(reference) {
      const order = await store.order(reference);
      if (order === undefined) return undefined;
      if (silences.has(trouble())) throw failed('InternalServerError');
      return changed(order);
    },
  };
}

/** A sealer that cannot open codes for a while. */
export function troubledSealer(sealer: Sealer, trouble: TroubleNow): Sealer {
  return {
    ...sealer,
    async open(context, sealed) {
      if (trouble() === 'noNewLinks' && context.field === 'voucher') {
        throw failed('KMSInternalException');
      }
      return sealer.open(context, sealed);
    },
  };
}

/** A store or sealer that fails in one way whatever is asked of it. */
export function failing<Port extends object>(port: Port, name: string): Port {
  return new Proxy(port, {
    get: () => () => {
      throw failed(name);
    },
  });
}
