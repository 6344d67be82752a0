import { expect } from 'vitest';
import type { FindOutcome, OrderOutcome } from '../../../shared/ports/provider.ts';
import {
  type Absence,
  askedOf,
  canaryValue,
  type Harness,
  orderOf,
  rewardOf,
  type Stage,
  type Trouble,
} from './stage.ts';

/** What a group of cases is made from: one provider's harness, and stages to play it on. */
export interface Cases {
  readonly harness: Harness;
  /** Runs one case on a fresh stage and takes it down whatever happens. */
  onStage(act: (stage: Stage) => Promise<void>): Promise<void>;
  /** Of these troubles, the ones that this provider can have. */
  those<Name extends Trouble>(...troubles: readonly Name[]): readonly Name[];
  has(thing: Absence): boolean;
}

export function casesOf(harness: Harness): Cases {
  return {
    harness,
    onStage: async (act) => {
      const stage = await harness.start();
      try {
        await act(stage);
      } finally {
        await stage.close();
      }
    },
    those: (...troubles) => troubles.filter((trouble) => harness.cannot[trouble] === undefined),
    has: (thing) => harness.lacks?.[thing] === undefined,
  };
}

export function place(stage: Stage, reference: string): Promise<OrderOutcome> {
  return stage.provider.placeOrder(orderOf(stage, reference));
}

const turns = 4;
const turnMs = 300_000;

/** Looks up until there is a word about the order, for lists may lag behind what was ordered. */
export async function lookUp(
  stage: Stage,
  reference: string,
  value = canaryValue,
): Promise<FindOutcome> {
  const asked = askedOf(stage, value);
  for (let turn = 1; turn < turns; turn += 1) {
    const found = await stage.provider.findOrder(reference, asked);
    if (found.kind !== 'unknown') return found;
    stage.pass(turnMs);
  }
  return stage.provider.findOrder(reference, asked);
}

/** Delivered, and with a link or code that the stand-in has given out for that very order. */
export function expectRewarded(stage: Stage, reference: string, outcome: FindOutcome): void {
  const order = stage.orders().find((it) => it.reference === reference);
  expect(order?.rewards).toContain(rewardOf(outcome));
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
