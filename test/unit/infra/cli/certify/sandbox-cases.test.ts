import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { CaseResult } from '../../../../../infra/cli/certify/case-result.ts';
import { runSandboxCases } from '../../../../../infra/cli/certify/sandbox-cases.ts';
import type { ProviderAdapter } from '../../../../../shared/adapters/providers/registry.ts';
import { reloadlyAdapter } from '../../../../../shared/adapters/providers/reloadly.ts';
import { runaAdapter } from '../../../../../shared/adapters/providers/runa.ts';
import { tangoAdapter } from '../../../../../shared/adapters/providers/tango.ts';
import { tremendousAdapter } from '../../../../../shared/adapters/providers/tremendous.ts';
import { machineClock } from '../../../../../shared/adapters/system.ts';
import { startFakeReloadly } from '../../../../providers/fake/reloadly.ts';
import { startFakeRuna } from '../../../../providers/fake/runa.ts';
import { startFakeTango } from '../../../../providers/fake/tango.ts';
import { startFakeTremendous } from '../../../../providers/fake/tremendous.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

interface StandIn {
  readonly secret: object;
  rewardsIssued(): number;
  close(): Promise<void>;
}

interface Against {
  readonly adapter: ProviderAdapter;
  readonly fake: StandIn;
}

/** Nobody waits, so the waits are counted. */
async function run({ adapter, fake }: Against) {
  closing.push(fake.close);
  const waits: number[] = [];
  const sleeper = {
    sleep: async (durationMs: number) => {
      waits.push(durationMs);
    },
  };
  const provider = adapter.open(fake.secret, { clock: machineClock, timeoutMs: 5_000 });
  const clock = machineClock;
  const results = await runSandboxCases({ provider, clock, sleeper, newReference: randomUUID });
  return { results, waits };
}

function failuresOf(results: readonly CaseResult[]): Readonly<Record<string, string>> {
  const failed = results.filter(({ status }) => status !== 'passed');
  return Object.fromEntries(failed.map(({ title, reason = '' }) => [title, reason]));
}

const starts = {
  tremendous: async () => ({
    adapter: tremendousAdapter,
    fake: await startFakeTremendous({ seed: 1 }),
  }),
  runa: async () => ({ adapter: runaAdapter, fake: await startFakeRuna({ seed: 1 }) }),
  tango: async () => ({ adapter: tangoAdapter, fake: await startFakeTango({ seed: 1 }) }),
  reloadly: async () => ({ adapter: reloadlyAdapter, fake: await startFakeReloadly({ seed: 1 }) }),
};

test.each(Object.entries(starts))('all of it passes against %s', async (_name, start) => {
  const against = await start();
  const { results } = await run(against);
  expect(failuresOf(results)).toEqual({});
  expect(results).toHaveLength(6);
  expect(against.fake.rewardsIssued()).toBe(1);
});

async function tremendousWith(options: Partial<Parameters<typeof startFakeTremendous>[0]>) {
  const fake = await startFakeTremendous({ seed: 1, ...options });
  return { adapter: tremendousAdapter, fake };
}

const theOrder = 'the smallest order, asked twice where that is safe, is one reward';

test.each([
  [{ contradiction: 1 }, {}],
  [{ outOfFunds: 1 }, { [theOrder]: 'not found' }],
  [{ pending: 1 }, { [theOrder]: 'accepted, and not final' }],
] as const)('with %j: %j', async (faults, expected) => {
  const { results, waits } = await run(await tremendousWith({ faults, pendingMs: 'never' }));
  expect(failuresOf(results)).toEqual(expected);
  expect(waits.filter((waitMs) => waitMs === 100).length).toBeGreaterThanOrEqual(6);
});

test('what cannot be read is said in our words, and the rest is still tried', async () => {
  const { fake, adapter } = await tremendousWith({});
  fake.setAnswerHook((answer, { parts }) =>
    parts[0] === 'products' ? { ...answer, status: 500, text: '"canary words"' } : answer,
  );
  const { results } = await run({ fake, adapter });
  expect(failuresOf(results)).toEqual({
    'the catalogue is read, and something can be ordered': 'tremendous could not be read.',
    [theOrder]: 'tremendous could not be read.',
  });
  expect(JSON.stringify(results)).not.toContain('canary');
});
