import { beforeAll, describe, expect, it } from 'vitest';
import { accrue } from '../../shared/app/booking/accrue.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import { dynamoStores, type MeteredCall, openDynamoTable } from '../stores/backends.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { sampleProgram } from '../support/sample-program.ts';
import { createWorld, type Dependencies } from '../support/world.ts';
import { perMajor, placed } from './program-json.ts';
import { type Sent, Stage } from './stage.ts';

const dynamodb = useDynamoDbLocal();
const meter: MeteredCall[] = [];
const shards = 4;

/** 20 rules of which two match, caps, two levels and a promotion with a hard budget. */
function wideProgram() {
  const inCountry = Array.from({ length: 19 }, (_, index) => ({
    id: `country-${index}`,
    when: { ...placed, data: { place: [`p${index}`] } },
    award: { kind: 'fixed', unit: 'PTS', points: 5 + index },
  }));
  const goldFrom = { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 1000 }] }] };
  const when = { ...placed, data: { campaign: ['spring'] } };
  const many = 100_000_000;
  return sampleProgram({
    lateDays: 30,
    earning: {
      rules: [{ id: 'base', when: placed, award: perMajor }, ...inCountry],
      returns: [{ id: 'order-return', when: { type: ['order.returned'] }, rule: 'base' }],
      caps: [
        { id: 'monthly', per: 'member', rules: ['base'], window: 'month', points: many },
        { id: 'yearly', per: 'member', window: 'year', points: many, times: many },
      ],
      multipliers: [{ id: 'by-level', tierPercents: { gold: 150 } }],
      promotions: [
        { id: 'spring', between: {}, when, rules: ['base'], percent: 200, budget: 'pot' },
      ],
    },
    budgets: [{ id: 'pot', unit: 'PTS', points: many, shards }],
    metrics: [{ id: 'spend', when: placed, of: 'amount' }],
    tiers: {
      levels: [
        { id: 'blue', names: { en: 'Blue' } },
        { id: 'gold', names: { en: 'Gold' }, qualify: goldFrom },
      ],
      window: { kind: 'calendarYear' },
      up: { when: 'now' },
      down: { when: 'review', every: 'year', step: 'one' },
    },
    expiry: [{ unit: 'PTS', kind: 'monthsAfterEndOfMonth', months: 24 }],
  });
}

const promoted = { data: { place: 'p3', campaign: 'spring' } };
const unpromoted = { data: { place: 'p3' } };

describe('write units of earning, with 20 rules, caps, levels and a promotion', () => {
  const stage = new Stage(wideProgram());
  let dependencies: Dependencies;
  beforeAll(async () => {
    const { ledger } = dynamoStores(await openDynamoTable(dynamodb(), { seed: 3, meter }));
    dependencies = { ...createWorld(stage.program).dependencies, ledger };
  });

  async function book(events: readonly Sent[], ledger: LedgerStore = dependencies.ledger) {
    meter.length = 0;
    const deliveries = events.map((event) => stage.delivery(event));
    const outcomes = await accrue({ ...dependencies, ledger }, deliveries);
    const units = meter.reduce((sum, call) => sum + call.units, 0);
    return { kinds: new Set(outcomes.map(({ kind }) => kind)), units };
  }

  const accrued = new Set(['accrued']);
  const named = (name: string, count: number, parts: Partial<Sent> = {}) =>
    Array.from({ length: count }, (_, index): Sent => ({ id: `${name}-${index}`, ...parts }));

  /** Each of the operations once, under names of its own. */
  async function everyCost(name: string) {
    const one = (id: string, parts: Partial<Sent>) => book([{ id: `${name}-${id}`, ...parts }]);
    const back = { type: 'order.returned', of: `${name}-plain` };
    return {
      earn: await one('plain', unpromoted),
      earnNothing: await one('nothing', { amountMinor: 0 }),
      promoted: await one('promoted', promoted),
      batch: await book(named(`${name}-batch`, 20, unpromoted)),
      returned: await one('back', back),
      duplicate: await one('plain', unpromoted),
      returnedPromoted: await one('back-promoted', { ...back, of: `${name}-promoted` }),
    };
  }

  const expected = {
    earn: { kinds: accrued, units: 4 },
    earnNothing: { kinds: accrued, units: 2 },
    promoted: { kinds: accrued, units: 6 },
    batch: { kinds: accrued, units: 2 * 20 + 2 },
    returned: { kinds: new Set(['returned']), units: 6 },
    duplicate: { kinds: new Set(['duplicate']), units: 0 },
    returnedPromoted: { kinds: new Set(['returned']), units: 8 },
  };

  it('are 4, 6 with a budget, 2n + 2 in a batch, 6 for a return', async () => {
    expect(stage.program.earning.rules).toHaveLength(20);
    await book(named('first', 10, unpromoted));
    expect(await everyCost('small')).toEqual(expected);
  });

  it('are 2 more for each shard of a budget that a batch draws from', async () => {
    const { units } = await book(named('drawn', 16, promoted));
    const extra = units - (2 * 16 + 2);
    expect(extra % 2).toBe(0);
    expect(extra / 2).toBeLessThanOrEqual(shards);
    expect(extra).toBeGreaterThan(0);
  });

  it('of a duplicate are at most 4 where both were read before either was written', async () => {
    let reads = 0;
    let bothRead: () => void = () => undefined;
    const barrier = new Promise<void>((resolve) => {
      bothRead = resolve;
    });
    const { ledger } = dependencies;
    const meeting: LedgerStore = {
      ...ledger,
      async readForPosting(query) {
        const state = await ledger.readForPosting(query);
        reads += 1;
        if (reads === 2) bothRead();
        await barrier;
        return state;
      },
    };
    meter.length = 0;
    const twice = [0, 1].map(() => stage.delivery({ id: 'raced', ...unpromoted }));
    const told = await Promise.all(
      twice.map((one) => accrue({ ...dependencies, ledger: meeting }, [one])),
    );
    expect(told.flat().map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['accrued', 'duplicate']),
    );
    const units = meter.reduce((sum, call) => sum + call.units, 0);
    expect(units - 4).toBeLessThanOrEqual(4);
  });

  it('are the same at 10,000 entries of the member', async () => {
    for (let batch = 0; batch < 313; batch += 1) {
      const { units } = await book(named(`many-${batch}`, 32, unpromoted));
      if (batch % 100 === 0) expect(units).toBe(2 * 32 + 2);
    }
    expect(await everyCost('large')).toEqual(expected);
  });
});
