import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { route } from '../../shared/app/dispatch/route.ts';
import { callOff } from '../../shared/app/dispatch/settle-call-off.ts';
import type { ProviderCapabilities } from '../../shared/ports/provider.ts';
import { crashing, drain, task, withPorts } from '../support/fulfilment.ts';
import { interleaved, seededTurns } from '../support/scheduling.ts';
import type {
  CancelAnswer,
  FindAnswer,
  PlaceAnswer,
  ScriptedProvider,
} from '../support/scripted-provider.ts';
import { type Held, held } from '../support/sources.ts';
import { runs } from './runs.ts';

const reasons = [
  ...(['permanent', 'retrySameKey', 'retryNewKey', 'waitForFunds', 'waitForLimit'] as const),
  'configuration',
] as const;

const anyAnswer: fc.Arbitrary<PlaceAnswer> = fc.oneof(
  fc.constantFrom<PlaceAnswer>('accept', 'pend', 'lost', 'dropped', 'delayed'),
  fc.constantFrom(...reasons).map((reject) => ({ reject })),
);
const anyFinding: fc.Arbitrary<FindAnswer> = fc.constantFrom('truth', 'truth', 'unheard');
const anyCancel = fc.constantFrom<CancelAnswer>('truth', 'refuse', 'lost', 'dropped', 'late');

const anyHabits: fc.Arbitrary<Partial<ProviderCapabilities>> = fc.record({
  repeatedReference: fc.constantFrom('sameOrder', 'newOrder'),
  replaysErrors: fc.boolean(),
  referenceLifeDays: fc.constantFrom(1, 30),
  cancels: fc.boolean(),
});

const anyStory = fc.record({
  habits: fc.tuple(anyHabits, anyHabits),
  placing: fc.array(fc.array(anyAnswer, { maxLength: 5 }), { minLength: 3, maxLength: 3 }),
  finding: fc.array(anyFinding, { maxLength: 6 }),
  cancelling: fc.array(anyCancel, { maxLength: 4 }),
  /** After so many messages; none where there are fewer. */
  cancelAfter: fc.nat({ max: 12 }),
  undoAfter: fc.nat({ max: 12 }),
  /** Calls it off as soon as a provider has it, and has not delivered. */
  regrets: fc.boolean(),
  /** Of the first provider; the others have habits. */
  cancels: fc.boolean(),
  /** How long a request may be on its way: providers hear of none after two minutes. */
  arriveAfterMs: fc.integer({ min: 1, max: 119_000 }),
  /** Providers make up their minds after so many messages. */
  decideAfter: fc.nat({ max: 12 }),
  fails: fc.boolean(),
  diesAt: fc.nat({ max: 40 }),
  diesAfter: fc.boolean(),
  seed: fc.nat(),
});
/** The first provider takes the order, makes up its mind later, and is asked to give it up. */
const anyRegret = anyStory.map((story): Story => {
  const placing = story.placing.map((answers): PlaceAnswer[] => ['pend', ...answers]);
  return { ...story, placing, cancels: true, regrets: true };
});
type Story = typeof anyStory extends fc.Arbitrary<infer Of> ? Of : never;

/** Tells a story to its end; the order is where it stopped. */
async function told(story: Story): Promise<Held & { readonly all: readonly ScriptedProvider[] }> {
  const [one, two] = story.habits;
  const asked = await held({ runa: one, reloadly: two });
  const { id, others, world } = asked;
  const all = [world.provider, ...others];
  Object.assign(world.provider.capabilities, { cancels: story.cancels });
  for (const [index, provider] of all.entries()) {
    provider.placing = [...(story.placing[index] ?? [])];
    provider.finding = [...story.finding];
    provider.cancelling = [...story.cancelling];
    arriveInTime(asked, provider, story.arriveAfterMs);
  }
  await route(world.dependencies, task(id));
  const when = story.diesAfter ? 'after' : 'before';
  const dying = crashing(world.dependencies, story.diesAt, when).dependencies;
  const turns = seededTurns(story.seed, 5);
  const shaken = withPorts(dying, (port) => interleaved(port, turns));
  let messages = 0;
  const acts: Promise<unknown>[] = [];
  await drain(world, shaken, () => {
    messages += 1;
    if (messages >= story.decideAfter) {
      for (const each of all) each.decide(story.fails ? 'failed' : 'final');
    }
    const order = world.table.orders.get(id);
    const isTaken = order?.state === 'accepted' && order.cancelled === undefined;
    const isRegretted = story.regrets && isTaken;
    if (messages === story.cancelAfter || isRegretted) acts.push(cancel(asked));
    if (messages === story.undoAfter) undo(asked, all);
  });
  await Promise.all(acts);
  await drain(world);
  // What nobody has asked about since.
  for (const each of all) each.arrive();
  return { ...asked, all };
}

/** Before it is asked anything, a provider has what was on its way for long enough. */
function arriveInTime({ world }: Held, provider: ScriptedProvider, afterMs: number): void {
  const { findOrder, placeOrder } = provider;
  const now = () => world.clock.now();
  let since = now();
  const arrive = () => {
    if (now() - since >= afterMs) provider.arrive();
  };
  provider.placeOrder = async (order) => {
    arrive();
    since = now();
    return placeOrder.call(provider, order);
  };
  provider.findOrder = async (reference, asked) => {
    arrive();
    return findOrder.call(provider, reference, asked);
  };
}

async function cancel({ id, world }: Held): Promise<void> {
  const record = await world.dependencies.redemptions.read(id);
  if (record !== undefined) await callOff(world.dependencies, record, 'member');
}

/** A delivery is taken back, and the webhook about it is queued. */
function undo({ world }: Held, all: readonly ScriptedProvider[]): void {
  for (const provider of all) {
    const made = [...provider.orders.values()].find(({ state }) => state === 'final');
    if (made === undefined) continue;
    made.state = 'failed';
    const reading = { kind: 'order', webhookId: 'undone', providerOrder: made.id };
    const body = { kind: 'webhook', provider: provider.name, reading };
    world.inbox.put({ queue: 'settle', body });
  }
}

async function expectOneEnd(story: Story): Promise<void> {
  const { all, id, world } = await told(story);
  const record = await world.dependencies.redemptions.read(id);
  const state = record?.order?.state;
  expect(['captured', 'released']).toContain(state);
  const rewards = all.flatMap((provider) => provider.rewards());
  expect(rewards).toHaveLength(state === 'captured' ? 1 : 0);
  expect(record?.settlements.length).toBe((record?.reopenings.length ?? 0) + 1);
  const lots = [...world.table.balances.values()].flatMap(({ balance }) => [
    ...balance.lots.values(),
  ]);
  const left = lots.reduce((sum, points) => sum + points, 0n);
  expect(left).toBe(state === 'captured' ? 500n : 1500n);
  expect(world.table.cases.size).toBe(0);
}

describe('one redemption, whatever providers, members and machines do', () => {
  it('ends with exactly one reward, or with its points back and none', async () => {
    await fc.assert(fc.asyncProperty(anyStory, expectOneEnd), runs(250));
  });

  it('ends so where it is called off while its provider has it, too', async () => {
    await fc.assert(fc.asyncProperty(anyRegret, expectOneEnd), runs(250));
  });
});
