import { busEventTypes } from '../../domain/bus-event.ts';
import type { ChangedProduct } from '../../domain/catalogue/changes.ts';
import { catalogueRewardId, isSoldBy } from '../../domain/catalogue/product.ts';
import type { Program } from '../../domain/program/schema.ts';
import { programAt } from '../../domain/program/version.ts';
import type { QuoteStore } from '../../ports/offers.ts';
import type { Clock, PublishedEvent, Publisher } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';

export interface TellDependencies {
  readonly clock: Clock;
  readonly programs: ProgramStore;
  readonly quotes: QuoteStore;
  readonly publisher: Publisher;
}

/** Tells the bus of every reward that has changed, and of each member who counts on it. */
export async function tellChanges(
  { clock, programs, publisher, quotes }: TellDependencies,
  provider: string,
  changes: readonly ChangedProduct[],
): Promise<void> {
  if (changes.length === 0) return;
  for await (const name of programs.names()) {
    const program = programAt(await programs.load(name), clock.now());
    if (program === undefined) continue;
    const own = changes.filter(({ product }) => isSoldBy(product, name));
    for (const [rewardId, { change, rewardName }] of rewardsChanged(program, provider, own)) {
      const about = { program: name, rewardId, change };
      const events: PublishedEvent[] = [{ type: busEventTypes.rewardChanged, detail: about }];
      const told = new Set<string>();
      for await (const { member, until } of quotes.interested(name, rewardId)) {
        const isOver = until !== undefined && until <= clock.now();
        if (isOver || told.has(member)) continue;
        told.add(member);
        const detail = { ...about, name: rewardName, member };
        events.push({ type: busEventTypes.rewardTouched, detail });
      }
      await publisher.publish(events);
    }
  }
}

interface ChangedReward {
  readonly change: ChangedProduct['change'];
  /** The program's, else the product's. */
  readonly rewardName: string;
}

/** By reward; of several changed products the first says what is told. */
function rewardsChanged(
  program: Program,
  provider: string,
  changes: readonly ChangedProduct[],
): ReadonlyMap<string, ChangedReward> {
  const rewards = new Map<string, ChangedReward>();
  const byProduct = new Map(changes.map(({ product, change }) => [product.product, change]));
  for (const { id, name, alternatives = [], ...first } of program.rewards) {
    const own = [first, ...alternatives].filter((source) => source.provider === provider);
    const change = own.flatMap(({ products }) => products).map((each) => byProduct.get(each));
    const [found] = change.filter((each) => each !== undefined);
    if (found !== undefined) rewards.set(id, { change: found, rewardName: name });
  }
  if (program.catalogue === undefined) return rewards;
  for (const { product, change } of changes) {
    const id = catalogueRewardId(product);
    if (!rewards.has(id)) rewards.set(id, { change, rewardName: product.name });
  }
  return rewards;
}
