import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { CaseResult } from '../../../../../infra/cli/certify/case-result.ts';
import { runSandboxCases } from '../../../../../infra/cli/certify/sandbox-cases.ts';
import { payPalPayoutsAdapter } from '../../../../../shared/adapters/providers/paypal-payouts.ts';
import type { ProviderAdapter } from '../../../../../shared/adapters/providers/registry.ts';
import { reloadlyAdapter } from '../../../../../shared/adapters/providers/reloadly.ts';
import { runaAdapter } from '../../../../../shared/adapters/providers/runa.ts';
import { tangoAdapter } from '../../../../../shared/adapters/providers/tango.ts';
import { tremendousAdapter } from '../../../../../shared/adapters/providers/tremendous.ts';
import { wiseAdapter } from '../../../../../shared/adapters/providers/wise.ts';
import { machineClock } from '../../../../../shared/adapters/system.ts';
import { startFakePayPal } from '../../../../providers/fake/paypal-payouts.ts';
import { startFakeReloadly } from '../../../../providers/fake/reloadly.ts';
import { startFakeRuna } from '../../../../providers/fake/runa.ts';
import { startFakeTango } from '../../../../providers/fake/tango.ts';
import { startFakeTremendous } from '../../../../providers/fake/tremendous.ts';
import { startFakeWise } from '../../../../providers/fake/wise.ts';

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

const thePayout = 'the smallest payout, asked twice, is one payout, and is called off or arrives';

interface PayingStandIn {
  readonly against: Against;
  readonly standing: () => number;
  readonly made: () => number;
}

async function payPal(
  options: Partial<Parameters<typeof startFakePayPal>[0]> = {},
): Promise<PayingStandIn> {
  const fake = await startFakePayPal({ seed: 1, stepMs: 0, ...options });
  const standIn = { ...fake, rewardsIssued: fake.payoutsStanding };
  return {
    against: { adapter: payPalPayoutsAdapter, fake: standIn },
    ...{ standing: fake.payoutsStanding, made: () => fake.batches().length },
  };
}

async function wise(
  options: Partial<Parameters<typeof startFakeWise>[0]> = {},
): Promise<PayingStandIn> {
  const fake = await startFakeWise({ seed: 1, pendingMs: 'never', ...options });
  const standIn = { ...fake, rewardsIssued: fake.paidOut };
  return {
    against: { adapter: wiseAdapter, fake: standIn },
    ...{ standing: fake.paidOut, made: () => fake.transfers().length },
  };
}

test.each([
  // Nobody is there to claim it: it is called off.
  ['PayPal', payPal, {}, 0],
  ['Wise', wise, {}, 1],
  // Paid, and on its way for longer than anybody waits: it is called off.
  ['Wise', wise, { faults: { pending: 1 } }, 0],
] as const)('against %s one payout is made (%#)', async (_name, start, options, standing) => {
  const standIn = await (start as (given: object) => Promise<PayingStandIn>)(options);
  const { results } = await run(standIn.against);
  expect(failuresOf(results)).toEqual({});
  expect(results).toHaveLength(6);
  expect([standIn.made(), standIn.standing()]).toEqual([1, standing]);
});

test.each([
  ['PayPal', payPal, 'rejected: OUT_OF_FUNDS'],
  ['Wise', wise, 'rejected: OUT_OF_FUNDS'],
] as const)('with an empty account nothing is paid by %s, and it is said', async (...given) => {
  const [, start, reason] = given;
  const standIn = await start({ faults: { outOfFunds: 1 } });
  const { results } = await run(standIn.against);
  expect(failuresOf(results)).toEqual({ [thePayout]: reason });
  expect(standIn.standing()).toBe(0);
});
