import { accrue } from '../../shared/app/booking/accrue.ts';
import { sweepFollowUps } from '../../shared/app/booking/sweep-follow-ups.ts';
import { route } from '../../shared/app/dispatch/route.ts';
import { watchFloats } from '../../shared/app/dispatch/watch-float.ts';
import { redeem } from '../../shared/app/redemption/redeem.ts';
import { readCustomerEvent } from '../../shared/contracts/events.ts';
import { readRedemption } from '../../shared/contracts/redemptions.ts';
import { ProviderUnavailableError } from '../../shared/ports/provider-unavailable.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { Crash, crashing, handle, withPorts } from '../support/fulfilment.ts';
import type { Message } from '../support/inbox.ts';
import { interleaved } from '../support/scheduling.ts';
import type { PlaceAnswer } from '../support/scripted-provider.ts';
import { createWorld, type Dependencies } from '../support/world.ts';
import type { AskedRedemption, Evidence, SentEvent } from './auditor.ts';
import { type Act, customerActs, Dice } from './customers.ts';

const program = 'online-retail';
const visibilityMs = 90_000;
const mostSteps = 4000;
const restSweepMs = 900_000;

const faults: readonly PlaceAnswer[] = [
  ...(['accept', 'accept', 'accept', 'pend', 'lost', 'lost', 'dropped', 'delayed'] as const),
  ...(['permanent', 'retryNewKey', 'waitForFunds'] as const).map((reject) => ({ reject })),
];

/**
 * The whole system from one seed: customers, queues that repeat and reorder, processes that die at
 * any call, and a provider that loses answers. After the storm everything works, until all queues
 * are empty.
 */
export class Simulator {
  readonly #world = createWorld();
  readonly #dice: Dice;
  readonly #events: SentEvent[] = [];
  readonly #redemptions: AskedRedemption[] = [];
  readonly #routed = new Set<string>();
  #stormy = true;

