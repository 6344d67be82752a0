import type { CatalogueProduct } from '../../shared/domain/catalogue/product.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import { Secret } from '../../shared/domain/secret.ts';
import type {
  ActOutcome,
  AskedOrder,
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  ProviderCapabilities,
  RejectionReason,
  RewardProvider,
  SettlementLine,
  WebhookReading,
} from '../../shared/ports/provider.ts';

/**
 * What happens to one placing call. `lost`: the order is made, the answer is not heard. `dropped`:
 * it never arrives. `delayed`: it arrives only when the test says so, and nothing is heard.
 */
export type PlaceAnswer =
  | 'accept'
  | 'pend'
  | 'lost'
  | 'dropped'
  | 'delayed'
  | { readonly reject: RejectionReason };

/** What a look-up says: the truth, nothing, or something of its own. */
export type FindAnswer = 'truth' | 'unheard' | FindOutcome;

/**
 * What comes of being asked to give an order up. `truth`: it is done as long as the order is
 * pending. `late`: it is, where the order is pending still, when the test says so.
 */
export type CancelAnswer = 'truth' | 'refuse' | 'lost' | 'dropped' | 'late';

interface ProviderOrder {
  readonly order: PlaceOrder;
  readonly id: string;
  state: 'final' | 'pending' | 'failed';
}

export const scriptedCapabilities: ProviderCapabilities = {
  kinds: ['eGiftCard', 'prepaidCard', 'donation', 'merchandise'],
  ...{ repeatedReference: 'sameOrder', detectsConflict: true, replaysErrors: false },
  ...{ findsByReference: true, sendsWebhooks: true, catalogueEveryMinutes: 60 },
  ...{ resends: false, cancels: false, listsSettlements: false },
};

type Named = Parameters<RewardProvider['cancel']>[0];

/**
 * A provider in memory that keeps its own books: it makes one order for each reference, whatever is
 * sent how often, unless its capabilities say otherwise. Each call takes the next answer of its
 * script; when the script has ended, it works.
 */
export class ScriptedProvider implements RewardProvider {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  readonly orders = new Map<string, ProviderOrder>();
  /** Every call, in its order: `place …01`, `find …01`. */
  readonly calls: string[] = [];
  placing: PlaceAnswer[] = [];
  finding: FindAnswer[] = [];
  cancelling: CancelAnswer[] = [];
  /** What the account holds; what orders cost is taken off by hand. */
  money: Money[] = [];
  /** What it says an order has cost, where it does. */
  charge: ((order: PlaceOrder) => Money) | undefined;
  readonly #delayed: PlaceOrder[] = [];
  readonly #delayedCancels: string[] = [];
  readonly #second: ProviderOrder[] = [];
  /** Answers that are repeated for ever under their reference. */
  readonly #replayed = new Map<string, OrderOutcome>();

  constructor(name = 'tremendous', capabilities: Partial<ProviderCapabilities> = {}) {
    this.name = name;
    this.capabilities = { ...scriptedCapabilities, ...capabilities };
  }

  async placeOrder(order: PlaceOrder): Promise<OrderOutcome> {
    this.calls.push(`place ${order.reference.slice(-2)}`);
    const answer = this.placing.shift() ?? 'accept';
    const replayed = this.#replayed.get(order.reference);
    if (replayed !== undefined) return replayed;
    if (typeof answer === 'object') {
      const made = this.orders.get(order.reference);
      if (made !== undefined) return this.#tell(made);
      const no = { kind: 'rejected', reason: answer.reject, detail: 'SCRIPTED' } as const;
      if (this.capabilities.replaysErrors) this.#replayed.set(order.reference, no);
      return no;
    }
    if (answer === 'delayed') this.#delayed.push(order);
    if (answer === 'delayed' || answer === 'dropped') return { kind: 'unknown', detail: answer };
    const made = this.#make(order, answer === 'pend' ? 'pending' : 'final');
    return answer === 'lost' ? { kind: 'unknown', detail: 'lost' } : this.#tell(made);
  }

