import { describe, expect, it } from 'vitest';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import { redemptionView } from '../../../../../shared/app/redemption/redemption-view.ts';
import { decideReview, type ReviewCommand } from '../../../../../shared/app/redemption/review.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { owner } from '../../../../support/points.ts';
import { asking, held, outcomeOf, request, worldOf } from '../../../../support/redeeming.ts';
import type { World } from '../../../../support/world.ts';

const program = 'online-retail';

async function waiting(redemption: Readonly<Record<string, unknown>> = {}, amountMinor = 1000n) {
  const reviews = [{ id: 'first', first: true }];
  const world = await worldOf(rewarding([reward()], { reviews, ...redemption }));
  const id = await held(world, asking('k1', request({ amountMinor })));
  return { world, id };
}

async function decide(world: World, redemption: string, parts: Partial<ReviewCommand> = {}) {
  const command = { actor: 'carl', decision: 'release', reason: 'looks right' } as const;
  const result = await decideReview(world.dependencies, {
    ...{ program, redemption, ...command, ...parts },
  });
  if (!result.ok) return result.failure.code;
  const { review, record, needsSecondPerson } = result.value;
  const { status } = redemptionView(record);
  return `${review.state} ${needsSecondPerson ? 'for a second person' : status}`;
}

describe('a redemption under review', () => {
  it('is not ordered before it is let go', async () => {
    const { world, id } = await waiting();
    await route(world.dependencies, { program, redemption: id });
    expect(world.table.orders.size).toBe(0);
    expect(await decide(world, id)).toBe('released requested');
    expect(world.published.at(-1)).toEqual({
      type: 'redemption.reviewed.v1',
      detail: { program, member: 'ann', redemption: id, outcome: 'released' },
    });
    await route(world.dependencies, { program, redemption: id });
    await drain(world);
    const record = await world.dependencies.redemptions.read(id);
    expect(record && redemptionView(record)).toMatchObject({
      status: 'delivered',
      history: [
        { status: 'requested' },
        { status: 'underReview' },
        { status: 'ordered' },
        { status: 'delivered' },
      ],
    });
  });

  it('gives its points back when it is blocked, and counts for nothing', async () => {
    const { world, id } = await waiting();
    expect(await decide(world, id, { decision: 'block' })).toBe('blocked pointsReturned');
    const { standing, lots } = await world.dependencies.ledger.readBalance(owner);
    expect([...lots.values()]).toEqual([10_000n]);
    expect([...standing.counters.values()].every((used) => used === 0n)).toBe(true);
    expect(await outcomeOf(world, asking('k2'))).toBe('1000 under review');
  });

  it('is decided once: the same again changes nothing, another is refused', async () => {
    const { world, id } = await waiting();
    await decide(world, id);
    expect(await decide(world, id)).toBe('released requested');
    expect(await decide(world, id, { decision: 'block' })).toBe('REVIEW_DECIDED');
    expect(await outcomeOf(world, asking('k2'))).toBe('1000');
    expect(world.table.reviews.get(id)?.decisions).toHaveLength(1);
  });

  it('takes a second person above the program’s limit, and one to block', async () => {
    const { world, id } = await waiting({ secondPersonFrom: 1000 });
    expect(await decide(world, id)).toBe('waiting for a second person');
    expect(await decide(world, id)).toBe('SAME_PERSON');
    await route(world.dependencies, { program, redemption: id });
    expect(world.table.orders.size).toBe(0);
    expect(await decide(world, id, { actor: 'dora' })).toBe('released requested');
    expect(world.table.reviews.get(id)).toMatchObject({
      decisions: [
        { actor: 'carl', decision: 'release', reason: 'looks right' },
        { actor: 'dora', decision: 'release' },
      ],
    });
    const small = await waiting({ secondPersonFrom: 1000 }, 999n);
    expect(await decide(small.world, small.id)).toBe('released requested');
    const bad = await waiting({ secondPersonFrom: 1000 });
    await decide(bad.world, bad.id);
    expect(await decide(bad.world, bad.id, { decision: 'block' })).toBe('blocked pointsReturned');
  });

  it('is not for whoever asked for it, nor of another program, nor over', async () => {
    const { world, id } = await waiting();
    expect(await decide(world, id, { actor: 'ann' })).toBe('SAME_PERSON');
    expect(await decide(world, id, { program: 'other' })).toBe('UNKNOWN_REVIEW');
    expect(await decide(world, '0f8fad5b-d9cb-869f-a165-708677289500')).toBe('UNKNOWN_REVIEW');
    await cancel(world.dependencies, { program, member: 'ann', redemption: id });
    expect(await decide(world, id)).toBe('UNKNOWN_REVIEW');
  });

  it('decided by two at once is decided one way', async () => {
    const { world, id } = await waiting();
    const outcomes = await Promise.all([
      decide(world, id),
      decide(world, id, { actor: 'dora', decision: 'block' }),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'REVIEW_DECIDED')).toHaveLength(1);
    expect(world.table.reviews.get(id)?.decisions).toHaveLength(1);
  });
});

describe('a block whose writer died before the points went back', () => {
  it('is finished by the next check', async () => {
    const { world, id } = await waiting();
    const { redemptions } = world.dependencies;
    const dying = {
      ...redemptions,
      createOrder: async () => {
        throw new Error('dead');
      },
    };
    const dead = { ...world, dependencies: { ...world.dependencies, redemptions: dying } };
    await expect(decide(dead, id, { decision: 'block' })).rejects.toThrow('dead');
    await drain(world);
    expect(await decide(world, id, { decision: 'block' })).toBe('blocked pointsReturned');
    expect(world.table.settlements.get(id)).toHaveLength(1);
  });
});
