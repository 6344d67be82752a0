import { seededRandomness } from '../faults/seeded-randomness.ts';

/** Calls of a port's methods wait for a number of turns that the seed decides, before and after. */
export function interleaved<Port extends object>(port: Port, turns: () => number): Port {
  return wrapped(port, async (call) => {
    await pause(turns());
    const result = await call();
    await pause(turns());
    return result;
  });
}

/** Up to `most` turns each time, from a seed. */
export function seededTurns(seed: number, most = 6): () => number {
  const randomness = seededRandomness(seed);
  return () => Math.floor(randomness.next() * (most + 1));
}

async function pause(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

type Call = () => Promise<unknown>;

/** The port with every method that gives a promise passed through `around`. */
export function wrapped<Port extends object>(
  port: Port,
  around: (call: Call, name: string) => Promise<unknown>,
): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        const call = () => member.apply(target, given);
        if (!isAsync(member)) return call();
        return around(async () => call(), String(name));
      };
    },
  });
}

function isAsync(member: object): boolean {
  return Object.prototype.toString.call(member) === '[object AsyncFunction]';
}
