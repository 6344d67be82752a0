import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Activity } from '../../infra/local/activity.ts';
import { type Drainable, drain } from '../../infra/local/drain.ts';

const nothing = { ready: 0, inFlight: 0, delayed: 0 };

type FakeQueue = { logicalId: string; counts: () => typeof nothing };

function stackOf(parts: { queues?: FakeQueue[]; streams?: { emptyAt: number }[] }) {
  const activity = new Activity();
  const consumedQueues = (parts.queues ?? []) as unknown as Drainable['consumedQueues'];
  return { activity, consumedQueues, streams: parts.streams ?? [] };
}

const queue = (logicalId: string, counts: Partial<typeof nothing>): FakeQueue => {
  return { logicalId, counts: () => ({ ...nothing, ...counts }) };
};

async function isDrained(stack: Drainable): Promise<boolean> {
  let drained = false;
  void drain(stack).then(() => {
    drained = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  return drained;
}

it.each([
  ['a visible message', queue('Work', { ready: 1 }), false],
  ['a message in flight', queue('Work', { inFlight: 1 }), false],
  ['a delayed message', queue('Work', { delayed: 1 }), false],
  ['an appointment', queue('checkQueue', { delayed: 1 }), true],
  ['an appointment that is due', queue('checkQueue', { ready: 1, delayed: 1 }), false],
  ['nothing', queue('Work', {}), true],
])('%s: drained is %3$j', async (_, fake, drained) => {
  expect(await isDrained(stackOf({ queues: [fake] }))).toBe(drained);
});

it('waits for a reader to have asked after the call', async () => {
  const stream = { emptyAt: 0 };
  const stack = stackOf({ streams: [stream] });
  expect(await isDrained(stack)).toBe(false);
  stream.emptyAt = stack.activity.count;
  await drain({ ...stack, streams: [] });
  stream.emptyAt = stack.activity.count;
  expect(await isDrained({ ...stack, streams: [] })).toBe(true);
});

it('waits for work that runs', async () => {
  const stack = stackOf({});
  let finish = (): void => undefined;
  const work = stack.activity.during(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  expect(await isDrained(stack)).toBe(false);
  finish();
  await work;
  await drain(stack);
});

/**
 * A small model of the stack: messages are worked off, work writes to a stream, and a reader of the
 * stream sends messages again, at random speeds. When drain resolves, nothing may be left.
 */
it('never resolves while something is left, at whatever speed things go', async () => {
  const speeds = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(speeds, fc.nat({ max: 6 }), async (pauses, generations) => {
      let ready = [generations];
      let records: number[] = [];
      let next = 0;
      let stopped = false;
      const pause = async (): Promise<void> => {
        next += 1;
        for (let turn = pauses[next % pauses.length] ?? 0; turn > 0; turn -= 1) {
          await new Promise(setImmediate);
        }
      };
      const fake = { logicalId: 'Work', counts: () => ({ ...nothing, ready: ready.length }) };
      const stream = { emptyAt: -1 };
      const stack = stackOf({ queues: [fake], streams: [stream] });
      const { activity } = stack;
      const worker = async (): Promise<void> => {
        while (!stopped) {
          await new Promise(setImmediate);
          const generation = ready.shift();
          if (generation === undefined) continue;
          await activity.during(async () => {
            await pause();
            if (generation > 0) records.push(generation);
          });
        }
      };
      const reader = async (): Promise<void> => {
        while (!stopped) {
          const askedAt = activity.count;
          await pause();
          const page = records;
          records = [];
          await new Promise(setImmediate);
          if (page.length === 0) {
            stream.emptyAt = askedAt;
            continue;
          }
          activity.touch();
          await activity.during(async () => {
            await pause();
            ready.push(...page.map((generation) => generation - 1));
            activity.touch();
          });
        }
      };
      const running = [worker(), reader()];
      await drain(stack);
      const left = ready.length + records.length + activity.running;
      stopped = true;
      await Promise.all(running);
      ready = [];
      expect(left).toBe(0);
    }),
    { numRuns: 60 },
  );
});