  async findOrder(reference: string, _asked: AskedOrder): Promise<FindOutcome> {
    this.calls.push(`find ${reference.slice(-2)}`);
    const answer = this.finding.shift() ?? 'truth';
    if (answer === 'unheard') return { kind: 'unknown', detail: 'unheard' };
    if (answer !== 'truth') return answer;
    const made = this.orders.get(reference);
    return made === undefined ? { kind: 'notFound' } : this.#tell(made);
  }

  async referenceOf(reading: WebhookReading): Promise<string | undefined> {
    if (reading.kind === 'reference') return reading.reference;
    if (reading.kind !== 'order') return undefined;
    const named = [...this.orders.values()].find(({ id }) => id === reading.providerOrder);
    return named?.order.reference;
  }

  /** Takes the readings that tests send as they are; `signature: no` is a forgery. */
  readWebhook({ headers, rawBody }: Parameters<RewardProvider['readWebhook']>[0]): WebhookReading {
    if (headers.signature === 'no') return { kind: 'refused' };
    return JSON.parse(Buffer.from(rawBody).toString());
  }

  async *catalogue(): AsyncIterable<CatalogueProduct> {}

  async product(): Promise<CatalogueProduct | undefined> {
    return undefined;
  }

  async balances(): Promise<readonly Money[]> {
    return this.money;
  }

  async *settlements(): AsyncIterable<SettlementLine> {}

  async resend(): Promise<ActOutcome> {
    return { kind: 'refused', detail: 'NOT_OFFERED' };
  }

  async cancel({ reference, providerOrder }: Named): Promise<ActOutcome> {
    if (!this.capabilities.cancels) return { kind: 'refused', detail: 'NOT_OFFERED' };
    this.calls.push(`cancel ${reference.slice(-2)}`);
    const answer = this.cancelling.shift() ?? 'truth';
    const isOurs = this.orders.get(reference)?.id === providerOrder;
    if (!isOurs || answer === 'refuse') return { kind: 'refused', detail: 'SCRIPTED' };
    if (answer === 'late') this.#delayedCancels.push(reference);
    if (answer === 'late' || answer === 'dropped') return { kind: 'unknown', detail: answer };
    const isDone = this.#giveUp(reference);
    if (answer === 'lost') return { kind: 'unknown', detail: answer };
    return isDone ? { kind: 'done' } : { kind: 'refused', detail: 'ALREADY_FINAL' };
  }

  /** What was on its way arrives. */
  arrive(): void {
    for (const order of this.#delayed.splice(0)) this.#make(order, 'final');
    for (const reference of this.#delayedCancels.splice(0)) this.#giveUp(reference);
  }

  /** Whether the order is not to be had any more. */
  #giveUp(reference: string): boolean {
    const made = this.orders.get(reference);
    if (made?.state === 'pending') made.state = 'failed';
    return made?.state === 'failed';
  }

  /** The provider makes up its mind about orders that it had only taken in. */
  decide(state: 'final' | 'failed'): void {
    for (const made of this.orders.values()) if (made.state === 'pending') made.state = state;
  }

  /** Orders that were, or will be, charged: each is a reward. */
  rewards(): ProviderOrder[] {
    const all = [...this.orders.values(), ...this.#second];
    return all.filter(({ state }) => state !== 'failed');
  }

  #make(order: PlaceOrder, state: 'final' | 'pending'): ProviderOrder {
    const known = this.orders.get(order.reference);
    const isRepeat = known !== undefined && this.capabilities.repeatedReference === 'sameOrder';
    if (isRepeat) return known;
    const made = { order, id: `order-${this.orders.size + this.#second.length + 1}`, state };
    // A second order under a used reference is a reward too many.
    if (known !== undefined) this.#second.push(made);
    else this.orders.set(order.reference, made);
    return made;
  }

  #tell({ id, order, state }: ProviderOrder): OrderOutcome {
    if (state === 'failed') return { kind: 'rejected', reason: 'permanent', detail: 'FAILED' };
    if (state === 'pending') return { kind: 'accepted', providerOrder: id, final: false };
    const value = new Secret(`https://rewards.example/${order.reference}`);
    const charge = this.charge?.(order);
    return {
      ...{ kind: 'accepted', providerOrder: id, final: true, reward: { kind: 'link', value } },
      ...(charge && { charge }),
    };
  }
}
