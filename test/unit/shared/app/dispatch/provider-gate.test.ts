import { describe, expect, it } from 'vitest';
import {
  createProviderGate,
  type ProviderGate,
} from '../../../../../shared/app/dispatch/provider-gate.ts';
import { failuresToOpen } from '../../../../../shared/domain/redemption/breaker.ts';
import { createWorld } from '../../../../support/world.ts';

const provider = 'tango';
const secondMs = 1000;

/** Workers of one account, each with a gate of its own; time passes only where a test says so. */
function accounts(count: number, requestsPerMinute?: number) {
  const { clock, dependencies } = createWorld();
  const { health } = dependencies;
  const logged: string[] = [];
  const log = (code: string) => logged.push(code);
  const logger = { info: log, warn: log, error: log };
  const slept: number[] = [];
  const sleeper = {
    async sleep(durationMs: number) {
      slept.push(durationMs);
    },
  };
  let leases = 0;
  const counted: typeof health = {
    ...health,
    async lease(turns) {
      leases += 1;
      return health.lease(turns);
    },
  };
  const limits = new Map(requestsPerMinute === undefined ? [] : [[provider, requestsPerMinute]]);
  const gates = Array.from({ length: count }, () =>
    createProviderGate({ clock, health: counted, logger, sleeper, requestsPerMinute: limits }),
  );
  const [first] = gates;
  if (first === undefined) throw new Error('A gate.');
  return { clock, health, logged, slept, gate: first, gates, leases: () => leases };
}

const enter = (gate: ProviderGate, calls = 1) =>
  gate.enter({ provider, calls, requestsPerMinute: 60, turn: undefined });
const enterAnyhow = (gate: ProviderGate) =>
  gate.enter({ provider, calls: 5, requestsPerMinute: undefined, turn: undefined });

describe('turns', () => {
  it('are not asked for where nobody limits the calls', async () => {
    const { gate, leases } = accounts(1);
    expect(await enterAnyhow(gate)).toEqual({ kind: 'entered' });
    expect(leases()).toBe(0);
  });

  it('come one after another over all workers; what is near is waited for', async () => {
    const { gates, slept, clock } = accounts(3);
    const entered = await Promise.all(gates.map((gate) => enter(gate)));
    expect(entered).toEqual(Array(3).fill({ kind: 'entered' }));
    expect(slept).toEqual([0, secondMs, 2 * secondMs]);
    const [gate] = gates;
    const far = gate && (await enter(gate));
    expect(far).toEqual({ kind: 'later', turn: clock.now() + 3 * secondMs });
  });

  it('are the region’s where it allows itself less than the provider takes', async () => {
    const { gate, slept } = accounts(1, 30);
    await enter(gate);
    await enter(gate);
    expect(slept).toEqual([0, 2 * secondMs]);
  });

  it('that were given are used without another one', async () => {
    const { gate, clock, leases } = accounts(1);
    const turn = clock.now();
    const again = { provider, calls: 1, requestsPerMinute: 60, turn };
    expect(await gate.enter(again)).toEqual({ kind: 'entered' });
    expect(leases()).toBe(0);
  });

  it('of many that wait cost few writes, and are each somebody’s own', async () => {
    const { gate, leases } = accounts(1);
    const all = await Promise.all(Array.from({ length: 100 }, () => enter(gate)));
    const turns = all.flatMap((each) => (each.kind === 'later' ? [each.turn] : []));
    expect(new Set(turns).size).toBe(97);
    expect(leases()).toBeLessThan(20);
  });

  it('pause for all workers, once, where the provider asks for it', async () => {
    const { gates, clock } = accounts(2);
    const [one, other] = gates;
    await Promise.all([one?.limited(provider, 60), one?.limited(provider, 60)]);
    clock.advance(1);
    const entered = other && (await enter(other));
    expect(entered?.kind).toBe('entered');
    const next = one && (await enter(one));
    expect(next).toEqual({ kind: 'later', turn: clock.now() - 1 + 3 * secondMs });
  });
});

describe('a breaker', () => {
  async function opened(count = 2) {
    const all = accounts(count);
    for (let failure = 0; failure < failuresToOpen; failure += 1) {
      await all.gate.heard(provider, 'failed');
    }
    return all;
  }

  it('opens for all workers within seconds, and says so once', async () => {
    const { gates, clock, logged } = await opened();
    const [one, other] = gates;
    expect(logged).toEqual(['BREAKER_OPENED']);
    const until = clock.now() + 30 * secondMs;
    expect(one && (await enterAnyhow(one))).toEqual({ kind: 'shut', until });
    expect(await other?.standing(provider)).toEqual({ shutUntil: until, outOfFunds: false });
  });

  it('lets one worker try, and closes with its answer', async () => {
    const { gates, clock, logged } = await opened(4);
    clock.advance(30 * secondMs);
    const entered = await Promise.all(gates.map((gate) => enterAnyhow(gate)));
    expect(entered.filter(({ kind }) => kind === 'entered')).toHaveLength(1);
    await gates[entered.findIndex(({ kind }) => kind === 'entered')]?.heard(provider, 'answered');
    clock.advance(5 * secondMs);
    const after = await Promise.all(gates.map((gate) => enterAnyhow(gate)));
    expect(after).toEqual(Array(4).fill({ kind: 'entered' }));
    expect(logged).toEqual(['BREAKER_OPENED', 'BREAKER_CLOSED']);
  });

  it('is tried again when nobody has heard of the try for a minute', async () => {
    const { gates, clock } = await opened();
    const [one, other] = gates;
    if (one === undefined || other === undefined) throw new Error('Two gates.');
    clock.advance(30 * secondMs);
    await enterAnyhow(one);
    clock.advance(59 * secondMs);
    expect((await enterAnyhow(other)).kind).toBe('shut');
    clock.advance(secondMs);
    expect((await enterAnyhow(other)).kind).toBe('entered');
  });

  it('stays open through answers to calls from before', async () => {
    const { gate, gates, logged } = await opened();
    await gate.heard(provider, 'answered');
    expect((await gates[1]?.standing(provider))?.shutUntil).toBeDefined();
    expect(logged).toEqual(['BREAKER_OPENED']);
  });

  it('counts failures in a row only', async () => {
    const { gate, logged } = accounts(1);
    for (let call = 0; call < 40; call += 1) {
      await gate.heard(provider, call % failuresToOpen === 0 ? 'answered' : 'failed');
    }
    expect(logged).toEqual([]);
  });
});

describe('an account out of funds', () => {
  it('is marked once, with what was known of it', async () => {
    const { gates, health, logged } = accounts(2);
    await Promise.all(gates.map((gate) => gate.outOfFunds(provider)));
    expect(logged).toEqual(['PROVIDER_OUT_OF_FUNDS']);
    expect((await gates[1]?.standing(provider))?.outOfFunds).toBe(true);
    expect((await health.readFloat(provider))?.version).toBe(1);
  });
});