  constructor(seed: number) {
    this.#dice = new Dice(seededRandomness(seed));
    this.#breakProvider();
    const acts = customerActs(this.#dice, 30);
    for (const [index, act] of acts.entries()) this.#schedule(act, index);
  }

  async run(): Promise<Evidence> {
    const { inbox, table, provider } = this.#world;
    const names = ['act', 'route', 'dispatch', 'check', 'settle', 'network'];
    for (let step = 0; ; step += 1) {
      if (step > mostSteps) throw new Error('The queues never came to rest.');
      const batch = this.#takeDue(names);
      if (batch.length === 0) break;
      await Promise.all(batch.map((message) => this.#deliver(message)));
      this.#follow();
      if (step > mostSteps / 4 || !inbox.messages.some(({ queue }) => queue === 'act'))
        this.#calm();
    }
    await this.#sweep();
    const { balances, entries, orders, settlements } = table;
    return {
      ...{ events: this.#events, redemptions: this.#redemptions, orders, settlements },
      entries: [...entries.values()],
      balances: balances.values(),
      rewards: provider.rewards().map(({ order }) => order.reference),
    };
  }

  #schedule(act: Act, index: number): void {
    const times = this.#dice.chance(0.3) ? 2 + this.#dice.below(2) : 1;
    for (let time = 0; time < times; time += 1) {
      const body = { ...act, delivery: `${index}-${this.#dice.below(2)}` };
      const delayMs = this.#dice.below(30) * 20_000 + index * 10_000;
      this.#world.inbox.put({ queue: 'act', body }, delayMs);
    }
  }

  /** Up to four messages that are due about now: they are worked on at the same time. */
  #takeDue(names: readonly string[]): Message[] {
    const { clock, inbox } = this.#world;
    const first = inbox.take(...names);
    if (first === undefined) return [];
    clock.reach(first.dueAt);
    const batch = [first];
    while (batch.length < 4 && this.#dice.chance(0.6)) {
      const next = inbox.take(...names);
      if (next === undefined) break;
      if (next.dueAt > clock.now()) {
        inbox.messages.push(next);
        break;
      }
      batch.push(next);
    }
    return batch;
  }

  async #deliver(message: Message): Promise<void> {
    const { inbox } = this.#world;
    if (this.#stormy && this.#dice.chance(0.1)) inbox.put(message, this.#dice.below(60_000));
    const nth = this.#stormy && this.#dice.chance(0.15) ? 1 + this.#dice.below(12) : 0;
    const when = this.#dice.chance(0.5) ? 'before' : 'after';
    const dying = crashing(this.#world.dependencies, nth, when).dependencies;
    const dependencies = withPorts(dying, (port) => interleaved(port, () => this.#dice.below(5)));
    try {
      await this.#handle(dependencies, message);
      if (message.queue === 'check') await this.#watchFloats();
    } catch (error) {
      if (!(error instanceof Crash || error instanceof ProviderUnavailableError)) throw error;
      inbox.put(message, visibilityMs);
    }
  }

  async #handle(dependencies: Dependencies, message: Message): Promise<void> {
    const { queue, body } = message;
    if (queue === 'network') this.#world.provider.arrive();
    else if (queue === 'route') await route(dependencies, { program, redemption: `${body.id}` });
    else if (queue === 'act' && body.kind === 'event') await this.#send(dependencies, message);
    else if (queue === 'act') await this.#redeem(dependencies, message);
    else await handle(dependencies, message);
  }

  async #send(dependencies: Dependencies, message: Message): Promise<void> {
    const { delivery, body } = message.body as { delivery: string; body: SentEvent };
    const reading = readCustomerEvent(body);
    if (!reading.ok) throw new Error(reading.failure.code);
    const named = { delivery, program, received: reading.value };
    const [outcome] = await accrue(dependencies, [named]);
    if (outcome === undefined || outcome.kind === 'failed') throw outcome?.error;
    const told = outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
    const of = reading.value.event.refersTo?.id;
    const { id, member, type, amountMinor } = body;
    const text = JSON.stringify(body);
    const said = { text, outcome: told, ...(of !== undefined && { of }) };
    this.#events.push({ id, member, type, amountMinor, ...said });
  }

  async #redeem(dependencies: Dependencies, message: Message): Promise<void> {
    const { key, member, body } = message.body as {
      key: string;
      member: string;
      body: AskedRedemption;
    };
    const reading = readRedemption(member, body);
    if (!reading.ok) throw new Error(reading.failure.code);
    const asked = { program, caller: 'shop', idempotencyKey: key, ...reading.value };
    const result = await redeem(dependencies, asked);
    const { amountMinor } = body;
    const said = { key, text: JSON.stringify([member, body]), member, amountMinor };
    if (!result.ok) {
      if (result.failure.code === 'TRY_AGAIN') this.#world.inbox.put(message, 1000);
      this.#redemptions.push({ ...said, outcome: result.failure.code });
      return;
    }
    const { hold, repeated } = result.value;
    const outcome = repeated ? 'repeated' : 'held';
    this.#redemptions.push({ ...said, outcome, redemption: hold.redemption });
  }

  /** What the stream and the provider's webhooks bring. */
  #follow(): void {
    const { inbox, provider, table } = this.#world;
    for (const id of table.holds.keys()) {
      if (this.#routed.has(id)) continue;
      this.#routed.add(id);
      inbox.put({ queue: 'route', body: { id } }, this.#dice.below(5000));
    }
    if (!this.#stormy || !this.#dice.chance(0.2)) return;
    provider.decide(this.#dice.chance(0.7) ? 'final' : 'failed');
    if (provider.orders.size === 0) return;
    const { id } = this.#dice.pick([...provider.orders.values()]);
    const reading = { kind: 'order', webhookId: 'w', providerOrder: id };
    const body = { kind: 'webhook', provider: provider.name, reading };
    inbox.put({ queue: 'settle', body }, this.#dice.below(30_000));
    if (this.#dice.chance(0.5)) void this.#sweepNow();
  }

  #sweepNow(): Promise<unknown> {
    return sweepFollowUps(this.#world.dependencies, program);
  }

  /** As often as redemptions are checked: the schedules are the same. */
  #watchFloats(): Promise<void> {
    return watchFloats({ ...this.#world.dependencies, metrics: { float: () => undefined } });
  }

  #breakProvider(): void {
    const { inbox, provider } = this.#world;
    const { findOrder, placeOrder } = provider;
    provider.placeOrder = async (order) => {
      const answer = this.#stormy ? this.#dice.pick(faults) : 'accept';
      provider.placing = [answer];
      if (answer === 'delayed') inbox.put({ queue: 'network', body: {} }, this.#dice.below(60_000));
      return placeOrder.call(provider, order);
    };
    provider.findOrder = async (reference, asked) => {
      provider.finding = this.#stormy && this.#dice.chance(0.15) ? ['unheard'] : [];
      return findOrder.call(provider, reference, asked);
    };
  }

  #calm(): void {
    this.#stormy = false;
    this.#world.provider.decide('final');
  }

  /** As the schedule does, until no return is settled any more. */
  async #sweep(): Promise<void> {
    for (let applied = 1; applied > 0; ) {
      this.#world.clock.advance(restSweepMs);
      ({ applied } = await sweepFollowUps(this.#world.dependencies, program));
    }
  }
}
