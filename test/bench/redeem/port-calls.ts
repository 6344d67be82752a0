import type { RedeemRouteDependencies } from '../../../functions/_runtime/routes-redeem.ts';

/** One call of a port, ready to be made again. */
export interface PortCall {
  readonly method: string;
  readonly given: readonly unknown[];
  readonly again: (given: readonly unknown[]) => unknown;
}

const ports = [
  ...['ledger', 'redemptions', 'programs', 'rates', 'catalogue', 'quotes', 'contacts'],
  ...['sealer', 'checkQueue', 'digest'],
] as const;

/** The same ports; every call of one is written down, in its order. */
export function writingDown(
  dependencies: RedeemRouteDependencies,
  calls: PortCall[],
): RedeemRouteDependencies {
  const found = Object.entries(dependencies).map(([name, port]) => {
    const isPort = ports.some((each) => each === name);
    return [name, isPort ? recorded(port as object, calls) : port] as const;
  });
  return Object.fromEntries(found) as unknown as RedeemRouteDependencies;
}

function recorded(port: object, calls: PortCall[]): object {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        calls.push({
          method: String(name),
          given,
          again: (same) => method.apply(target, [...same]),
        });
        return method.apply(target, given);
      };
    },
  });
}
