import { accrue } from '../../shared/app/booking/accrue.ts';
import { receiveWebhook } from '../../shared/app/dispatch/receive-webhook.ts';
import { route } from '../../shared/app/dispatch/route.ts';
import { callOff } from '../../shared/app/dispatch/settle-call-off.ts';
import { watchFloats } from '../../shared/app/dispatch/watch-float.ts';
import { redeem } from '../../shared/app/redemption/redeem.ts';
import { ProviderUnavailableError } from '../../shared/ports/provider-unavailable.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { delivery, redemption } from '../support/deliveries.ts';
import { Crash, crashing, handle, withPorts } from '../support/fulfilment.ts';
import type { Message } from '../support/inbox.ts';
import { interleaved } from '../support/scheduling.ts';
import type { ScriptedProvider } from '../support/scripted-provider.ts';
import { createWorld, type Dependencies, type World } from '../support/world.ts';
import type { AskedRedemption, Evidence, SentEvent } from './auditor.ts';
import { Dice } from './customers.ts';
import { everyCancel, everyFault, fourProviders, programOfFour } from './four-providers.ts';

const program = 'online-retail';
const visibilityMs = 90_000;
const mostSteps = 200_000;
const stormMs = 4 * 3_600_000;

/**
 * So many redemptions over four providers with every fault, cancelled and undone at random, by
 * workers that die at any call; then everything works, until all queues are empty.
 */
export class RedemptionStorm {
  readonly #world: World;
  readonly #dice: Dice;
  readonly #providers: readonly ScriptedProvider[];
  readonly #share: number;
  readonly #events: SentEvent[] = [];
  readonly #asked: AskedRedemption[] = [];
  readonly #routed = new Set<string>();
  #stormy = true;

