import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import {
  Crash,
  crashing,
  drain,
  expectSettled,
  orderOf,
  requested,
  task,
} from '../../../../support/fulfilment.ts';
import { wrapped } from '../../../../support/scheduling.ts';
import { type CancelAnswer, ScriptedProvider } from '../../../../support/scripted-provider.ts';
import { callBudgetMs, createWorld, type World } from '../../../../support/world.ts';

/** A card that its provider has taken and not delivered, and then its member's second thought. */
async function calledOff(cancelling: CancelAnswer[] = [], cancels = true) {
  const provider = new ScriptedProvider('tremendous', { cancels });
  const { world, id } = await requested(createWorld(undefined, undefined, [provider]));
  provider.placing = ['pend'];
  provider.cancelling = cancelling;
  await dispatch(world.dependencies, task(id));
  expect(orderOf(world, id)).toMatchObject({ state: 'accepted', providerOrder: 'order-1' });
  // The look-up of the first call; what follows is asked for by calling off.
  world.inbox.messages.splice(0);
  const result = await cancel(world.dependencies, { ...task(id), member: 'ann' });
  expect(result).toMatchObject({ value: { order: { cancelled: 'member', state: 'accepted' } } });
  return { world, id };
}

const told = ({ logged }: World) => logged.filter((line) => line.startsWith('CALL_UNKNOWN'));

describe('an order that a provider has, and that is called off', () => {
  it('is given up there, then looked up, and its points are back', async () => {
    const { world, id } = await calledOff();
    await drain(world);
    expect(world.provider.calls).toEqual(['place 01', 'cancel 01', 'find 01']);
    expect(await expectSettled(world, id)).toBe('released');
    expect(orderOf(world, id).reasons.at(-1)).toBe('FAILED');
    expect(told(world)).toEqual([]);
  });

  it('is given up also where nobody hears that it was', async () => {
    const { world, id } = await calledOff(['lost']);
    await drain(world);
    expect(world.provider.calls).toEqual(['place 01', 'cancel 01', 'find 01']);
    expect(await expectSettled(world, id)).toBe('released');
    const [line] = told(world);
    expect(line).toContain('"detail":"lost"');
  });

  it.each(['refuse', 'dropped'] as const)(
    'is asked for once in each look-up where nothing came of it (%s), and is delivered late',
    async (answer) => {
      const { world, id } = await calledOff([answer, answer, answer]);
      await drain(world, world.dependencies, () => {
        if (world.provider.calls.length === 7) world.provider.decide('final');
      });
      const round = ['cancel 01', 'find 01'];
      expect(world.provider.calls).toEqual(['place 01', ...Array(4).fill(round).flat()]);
      expect(await expectSettled(world, id)).toBe('captured');
    },
  );

  it('is given up by the request that was late, and known by the next look-up', async () => {
    const { world, id } = await calledOff(['late', 'dropped']);
    await drain(world, world.dependencies, () => world.provider.arrive());
    expect(world.provider.calls.filter((call) => call === 'find 01')).toHaveLength(2);
    expect(await expectSettled(world, id)).toBe('released');
  });

  it('is the member’s where it was delivered meanwhile, whatever the provider says', async () => {
    const { world, id } = await calledOff();
    world.provider.decide('final');
    await drain(world);
    expect(world.provider.calls).toEqual(['place 01', 'cancel 01', 'find 01']);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('counts as given up only once a look-up says so', async () => {
    const { world, id } = await calledOff();
    world.provider.finding = ['unheard', 'unheard'];
    await dispatch(world.dependencies, task(id));
    expect(orderOf(world, id)).toMatchObject({ state: 'accepted' });
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
  });

  it('is only waited for where the provider has no such call', async () => {
    const { world, id } = await calledOff([], false);
    await drain(world, world.dependencies, () => world.provider.decide('final'));
    expect(world.provider.calls).toEqual(['place 01', 'find 01', 'find 01']);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('is settled once, wherever the worker dies', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth += 1) {
        const { world, id } = await calledOff();
        const dying = crashing(world.dependencies, nth, when);
        await drain(world, dying.dependencies);
        expect([nth, await expectSettled(world, id)]).toEqual([nth, 'released']);
        if (dying.calls() < nth) break;
      }
    }
  });

  it('is asked for again by who comes after a worker that died before its look-up', async () => {
    const { world, id } = await calledOff();
    const dying = wrapped(world.provider, async (call, name) => {
      if (name === 'findOrder') throw new Crash();
      return call();
    });
    const providers = new Map([[dying.name, dying]]);
    await expect(dispatch({ ...world.dependencies, providers }, task(id))).rejects.toThrow(Crash);
    expect(orderOf(world, id)).toMatchObject({ state: 'accepted', cancelled: 'member' });
    await drain(world);
    expect(world.provider.calls).toEqual(['place 01', ...['cancel 01', 'cancel 01', 'find 01']]);
    expect(await expectSettled(world, id)).toBe('released');
  });
});

describe('nobody is asked to give up', () => {
  it('what somebody else may have captured while a worker was held up', async () => {
    const { world, id } = await calledOff();
    const { redemptions } = world.dependencies;
    const stalled = wrapped(redemptions, async (call, name) => {
      const answer = await call();
      if (name === 'updateOrder') world.clock.advance(callBudgetMs);
      return answer;
    });
    await dispatch({ ...world.dependencies, redemptions: stalled }, task(id));
    expect(world.provider.calls).toEqual(['place 01', 'find 01']);
  });

  it('what was undone and is held again, or is not known to be there', async () => {
    const { world, id } = await calledOff();
    const before = orderOf(world, id);
    const { providerOrder: _, ...unnamed } = before;
    for (const order of [{ ...before, state: 'reopened' as const }, unnamed]) {
      world.provider.calls.splice(0);
      world.clock.reach(addMs(orderOf(world, id).claimedUntil, 1));
      world.table.orders.set(id, order);
      await dispatch(world.dependencies, task(id));
      expect(world.provider.calls).toEqual(['find 01']);
    }
  });

  it('what nobody has called off', async () => {
    const provider = new ScriptedProvider('tremendous', { cancels: true });
    const { world, id } = await requested(createWorld(undefined, undefined, [provider]));
    provider.placing = ['pend'];
    await drain(world, world.dependencies, () => {
      if (provider.calls.length === 4) provider.decide('final');
    });
    expect(provider.calls).toEqual(['place 01', 'find 01', 'find 01', 'find 01', 'find 01']);
    expect(await expectSettled(world, id)).toBe('captured');
  });
});

it('a look-up that follows a calling off takes two turns of the account', async () => {
  const { world, id } = await calledOff();
  const calls: unknown[] = [];
  const { gate } = world.dependencies;
  const { enter } = gate;
  gate.enter = async (entering) => {
    calls.push(entering.calls);
    return enter.call(gate, entering);
  };
  await dispatch(world.dependencies, task(id));
  expect(calls).toEqual([2]);
});
