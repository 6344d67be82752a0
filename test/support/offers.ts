import type { CatalogueProduct } from '../../shared/domain/catalogue/product.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { sampleProgram } from './sample-program.ts';
import type { World } from './world.ts';

/** A card of any value from five pounds on. */
export function product(parts: Partial<CatalogueProduct> = {}): CatalogueProduct {
  return {
    ...{ provider: 'tremendous', product: 'CARD', name: 'Card', brand: 'Shop', currency: 'GBP' },
    ...{ kind: 'eGiftCard', bands: [{ minimumMinor: 500n, maximumMinor: 50_000n }] },
    ...{ countries: [], languages: [], deliveryMinutes: 5, costBasisPoints: 10_000 },
    orderable: true,
    ...parts,
  };
}

const card = {
  ...{ id: 'card', kind: 'eGiftCard', name: 'Card', currency: 'GBP', countries: ['GB'] },
  ...{ unit: 'PTS', pointsPerMajorUnit: 100, rounding: 'up', provider: 'tremendous' },
  products: ['CARD'],
} as const;

/** A reward of a program, with other parts where a test gives them. */
export function reward(parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...card, ...parts };
}

/** A program with these rewards and this policy, and nothing else that costs points. */
export function rewarding(
  rewards: readonly unknown[] = [reward()],
  redemption: Readonly<Record<string, unknown>> = {},
  parts: Readonly<Record<string, unknown>> = {},
): Program {
  return sampleProgram({ catalogue: undefined, ...parts, rewards, redemption });
}

/** Puts a provider's whole catalogue in the place of the one that stands. */
export async function readCatalogue(
  { dependencies: { catalogue } }: World,
  products: readonly CatalogueProduct[],
  provider = 'tremendous',
): Promise<void> {
  const read = await catalogue.state(provider);
  await catalogue.replace(read, { readAt: instantOf(0), products }, provider);
}