  /** `share`: of calls that go wrong. */
  constructor(seed: number, share: number) {
    this.#dice = new Dice(seededRandomness(seed));
    this.#share = share;
    this.#world = createWorld(programOfFour(), '2026-06-15T12:00:00Z', fourProviders());
    const { providers } = this.#world.dependencies;
    this.#providers = [...providers.values()].map((each) => each as ScriptedProvider);
    for (const provider of this.#providers) this.#breakProvider(provider);
  }

  async run(count: number): Promise<Evidence & { readonly cases: readonly string[] }> {
    const members = Array.from({ length: 20 }, (_, index) => `m${index}`);
    for (const member of members) await this.#earn(member, count);
    for (let index = 0; index < count; index += 1) {
      const body = { key: `k${index}`, member: this.#dice.pick(members) };
      this.#world.inbox.put({ queue: 'act', body }, this.#dice.below(stormMs / 2));
    }
    await this.#drain();
    return this.#evidence();
  }

  async #drain(): Promise<void> {
    const start = this.#world.clock.now();
    const names = ['act', 'route', 'cancel', 'undo', 'network', 'dispatch', 'check', 'settle'];
    for (let step = 0; ; step += 1) {
      if (step > mostSteps) throw new Error('The queues never came to rest.');
      const batch: Message[] = [];
      while (batch.length < 6) {
        const next = this.#world.inbox.take(...names);
        if (next === undefined) break;
        if (batch.length > 0 && next.dueAt > this.#world.clock.now()) {
          this.#world.inbox.messages.push(next);
          break;
        }
        this.#world.clock.reach(next.dueAt);
        batch.push(next);
      }
      if (batch.length === 0) return;
      await Promise.all(batch.map((message) => this.#deliver(message)));
      this.#follow();
      if (this.#world.clock.now() - start > stormMs) this.#calm();
    }
  }

  async #deliver(message: Message): Promise<void> {
    const { dependencies, inbox } = this.#world;
    if (this.#stormy && this.#dice.chance(0.05)) inbox.put(message, this.#dice.below(60_000));
    const nth = this.#stormy && this.#dice.chance(0.1) ? 1 + this.#dice.below(14) : 0;
    const dying = crashing(dependencies, nth, this.#dice.chance(0.5) ? 'before' : 'after');
    const shaken = withPorts(dying.dependencies, (port) => {
      return interleaved(port, () => this.#dice.below(4));
    });
    try {
      await this.#handle(shaken, message);
    } catch (error) {
      if (!(error instanceof Crash || error instanceof ProviderUnavailableError)) throw error;
      inbox.put(message, visibilityMs);
    }
  }

  async #handle(dependencies: Dependencies, message: Message): Promise<void> {
    const { queue, body } = message;
    if (queue === 'act') await this.#redeem(dependencies, message);
    else if (queue === 'route') await route(dependencies, { program, redemption: `${body.id}` });
    else if (queue === 'cancel') {
      const record = await dependencies.redemptions.read(`${body.id}`);
      if (record !== undefined) await callOff(dependencies, record, 'member');
    } else if (queue === 'undo') await this.#undo(dependencies, `${body.provider}`);
    else if (queue === 'network') this.#named(`${body.provider}`).arrive();
    else await handle(dependencies, message);
    if (queue === 'check') {
      await watchFloats({ ...this.#world.dependencies, metrics: { float: () => undefined } });
    }
  }

  async #earn(member: string, count: number): Promise<void> {
    const amountMinor = 100 * 2000 * count;
    const sent = { id: `o-${member}`, member, type: 'order.placed', amountMinor };
    await accrue(this.#world.dependencies, [delivery(sent, `d-${member}`)]);
    this.#events.push({ ...sent, text: sent.id, outcome: 'accrued' });
  }

  async #redeem(dependencies: Dependencies, { body }: Message): Promise<void> {
    const { key, member } = body as { key: string; member: string };
    const amountMinor = 500 + 100 * (Number(key.slice(1)) % 15);
    const rewardId = `card-${this.#providers[Number(key.slice(1)) % 4]?.name}`;
    const asked = redemption(key, { member, rewardId, amountMinor });
    const result = await redeem(dependencies, asked);
    const said = { key, text: JSON.stringify([member, rewardId]), member, amountMinor };
    if (!result.ok) throw new Error(result.failure.code);
    const { hold, repeated } = result.value;
    const outcome = repeated ? 'repeated' : 'held';
    this.#asked.push({ ...said, outcome, redemption: hold.redemption });
  }

  /** What the stream brings, and what members and providers think better of. */
  #follow(): void {
    const { inbox, table } = this.#world;
    for (const id of table.holds.keys()) {
      if (this.#routed.has(id)) continue;
      this.#routed.add(id);
      inbox.put({ queue: 'route', body: { id } }, this.#dice.below(5000));
      if (this.#dice.chance(0.1)) {
        inbox.put({ queue: 'cancel', body: { id } }, this.#dice.below(10_000));
      }
    }
    if (!this.#stormy || !this.#dice.chance(0.05)) return;
    const provider = this.#dice.pick(this.#providers);
    provider.decide(this.#dice.chance(0.7) ? 'final' : 'failed');
    inbox.put({ queue: 'undo', body: { provider: provider.name } }, this.#dice.below(60_000));
  }

  /** A delivered order is taken back, and the provider says so. */
  async #undo(dependencies: Dependencies, name: string): Promise<void> {
    const provider = this.#named(name);
    const final = [...provider.orders.values()].filter(({ state }) => state === 'final');
    if (final.length === 0) return;
    const made = this.#dice.pick(final);
    made.state = 'failed';
    const reading = { kind: 'order', webhookId: `undo-${name}-${made.id}`, providerOrder: made.id };
    const rawBody = Buffer.from(JSON.stringify(reading));
    for (;;) {
      try {
        await receiveWebhook(dependencies, { provider: name, headers: {}, rawBody });
        return;
      } catch (error) {
        // Its sender has no answer, and sends it again.
        if (!(error instanceof Crash)) throw error;
      }
    }
  }

  #named(name: string): ScriptedProvider {
    const provider = this.#providers.find((each) => each.name === name);
    if (provider === undefined) throw new Error(`There is no ${name}.`);
    return provider;
  }

  #breakProvider(provider: ScriptedProvider): void {
    const { inbox } = this.#world;
    const { cancel, findOrder, placeOrder } = provider;
    const arriveLater = () => {
      const body = { provider: provider.name };
      inbox.put({ queue: 'network', body }, this.#dice.below(60_000));
    };
    provider.cancel = async (order) => {
      const isFault = this.#stormy && this.#dice.chance(this.#share);
      const answer = isFault ? this.#dice.pick(everyCancel) : 'truth';
      provider.cancelling = [answer];
      if (answer === 'late') arriveLater();
      return cancel.call(provider, order);
    };
    provider.placeOrder = async (order) => {
      const isFault = this.#stormy && this.#dice.chance(this.#share);
      const answer = isFault ? this.#dice.pick(everyFault) : 'accept';
      provider.placing = [answer];
      if (answer === 'delayed') arriveLater();
      return placeOrder.call(provider, order);
    };
    provider.findOrder = async (reference, asked) => {
      const isUnheard = this.#stormy && this.#dice.chance(this.#share);
      provider.finding = isUnheard ? ['unheard'] : [];
      return findOrder.call(provider, reference, asked);
    };
  }

  #calm(): void {
    this.#stormy = false;
    for (const provider of this.#providers) provider.decide('final');
  }

  #evidence(): Evidence & { readonly cases: readonly string[] } {
    const { balances, cases, entries, orders, reopenings, settlements } = this.#world.table;
    const rewards = this.#providers.flatMap((provider) =>
      provider.rewards().map(({ order }) => ({ ...order, provider: provider.name })),
    );
    const owed = new Map(this.#providers.map(({ name }) => [name, 0n]));
    for (const { provider, value } of rewards) {
      owed.set(provider, (owed.get(provider) ?? 0n) + value.amountMinor);
    }
    return {
      ...{ events: this.#events, redemptions: this.#asked, orders, settlements, reopenings, owed },
      ...{ entries: [...entries.values()], balances: balances.values() },
      rewards: rewards.map(({ reference }) => reference),
      cases: [...cases.values()].map(({ reason }) => reason),
    };
  }
}
