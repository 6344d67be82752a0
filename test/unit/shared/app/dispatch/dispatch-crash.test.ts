import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import {
  crashing,
  drain,
  expectSettled,
  requested,
  task,
  withPorts,
} from '../../../../support/fulfilment.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import type { PlaceAnswer } from '../../../../support/scripted-provider.ts';

type Scenario = readonly [name: string, placing: PlaceAnswer[], end: 'captured' | 'released'];

const scenarios: Scenario[] = [
  ['accepted', ['accept'], 'captured'],
  ['accepted, answer lost', ['lost'], 'captured'],
  ['dropped once', ['dropped'], 'captured'],
  ['pending, then final', ['pend'], 'captured'],
  ['refused for good', Array(40).fill({ reject: 'permanent' }), 'released'],
  ['put off once', [{ reject: 'waitForFunds' }], 'captured'],
  ['a new key, then accepted', [{ reject: 'retryNewKey' }], 'captured'],
];

describe.each(scenarios)('an order that is %s', (_, placing, end) => {
  it.each(['before', 'after'] as const)(
    'is settled once, wherever the process dies (%s the effect of a call)',
    async (when) => {
      for (let nth = 1; ; nth += 1) {
        const { world, id } = await requested();
        world.provider.placing = [...placing];
        const dying = crashing(world.dependencies, nth, when);
        await drain(world, dying.dependencies, () => world.provider.decide('final'));
        expect([nth, await expectSettled(world, id)]).toEqual([nth, end]);
        if (dying.calls() < nth) break;
      }
    },
  );
});

describe('two dispatchers of one order', () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
  const answers: PlaceAnswer[][] = [['accept'], ['lost'], ['dropped'], [{ reject: 'permanent' }]];

  it.each(seeds)('settle it once (seed %i)', async (seed) => {
    const { world, id } = await requested();
    world.provider.placing = [...(answers[seed % answers.length] ?? [])];
    const turns = seededTurns(seed, 12);
    const racing = withPorts(world.dependencies, (port) => interleaved(port, turns));
    const waiting = world.inbox.messages.splice(0);
    expect(waiting.map(({ queue }) => queue)).toEqual(['check', 'dispatch']);
    await Promise.all([dispatch(racing, task(id)), dispatch(racing, task(id))]);
    await drain(world, racing);
    const end = await expectSettled(world, id);
    expect(end).toBe(seed % answers.length === 3 ? 'released' : 'captured');
  });

  it('do not call the provider both at a time', async () => {
    for (const seed of seeds) {
      const { world, id } = await requested();
      let [under, most] = [0, 0];
      const turns = seededTurns(seed, 60);
      const { placeOrder } = world.provider;
      world.provider.placeOrder = async (order) => {
        under += 1;
        most = Math.max(most, under);
        for (let turn = 0; turn < 300; turn += 1) await Promise.resolve();
        under -= 1;
        return placeOrder.call(world.provider, order);
      };
      const racing = withPorts(world.dependencies, (port) => interleaved(port, turns));
      await Promise.all([1, 2, 3, 4].map(() => dispatch(racing, task(id))));
      expect([seed, most]).toEqual([seed, 1]);
    }
  });
});
