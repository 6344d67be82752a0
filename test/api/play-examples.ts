import type { Example } from '../../infra/cli/contracts/examples.ts';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { project } from '../../shared/app/booking/project.ts';
import { route } from '../../shared/app/dispatch/route.ts';
import { readCustomerEvent } from '../../shared/contracts/events.ts';
import { busEventTypes } from '../../shared/domain/bus-event.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { drain } from '../support/fulfilment.ts';
import { sampleProgram, sampleProgramJson } from '../support/sample-program.ts';
import { claimsOf } from './request.ts';
import { type ApiReply, createStage, type Stage } from './stage.ts';

const minimumMinor = { EUR: 1_000, GBP: 1_000, USD: 1_000 };

/** Every kind of rail that asks for something else. */
const examplePayouts = {
  rails: [
    {
      ...{ id: 'bank', kind: 'bankAccount', names: { en: 'Bank account' }, minimumMinor },
      sources: [{ provider: 'wise' }],
    },
    {
      ...{ id: 'paypal', kind: 'payPal', names: { en: 'PayPal' }, minimumMinor: { EUR: 500 } },
      ...{ countries: ['DE', 'GB'], sources: [{ provider: 'paypal-payouts' }] },
    },
    {
      ...{ id: 'card', kind: 'prepaidCard', names: { en: 'Prepaid card' }, minimumMinor },
      sources: [{ provider: 'tremendous', products: ['PREPAID'] }],
    },
    { ...{ id: 'gift', kind: 'donation', names: { en: 'Give it away' }, minimumMinor } },
  ],
  blockedCountries: ['RU'],
};

/** What there is to pay out; no example earns any. */
const cashback = {
  ...{ id: 'cashback', when: { type: ['order.reviewed'] } },
  award: { kind: 'percentage', unit: 'purchaseCurrency', basisPoints: 100, rounding: 'down' },
};

/** The sample program with something of everything that the API tells. */
export function exampleProgram(): Program {
  const { rewards, redemption, catalogue: _, ...json } = sampleProgramJson();
  const earning = json.earning as { readonly rules: readonly object[] };
  const [card] = rewards as readonly Record<string, unknown>[];
  return sampleProgram({
    ...json,
    members: { kinds: ['person', 'company'] },
    catalogue: undefined,
    rewards: [
      { ...card, provider: 'tremendous', alternatives: undefined },
      {
        ...{ ...card, id: 'cinema-ticket', name: 'Cinema ticket', names: undefined },
        ...{ amountsMinor: [1000, 2500], provider: 'tremendous', alternatives: undefined },
      },
    ],
    redemption: {
      ...(redemption as object),
      policies: [{ unit: 'PTS', worth: { currency: 'GBP', amountMinor: 1, points: 1 } }],
      cash: { maximumPercent: 50 },
      limits: [],
      reviews: [{ id: 'large', fromPoints: 3000 }],
      secondPersonFrom: undefined,
    },
    money: { wallets: ['EUR', 'GBP', 'USD'] },
    donations: { charities: { 'food-bank': { names: { en: 'Food bank' } } }, percents: [5, 10] },
    payouts: examplePayouts,
    eventTypes: [...(json.eventTypes as string[]), 'order.reviewed'],
    earning: { ...earning, rules: [...earning.rules, cashback] },
    metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
    tiers: {
      levels: [
        { id: 'bronze', names: { en: 'Bronze' } },
        {
          ...{ id: 'silver', names: { en: 'Silver' } },
          qualify: { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 5_000_000 }] }] },
        },
      ],
      window: { kind: 'calendarYear' },
      up: { when: 'now' },
      down: { when: 'never' },
    },
  });
}

export interface Played {
  readonly example: Example;
  readonly reply: ApiReply;
}

/** What goes on behind the API after an example, by its name. */
const afterwards: Readonly<Record<string, (stage: Stage, reply: ApiReply) => Promise<void>>> = {
  'one event': (stage) => bookPublished(stage),
  'on its way': (stage, reply) => deliver(stage, reply),
};

/** Plays the examples in their order, on one stage. */
export async function playExamples(
  examples: readonly Example[],
): Promise<{ readonly stage: Stage; readonly played: readonly Played[] }> {
  const stage = createStage(exampleProgram());
  const played: Played[] = [];
  for (const example of examples) {
    const { name, route: asked, scope, subject, path, query, key, body } = example;
    const reply = await stage.call({
      ...{ route: asked, path, claims: claimsOf(scope, subject) },
      ...(query && { query }),
      ...(key !== undefined && { key }),
      ...(body !== undefined && { body }),
    });
    played.push({ example, reply });
    await afterwards[name]?.(stage, reply);
    const { projections } = stage.shared;
    await project(projections, [...stage.world.table.entries.values()]);
  }
  return { stage, played };
}

/** What the bus would bring to the ledger. */
async function bookPublished({ world }: Stage): Promise<void> {
  const deliveries = world.published.flatMap(({ type, detail }) => {
    if (type !== busEventTypes.customerEvent) return [];
    const reading = readCustomerEvent(detail.event);
    if (!reading.ok) throw new Error(reading.failure.code);
    return [{ delivery: 'd-1', program: 'online-retail', received: reading.value }];
  });
  await accrue(world.dependencies, deliveries);
}

const elevenMinutesMs = 11 * 60_000;

async function deliver({ world }: Stage, { body }: ApiReply): Promise<void> {
  const { redemption } = body as { redemption: string };
  await route(world.dependencies, { program: 'online-retail', redemption });
  await drain(world);
  world.clock.advance(elevenMinutesMs);
}
