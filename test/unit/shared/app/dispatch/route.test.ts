import { describe, expect, it } from 'vitest';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import type { Review } from '../../../../../shared/domain/redemption/review.ts';
import type { CashPayment } from '../../../../../shared/ports/stores.ts';
import { orderOf, task } from '../../../../support/fulfilment.ts';
import { agree, type Held, held } from '../../../../support/sources.ts';

const queues = ({ world }: Held) => world.inbox.messages.map(({ queue }) => queue);

function review({ world, id }: Held, state: Review['state']): void {
  const program = 'online-retail';
  const openedAt = world.clock.now();
  world.table.reviews.set(id, {
    ...{ redemption: id, program, state, rules: ['first'], openedAt, version: 1, decisions: [] },
  });
}

describe('routing', () => {
  it('waits for a person who has to look at it', async () => {
    const asked = await held({});
    for (const state of ['waiting', 'blocked'] as const) {
      review(asked, state);
      await route(asked.world.dependencies, task(asked.id));
      expect(asked.world.table.orders.size).toBe(0);
    }
    review(asked, 'released');
    await route(asked.world.dependencies, task(asked.id));
    expect(orderOf(asked.world, asked.id).state).toBe('open');
  });

  it('waits for the part that is paid in cash', async () => {
    const asked = await held({});
    const { world, id, hold } = asked;
    agree(asked, { cash: { amountMinor: 250n, currency: 'GBP' } });
    await route(world.dependencies, task(id));
    expect(world.table.orders.size).toBe(0);
    const payment: CashPayment = { entry: hold().entry, paymentId: 'p1' };
    world.table.payments.set(id, payment);
    await route(world.dependencies, task(id));
    expect(orderOf(world, id).state).toBe('open');
  });

  it('goes by what was agreed, whatever the program says now', async () => {
    const asked = await held({ runa: {} });
    agree(asked, { sources: [{ provider: 'runa', products: ['R-1'] }] });
    await route(asked.world.dependencies, task(asked.id));
    expect(orderOf(asked.world, asked.id)).toMatchObject({
      ...{ provider: 'runa', products: ['R-1'], reasons: ['ONLY_PROVIDER_OF_REWARD'] },
    });
  });

  it('asks the program where a hold is from before that was kept', async () => {
    const asked = await held({ runa: {} });
    agree(asked, { sources: [] });
    await route(asked.world.dependencies, task(asked.id));
    const { provider, reasons } = orderOf(asked.world, asked.id);
    expect([provider, reasons]).toEqual(['tremendous', ['LISTED_FIRST']]);
  });

  it('gives the points back where nobody has the reward', async () => {
    const asked = await held({});
    const { world, id } = asked;
    agree(asked, { sources: [{ provider: 'gone', products: ['G'] }] });
    await route(world.dependencies, task(id));
    await route(world.dependencies, task(id));
    const { order, settlements } = (await world.dependencies.redemptions.read(id)) ?? {};
    expect(order).toMatchObject({ state: 'released', provider: '', cancelled: 'noProvider' });
    expect(settlements?.map(({ entry }) => entry.explanation.reason)).toEqual(['NO_PROVIDER']);
    expect(queues(asked)).toEqual(['check']);
  });

  it('passes over an account that is failing or out of funds', async () => {
    const asked = await held({ runa: {}, tango: {} });
    const { world, id } = asked;
    await world.dependencies.gate.heard('tremendous', 'misconfigured');
    await world.dependencies.gate.outOfFunds('runa');
    await route(world.dependencies, task(id));
    expect(orderOf(world, id)).toMatchObject({ provider: 'tango', reasons: ['TAKES_ORDERS'] });
  });

  it('believes a catalogue that was read', async () => {
    const asked = await held({ runa: {} });
    const { world, id } = asked;
    const { catalogue } = world.dependencies;
    const next = { readAt: world.clock.now(), products: [] };
    await catalogue.replace(undefined, next, 'tremendous');
    await route(world.dependencies, task(id));
    expect(orderOf(world, id).provider).toBe('runa');
  });
});
