import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import type { StandIn, StandInOrder } from '../../infra/cli/run/stand-ins.ts';
import { seededRandomness, shuffled } from '../faults/seeded-randomness.ts';
import { Dice } from '../simulation/customers.ts';
import { ApiClient } from './support/api-client.ts';
import { type Outcome, readOutcomes, wrongOutcomes } from './support/books-of-rewards.ts';
import { fourProvidersProgram, rewardIds } from './support/four-providers.ts';
import { caseReasons, rawItems } from './support/raw-table.ts';
import { asOf, giveAmounts } from './support/redeem-all.ts';
import { untilSettled } from './support/until-settled.ts';

const seed = Number(process.env.GUERDON_SEED ?? '7');
const members = Array.from({ length: 14 }, (_, index) => `m-${index}`);
const count = 28;
const given = 3000n;

/** Nobody decides before the test does; and what was decided is told late, twice or by a forger. */
const faults = { pending: 1, lateWebhook: 0.5, duplicate: 0.2, badSignature: 0.2 };
const promisedMinutes = 60;

let session: Session;

beforeAll(async () => {
  const redemption = { giveUpHours: 1 };
  const program = fourProvidersProgram({ redemption });
  const rewards = program.rewards.map((reward) => ({ ...reward, promisedMinutes }));
  session = await openSession({
    ...{ program: { ...program, rewards }, asOf, seed, log: () => undefined },
    pendingMs: 'never',
  });
  for (const standIn of session.standIns) standIn.setFaults(faults);
}, 120_000);

afterAll(() => session?.close());

it(`a late no races members who cancel and a promise that passes (seed ${seed})`, async () => {
  process.stdout.write(`failover: seed ${seed}\n`);
  const world = new World(session, new Dice(seededRandomness(seed)));
  await giveAmounts(session, Object.fromEntries(members.map((member) => [member, 300_000])));
  await world.redeem();
  await untilSettled(session, { meanwhile: () => world.act() });

  const outcomes = await readOutcomes(session);
  expect(outcomes.size).toBe(count);
  expect(wrongOutcomes(outcomes)).toEqual([]);
  await expectPoints(outcomes);
  const all = [...outcomes.values()];
  const told = {
    captured: all.filter(({ settled }) => settled === 'captured').length,
    released: all.filter(({ settled }) => settled === 'released').length,
    reopened: all.filter(({ reopenings }) => reopenings > 0).length,
    orders: session.standIns.flatMap(({ orders }) => orders()).length,
    ...{ cancelled: world.cancelled.size, tooLate: world.tooLate },
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  expect(told.captured).toBeGreaterThan(5);
  expect(told.released).toBeGreaterThan(5);
  expect(told.orders).toBeGreaterThan(count);
  expect(caseReasons(await rawItems(session.stack))).toEqual([]);
  expect(await session.stack.deadLetterCount()).toBe(0);
  expect((await verifyLedger(session.table.scan)).mismatches).toEqual([]);
}, 300_000);

/** What was given, less what was captured: each release gave back once what was held. */
async function expectPoints(outcomes: ReadonlyMap<string, Outcome>): Promise<void> {
  const spent = new Map<string, bigint>();
  for (const { member, points, settled } of outcomes.values()) {
    if (settled === 'captured') spent.set(member, (spent.get(member) ?? 0n) + points);
  }
  for await (const { member, balance } of session.table.scan.balances()) {
    const left = [...balance.lots.values()].reduce((sum, lot) => sum + lot, -balance.debt);
    expect([member, left]).toEqual([member, given - (spent.get(member) ?? 0n)]);
  }
}

/** Members and providers who change their minds whenever nothing else goes on. */
class World {
  readonly cancelled = new Set<string>();
  tooLate = 0;
  readonly #session: Session;
  readonly #dice: Dice;
  readonly #redemptions: { readonly id: string; readonly member: string }[] = [];
  #undone = 0;

  constructor(session: Session, dice: Dice) {
    this.#session = session;
    this.#dice = dice;
  }

  async redeem(): Promise<void> {
    const api = await this.#api();
    for (let index = 0; index < count; index += 1) {
      const member = members[index % members.length] ?? '';
      const body = {
        rewardId: rewardIds[Math.floor(index / members.length) % rewardIds.length],
        ...{ amountMinor: '500', currency: 'GBP', country: 'GB', email: `${member}@example.com` },
      };
      const asked = { body, key: `r-${index}` };
      const answer = await api.member('POST', member, '/redemptions', asked);
      if (answer.status !== 202) throw new Error(answer.text);
      this.#redemptions.push({ id: String(answer.body.redemption), member });
    }
  }

  /** All of it at once and in any order. */
  async act(): Promise<void> {
    const api = await this.#api();
    const cancels = this.#redemptions
      .filter(({ id }) => !this.cancelled.has(id) && this.#dice.chance(0.06))
      .map((one) => () => this.#cancel(api, one));
    const decisions = this.#session.standIns.flatMap((standIn) =>
      standIn.orders().flatMap((order) => this.#decisionOf(standIn, order) ?? []),
    );
    const randomness = { next: () => this.#dice.below(2 ** 30) / 2 ** 30 };
    await Promise.all(shuffled([...cancels, ...decisions], randomness).map((each) => each()));
  }

  async #cancel(api: ApiClient, one: { readonly id: string; readonly member: string }) {
    this.cancelled.add(one.id);
    const rest = `/redemptions/${one.id}/cancel`;
    const { status, body, text } = await api.member('POST', one.member, rest, { body: {} });
    if (body.code === 'ALREADY_DELIVERED') this.tooLate += 1;
    else if (status !== 200) throw new Error(text);
  }

  #decisionOf(standIn: StandIn, order: StandInOrder): (() => Promise<void>) | undefined {
    const isPending = /PENDING|PROCESSING|OPEN/.test(order.status);
    const isUndone = !isPending && standIn.name === 'tremendous' && this.#undone < 6;
    if (isUndone && order.status === 'EXECUTED' && this.#dice.chance(0.2)) {
      this.#undone += 1;
      return async () => standIn.decide(order, 'failed');
    }
    if (!isPending || this.#dice.chance(0.4)) return undefined;
    const fate = this.#dice.chance(0.6) ? 'failed' : 'delivered';
    return async () => standIn.decide(order, fate);
  }

  #api(): Promise<ApiClient> {
    const { api } = this.#session.stack.urls;
    return ApiClient.of(api, { scope: 'integrator', subject: 'shop' });
  }
}
