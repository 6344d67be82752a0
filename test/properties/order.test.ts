import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instantOf } from '../../shared/domain/time.ts';
import { programOf } from './program-json.ts';
import {
  anyPurchase,
  anyRules,
  orderOf,
  type Purchase,
  programJson,
  type RuleJson,
} from './return-programs.ts';
import { runs } from './runs.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { statesIn } from './state.ts';
import { anyMix, batchesOf, type Mix, mixed } from './traffic.ts';

const anyJourney = fc.record({
  purchase: anyPurchase,
  parts: fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 2 }),
  activated: fc.boolean(),
  /** After the order, of everything that follows it. */
  laterDays: fc.nat({ max: 2 }),
});
type Journey = typeof anyJourney extends fc.Arbitrary<infer Of> ? Of : never;

const plain = { caps: [], promoted: false, counted: true };
/** Late enough that nothing which waits is over meanwhile, and that some points vest. */
const arrivalDays = 10;

function followed(journeys: readonly Journey[], now: Instant): Sent[] {
  return journeys.flatMap(({ purchase, parts, activated, laterDays }, index) => {
    const id = `o${index}`;
    const order = orderOf(id, purchase, now);
    const at = instantOf(Math.min(now, (order.at ?? now) + laterDays * dayMs));
    const about = { member: purchase.member, at, of: id };
    const returns = parts.map((amountMinor, part): Sent => {
      return { ...about, id: `${id}-r${part}`, type: 'order.returned', amountMinor };
    });
    const activation: Sent = { ...about, id: `${id}-a`, type: 'trip.completed' };
    return [order, ...returns, ...(activated ? [activation] : [])];
  });
}

/** Under the rules of one version until three days ago, of another one since. */
function stageOf(first: readonly RuleJson[], second: readonly RuleJson[]): Stage {
  const [before, since] = [first, second].map((rules) => {
    return programOf(programJson({ ...plain, rules: [...rules] }));
  });
  if (before === undefined || since === undefined) throw new Error('Two versions.');
  const { clock } = new Stage(before);
  return new Stage(before, [{ from: instantOf(clock.now() - 3 * dayMs), program: since }]);
}

async function arrived(stage: Stage, batches: readonly (readonly Sent[])[], sweeps: boolean) {
  const stepMs = Math.floor((arrivalDays * dayMs) / (batches.length + 1));
  const start = stage.now();
  for (const batch of batches) {
    await stage.send(batch);
    stage.reach(stage.now() + stepMs);
    if (sweeps) await stage.sweep();
    await stage.audit();
  }
  stage.reach(start + arrivalDays * dayMs);
  await stage.sweep();
  return statesIn(stage.table);
}

function arrivedMixed(stage: Stage, events: readonly Sent[], mix: Mix) {
  return arrived(stage, batchesOf(mixed(events, mix), mix.batch), mix.seed % 2 === 0);
}

describe('the order of arrival', () => {
  it('makes no difference to lots, debt, what waits or what is counted', async () => {
    const journeys = fc.array(anyJourney, { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(
      ...[anyRules, anyRules, journeys, anyMix],
      async (first, second, all, mix) => {
        const [inTime, anyhow] = [stageOf(first, second), stageOf(first, second)];
        const events = followed(all, inTime.now());
        const byTime = events.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));
        const expected = await arrived(inTime, batchesOf(byTime, 1), true);
        expect(await arrivedMixed(anyhow, events, mix)).toEqual(expected);
        expect(anyhow.table.waiting.size).toBe(0);
      },
    );
    await fc.assert(property, runs(40));
  });

  it('makes no difference to the points of who owes some for a while', async () => {
    const anyAmounts = fc.array(
      fc.record({ purchase: anyPurchase, back: fc.nat({ max: 30_000 }) }),
      { minLength: 1, maxLength: 8 },
    );
    const property = fc.asyncProperty(anyRules, anyAmounts, anyMix, async (rules, all, mix) => {
      const plainPlace = rules.map((rule) => ({ ...rule, place: {} }));
      const [inTime, anyhow] = [stageOf(plainPlace, plainPlace), stageOf(plainPlace, plainPlace)];
      const events = all.flatMap(({ purchase, back }, index) => [
        orderOf(`o${index}`, purchase, inTime.now()),
        backOf(`r${index}`, purchase, back),
      ]);
      const expected = netOf(await arrived(inTime, batchesOf(events, 1), true));
      expect(netOf(await arrivedMixed(anyhow, events, mix))).toEqual(expected);
    });
    await fc.assert(property, runs(40));
  });
});

/** A return that names no order. */
function backOf(id: string, { member }: Purchase, amountMinor: number): Sent {
  return { id, member, amountMinor, type: 'order.returned' };
}

function netOf(states: ReturnType<typeof statesIn>): Record<string, bigint> {
  const nets = Object.entries(states).map(([owner, { lots, debt }]) => {
    const points = Object.values(lots).reduce((sum, held) => sum + BigInt(held), 0n);
    return [owner, points - BigInt(debt)] as const;
  });
  return Object.fromEntries(nets.filter(([, net]) => net !== 0n));
}
