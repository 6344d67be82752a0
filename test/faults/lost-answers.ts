import type { Randomness } from '../../shared/ports/runtime.ts';

/** What a caller sees when it does not know whether its call took effect. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

export interface LostAnswerRates {
  /** The call never arrives. */
  readonly failBefore: number;
  /** The call takes effect, and its answer is an error. */
  readonly loseAnswer: number;
  /** A write that names what it read is refused as stale for no reason. */
  readonly refuseAsStale: number;
}

export const usualLosses: LostAnswerRates = {
  failBefore: 0.1,
  loseAnswer: 0.15,
  refuseAsStale: 0.15,
};

const staleAnswers: Readonly<Record<string, unknown>> = {
  post: { kind: 'stale' },
  hold: { kind: 'stale' },
  release: 'stale',
};

/** Any store, with calls that get lost on the way there or back. Iterations are left alone. */
export function losingAnswers<Store extends object>(
  store: Store,
  randomness: Randomness,
  rates: LostAnswerRates = usualLosses,
): Store {
  const rolls = (chance: number): boolean => randomness.next() < chance;
  return new Proxy(store, {
    get(target, property) {
      const method: unknown = Reflect.get(target, property);
      if (typeof method !== 'function') return method;
      const isIteration = Object.prototype.toString.call(method).includes('AsyncGenerator');
      if (isIteration) return method;
      return async (...parameters: unknown[]) => {
        if (rolls(rates.failBefore)) throw new AnswerLost('before');
        const stale = staleAnswers[String(property)];
        if (stale !== undefined && rolls(rates.refuseAsStale)) return stale;
        const answer: unknown = await Reflect.apply(method, target, parameters);
        if (rolls(rates.loseAnswer)) throw new AnswerLost('after');
        return answer;
      };
    },
  });
}

const maximumTries = 100;

/** Calls again for as long as answers get lost, as a queue delivers again. */
export async function insisting<Outcome>(call: () => Promise<Outcome>): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof AnswerLost) || tries === maximumTries) throw error;
    }
  }
}
