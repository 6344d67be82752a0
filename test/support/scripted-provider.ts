import type { Money } from '../../shared/domain/money/money.ts';
import { Secret } from '../../shared/domain/secret.ts';
import type {
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  RejectionReason,
  RewardProvider,
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

interface ProviderOrder {
  readonly order: PlaceOrder;
  readonly id: string;
  state: 'final' | 'pending' | 'failed';
}

/**
 * A provider in memory that keeps its own books: it makes one order for each reference, whatever is
 * sent how often. Each call takes the next answer of its script; when the script has ended, it
 * works.
 */
export class ScriptedProvider implements RewardProvider {
  readonly name = 'tremendous';
  readonly capabilities = { detectsConflict: true, findsByReference: true, sendsWebhooks: true };
  readonly orders = new Map<string, ProviderOrder>();
  /** Every call, in its order: `place …01`, `find …01`. */
  readonly calls: string[] = [];
  placing: PlaceAnswer[] = [];
  finding: FindAnswer[] = [];
  readonly #delayed: PlaceOrder[] = [];

  async placeOrder(order: PlaceOrder): Promise<OrderOutcome> {
    this.calls.push(`place ${order.reference.slice(-2)}`);
    const answer = this.placing.shift() ?? 'accept';
    if (typeof answer === 'object') {
      const made = this.orders.get(order.reference);
      if (made !== undefined) return this.#tell(made);
      return { kind: 'rejected', reason: answer.reject, detail: 'SCRIPTED' };
    }
    if (answer === 'delayed') this.#delayed.push(order);
    if (answer === 'delayed' || answer === 'dropped') return { kind: 'unknown', detail: answer };
    const made = this.#make(order, answer === 'pend' ? 'pending' : 'final');
    return answer === 'lost' ? { kind: 'unknown', detail: 'lost' } : this.#tell(made);
  }

  async findOrder(reference: string, _asked: Money): Promise<FindOutcome> {
    this.calls.push(`find ${reference.slice(-2)}`);
    const answer = this.finding.shift() ?? 'truth';
    if (answer === 'unheard') return { kind: 'unknown', detail: 'unheard' };
    if (answer !== 'truth') return answer;
    const made = this.orders.get(reference);
    return made === undefined ? { kind: 'notFound' } : this.#tell(made);
  }

  async referenceOf(reading: WebhookReading): Promise<string | undefined> {
    if (reading.kind !== 'order') return undefined;
    const named = [...this.orders.values()].find(({ id }) => id === reading.providerOrder);
    return named?.order.reference;
  }

  readWebhook(): WebhookReading {
    return { kind: 'refused' };
  }

  /** What was on its way arrives. */
  arrive(): void {
    for (const order of this.#delayed.splice(0)) this.#make(order, 'final');
  }

  /** The provider makes up its mind about orders that it had only taken in. */
  decide(state: 'final' | 'failed'): void {
    for (const made of this.orders.values()) if (made.state === 'pending') made.state = state;
  }

  /** Orders that were, or will be, charged: each is a reward. */
  rewards(): ProviderOrder[] {
    return [...this.orders.values()].filter(({ state }) => state !== 'failed');
  }

  #make(order: PlaceOrder, state: 'final' | 'pending'): ProviderOrder {
    const known = this.orders.get(order.reference);
    if (known !== undefined) return known;
    const made = { order, id: `order-${this.orders.size + 1}`, state };
    this.orders.set(order.reference, made);
    return made;
  }

  #tell({ id, order, state }: ProviderOrder): OrderOutcome {
    if (state === 'failed') return { kind: 'rejected', reason: 'permanent', detail: 'FAILED' };
    if (state === 'pending') return { kind: 'accepted', providerOrder: id, final: false };
    const value = new Secret(`https://rewards.example/${order.reference}`);
    return { kind: 'accepted', providerOrder: id, final: true, reward: { kind: 'link', value } };
  }
}
