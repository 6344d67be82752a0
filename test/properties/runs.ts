const factor = Number(process.env.GUERDON_PROPERTY_FACTOR ?? 1);
const fixed = process.env.GUERDON_SEED;

/**
 * How a property is run: from a fixed seed, another one by GUERDON_SEED, more often by
 * GUERDON_PROPERTY_FACTOR. A failure prints its seed and the path to the counterexample.
 */
export function runs(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return {
    seed: fixed === undefined ? 20_261_122 : Number(fixed),
    numRuns: Math.ceil(numRuns * factor),
  };
}
