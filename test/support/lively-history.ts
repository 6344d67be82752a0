import { SeededRandom } from '../../infra/cli/sample/random.ts';
import { sampleProgramJson } from './sample-program.ts';

/** Levels, a monthly cap, a cooldown, points that vest and expire: history has to be played. */
export function livelyProgramJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  const sample = sampleProgramJson();
  const earning = sample.earning as { rules: object[]; returns: object[] };
  const bonus = {
    id: 'first-of-week',
    when: { type: ['order.placed'] },
    award: { kind: 'fixed', unit: 'PTS', points: 20 },
    cooldownSeconds: 604_800,
    vestAfterDays: 14,
    plain: true,
  };
  const level = (id: string, more: object = {}) => ({ id, names: { en: id }, ...more });
  const gold = { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 60_000 }] }] };
  return {
    ...sample,
    period: 'month',
    lateDays: 300,
    earning: {
      ...earning,
      rules: [...earning.rules, bonus],
      caps: [
        { id: 'monthly', rules: ['order-points'], per: 'member', window: 'month', points: 250 },
      ],
      multipliers: [{ id: 'by-level', tierPercents: { gold: 150 } }],
    },
    metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
    tiers: {
      levels: [level('blue'), level('gold', { qualify: gold })],
      window: { kind: 'rolling', months: 3 },
      up: { when: 'now' },
      down: { when: 'review', every: 'quarter', step: 'one' },
    },
    members: {
      ...{ enrolment: 'open', kinds: ['person'], secondPersonAbove: 50 },
      reasons: ['correction'],
    },
    expiry: [{ unit: 'PTS', kind: 'monthsAfter', months: 4 }],
    ...parts,
  };
}

const dayMs = 86_400_000;
const firstMs = Date.UTC(2025, 0, 10);

function placed(random: SeededRandom, number: number, dayCount: number): Record<string, unknown> {
  const at = firstMs + random.between(0, dayCount * 1440) * 60_000;
  return {
    id: `o-${number}`,
    source: 'test',
    type: 'order.placed',
    member: `m-${random.between(1, 12)}`,
    occurredAt: new Date(at).toISOString(),
    amountMinor: random.between(500, 30_000),
    currency: random.chance(90) ? 'GBP' : 'EUR',
  };
}

/** Some in the file before what they give back, some for orders that never come. */
function returned(
  random: SeededRandom,
  order: Record<string, unknown>,
  number: number,
): Record<string, unknown> {
  const laterMs = random.between(-5, 40) * dayMs;
  const at = Date.parse(String(order.occurredAt)) + laterMs;
  const id = random.chance(85) ? order.id : `never-${number}`;
  return {
    ...order,
    id: `r-${number}`,
    type: 'order.returned',
    occurredAt: new Date(at).toISOString(),
    amountMinor: random.between(100, Number(order.amountMinor)),
    ...(random.chance(80) && { refersTo: { source: 'test', id } }),
  };
}

function adjusted(random: SeededRandom, order: Record<string, unknown>): Record<string, unknown> {
  const { member, occurredAt } = order;
  const points = random.chance(60) ? random.between(1, 80) : -random.between(1, 30);
  const data = { unit: 'PTS', points, reason: 'correction', intoDebt: true };
  const id = `c-${String(order.id)}`;
  const type = 'points.adjusted';
  return { id, source: 'desk', actor: 'staff-1', type, member, occurredAt, data };
}

/** Lines of a file: not in the order of time, and with what a real feed gets wrong. */
export function livelyLines({ seed = 7, orders = 200, days = 330 } = {}): unknown[] {
  const random = new SeededRandom(seed);
  const lines: unknown[] = [];
  for (let number = 1; number <= orders; number += 1) {
    const order = placed(random, number, days);
    const back = random.chance(20) ? [returned(random, order, number)] : [];
    lines.push(...(random.chance(50) ? [order, ...back] : [...back, order]));
    if (random.chance(8)) lines.push(adjusted(random, order));
    if (random.chance(6)) lines.push(order);
    if (random.chance(4)) lines.push({ ...order, amountMinor: Number(order.amountMinor) + 1 });
    if (random.chance(3)) lines.push({ ...order, id: `x-${number}`, type: 'order.admired' });
  }
  lines.push('{"id":', { ...placed(random, 0, 1), currency: 'CHF' }, { id: 'bare', actor: 'me' });
  return lines;
}
