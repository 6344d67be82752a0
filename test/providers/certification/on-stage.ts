import { expect } from 'vitest';
import type { FindOutcome, OrderOutcome, PlaceOrder } from '../../../shared/ports/provider.ts';
import {
  type Absence,
  askedOf,
  canaryValue,
  type Harness,
  orderOf,
  type Played,
  rewardOf,
  type Trouble,
} from './stage.ts';

/** What a group of cases is made from: one provider's harness, and stages to play it on. */
export interface Cases {
  readonly harness: Harness;
  /** Runs one case on a fresh stage and takes it down whatever happens. */
  onStage(act: (stage: Played) => Promise<void>): Promise<void>;
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
        await act({ ...stage, harness, toldIds: new Map() });
      } finally {
        await stage.close();
      }
    },
    those: (...troubles) => troubles.filter((trouble) => harness.cannot[trouble] === undefined),
    has: (thing) => harness.lacks?.[thing] === undefined,
  };
}

export function place(
  stage: Played,
  reference: string,
  change?: Partial<PlaceOrder>,
): Promise<OrderOutcome> {
  return placeOrder(stage, orderOf(stage, reference, change));
}

/** And keeps the provider's id of it, as dispatch does. */
export async function placeOrder(stage: Played, order: PlaceOrder): Promise<OrderOutcome> {
  const outcome = await stage.provider.placeOrder(order);
  if (outcome.kind === 'accepted') stage.toldIds.set(order.reference, outcome.providerOrder);
  return outcome;
}

const turns = 4;
const turnMs = 300_000;

/**
 * Looks up until there is a word about the order, for lists may lag behind what was ordered. What
 * can only be looked up by an id that was never told is sent again, under the same reference.
 */
export async function lookUp(
  stage: Played,
  reference: string,
  value = canaryValue,
): Promise<FindOutcome> {
  const { findsByReference } = stage.harness.capabilities;
  const { since } = askedOf(stage, reference, value);
  const ask = () =>
    stage.provider.findOrder(reference, { ...askedOf(stage, reference, value), since });
  for (let turn = 1; turn < turns; turn += 1) {
    if (!findsByReference && !stage.toldIds.has(reference)) {
      await place(stage, reference, { value });
    }
    const found = await ask();
    if (found.kind !== 'unknown') return found;
    stage.pass(turnMs);
  }
  return ask();
}

/** What becomes of what was only taken; anything else as it is. */
export async function decided(
  stage: Played,
  reference: string,
  outcome: FindOutcome,
  value = canaryValue,
): Promise<FindOutcome> {
  let last = outcome;
  if (stage.harness.lacks?.decidedAtOnce === undefined) return last;
  for (let turn = 1; turn < turns; turn += 1) {
    if (last.kind !== 'accepted' || last.final) return last;
    stage.pass(turnMs);
    last = await lookUp(stage, reference, value);
  }
  return last;
}

/** Placed, and waited for where placing only takes an order. */
export async function placeDecided(stage: Played, reference: string): Promise<FindOutcome> {
  return decided(stage, reference, await place(stage, reference));
}

/**
 * Delivered, and with a link or code that the stand-in has given out for that very order; of money,
 * that it has left for good under that reference.
 */
export async function expectRewarded(
  stage: Played,
  reference: string,
  outcome: FindOutcome,
): Promise<void> {
  const last = await decided(stage, reference, outcome);
  const order = stage.orders().find((it) => it.reference === reference);
  if (stage.harness.lacks?.reward === undefined) {
    expect(order?.rewards).toContain(rewardOf(last));
    return;
  }
  expect(last).toMatchObject({ kind: 'accepted', final: true });
  expect(last).not.toHaveProperty('reward');
  expect(order).toBeDefined();
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
