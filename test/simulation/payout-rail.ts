import type { CatalogueProduct } from '../../shared/domain/catalogue/product.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import { Secret } from '../../shared/domain/secret.ts';
import type { Instant } from '../../shared/domain/time.ts';
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
import { ProviderUnavailableError } from '../../shared/ports/provider-unavailable.ts';
import type { RailHabits, Surroundings } from './payout-accounts.ts';
import { askedToGiveUp, type RailPayment } from './payout-rail-payment.ts';

const secondMs = 1000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const claimDays = 30;
const booksLagMs = 3 * hourMs;
const notOffered = { kind: 'refused', detail: 'NOT_OFFERED' } as const;

/** An account in memory with books of its own, which does to payouts what real ones have done. */
export class PayoutRail implements RewardProvider {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  /** By our reference. */
  readonly payments = new Map<string, RailPayment>();
  readonly undone?: NonNullable<RewardProvider['undone']>;
  readonly #byId = new Map<string, RailPayment>();
  readonly #habits: RailHabits;
  readonly #around: Surroundings;
  #webhooks = 0;
  #float = 0n;

  constructor(habits: RailHabits, around: Surroundings) {
    this.name = habits.name;
    this.capabilities = habits.capabilities;
    this.#habits = habits;
    this.#around = around;
    if (habits.isSilent) this.undone = (period) => this.#undoneIn(period);
  }

  chargeOf(value: Money): Money {
    return this.#habits.chargeOf?.(value) ?? value;
  }

  async placeOrder(order: PlaceOrder): Promise<OrderOutcome> {
    const { faults, later } = this.#around;
    if (faults.strikes('tooManyRequests')) return no('waitForLimit', 'RATE_LIMITED');
    if (faults.strikes('timedOut')) {
      // It arrives later, or never does.
      if (faults.dice.chance(0.5)) {
        later(faults.dice.below(100 * secondMs), () => this.#take(order));
      }
      return unknown('TIMEOUT');
    }
    if (faults.strikes('serverError')) {
      if (faults.dice.chance(0.5)) this.#take(order);
      return unknown('SERVER_ERROR');
    }
    const refused = this.#refusal(order);
    if (refused !== undefined) return refused;
    const payment = this.#take(order);
    return faults.strikes('answerLost') ? unknown('CONNECTION_LOST') : this.#told(payment);
  }

  #refusal(order: PlaceOrder): OrderOutcome | undefined {
    const { faults } = this.#around;
    const known = this.payments.get(order.reference);
    if (known !== undefined && known.state !== 'draft') return undefined;
    if (known === undefined) {
      if (faults.strikes('refused')) return no('permanent', 'REFUSED');
      if (faults.strikes('askedToRetry')) return no('retrySameKey', 'LATER');
      if (faults.strikes('askedForNewKey')) return no('retryNewKey', 'ANOTHER_KEY');
    }
    if (!this.#habits.hasDrafts) {
      return faults.strikes('outOfFunds') ? no('waitForFunds', 'OUT_OF_FUNDS') : undefined;
    }
    if (!faults.strikes('fundingRejected')) return undefined;
    if (known === undefined) this.#make(order, 'draft');
    if (faults.dice.chance(0.05)) return no('configuration', 'FUNDING_REFUSED');
    return no('waitForFunds', 'OUT_OF_FUNDS');
  }

  /** One payment to a reference, whatever is sent how often. */
  #take(order: PlaceOrder): RailPayment {
    const known = this.payments.get(order.reference);
    if (known !== undefined && known.state !== 'draft') return known;
    const payment = known ?? this.#make(order, 'pending');
    payment.state = 'pending';
    this.#decide(payment);
    return payment;
  }

  #make(order: PlaceOrder, state: RailPayment['state']): RailPayment {
    const id = `${this.name}-${this.payments.size + 1}`;
    const never = { reason: 'permanent', detail: 'FAILED' } as const;
    const madeAt = this.#around.clock.now();
    const payment: RailPayment = { order, id, madeAt, state, no: never };
    this.payments.set(order.reference, payment);
    this.#byId.set(id, payment);
    return payment;
  }

  /** What is to become of it. */
  #decide(payment: RailPayment): void {
    const { faults } = this.#around;
    const { isAtOnce, payWithinMs, waitsForClaims } = this.#habits;
    const soonMs = secondMs + faults.dice.below(payWithinMs);
    if (faults.strikes('neverEnds')) {
      payment.isStuck = true;
      return;
    }
    if (faults.strikes('lateFailure')) {
      const reason = faults.dice.chance(0.3) ? 'retryNewKey' : 'permanent';
      this.#fails(payment, soonMs, { reason, detail: 'FAILED_LATER' });
    } else if (waitsForClaims && faults.strikes('unclaimed')) {
      this.#fails(payment, claimDays * dayMs, { reason: 'permanent', detail: 'RETURNED' });
    } else {
      if (isAtOnce && !faults.strikes('pending')) this.#pays(payment);
      else this.#around.later(soonMs, () => this.#pays(payment));
      if (!faults.strikes('bounced')) return;
      const afterMs = soonMs + hourMs + faults.dice.below(20 * dayMs);
      this.#fails(payment, afterMs, { reason: 'permanent', detail: 'BOUNCED' });
    }
  }

  #pays(payment: RailPayment): void {
    if (payment.isGivenUp) return;
    payment.state = 'paid';
    this.#tell(payment, false);
  }

  #fails(payment: RailPayment, afterMs: number, why: RailPayment['no']): void {
    this.#around.later(afterMs, () => {
      if (payment.isGivenUp) return;
      const wasPaid = payment.state === 'paid';
      payment.state = 'failed';
      payment.no = why;
      if (wasPaid) payment.undoneAt = this.#around.clock.now();
      if (!wasPaid || !this.#habits.isSilent) this.#tell(payment, wasPaid);
    });
  }

  /** A webhook may be lost; of money that comes back another follows until one is answered. */
  #tell(payment: RailPayment, isInsisting: boolean): void {
    const { faults, later, tell } = this.#around;
    if (!this.capabilities.sendsWebhooks) return;
    if (faults.strikes('webhookLost')) {
      if (isInsisting) later(hourMs, () => this.#tell(payment, true));
      return;
    }
    this.#webhooks += 1;
    const webhookId = `${this.name}-webhook-${this.#webhooks}`;
    const reading = { kind: 'order', webhookId, providerOrder: payment.id } as const;
    const longestMs = faults.strikes('webhookLate') ? 3 * dayMs : 30 * secondMs;
    later(faults.dice.below(longestMs), () => tell(this.name, reading));
    if (!faults.strikes('webhookTwice')) return;
    later(faults.dice.below(dayMs), () => tell(this.name, reading));
  }

  async findOrder(reference: string, asked: AskedOrder): Promise<FindOutcome> {
    if (this.#around.faults.strikes('lookUpFailed')) return unknown('SERVER_ERROR');
    const { providerOrder, since, lastSentAt = since } = asked;
    const isLagOver = this.#around.clock.now() - lastSentAt > this.#habits.lagMs;
    if (providerOrder === undefined) {
      if (!this.capabilities.findsByReference) return unknown('NOT_FINDABLE');
      const payment = this.payments.get(reference);
      const isListed = payment && this.#around.clock.now() - payment.madeAt > this.#habits.lagMs;
      if (payment !== undefined && isListed) return this.#found(payment, isLagOver);
      return isLagOver ? { kind: 'notFound' } : unknown('NOT_YET_LISTED');
    }
    const payment = this.#byId.get(providerOrder);
    return payment === undefined ? unknown('ORDER_UNKNOWN') : this.#found(payment, isLagOver);
  }

  #found(payment: RailPayment, isLagOver: boolean): FindOutcome {
    if (payment.state !== 'draft') return this.#told(payment);
    return isLagOver ? { kind: 'notFound' } : unknown('NOT_YET_PAID');
  }

  #told({ id, no: why, order, state }: RailPayment): OrderOutcome {
    if (state === 'failed') return { kind: 'rejected', ...why };
    if (state !== 'paid') return { kind: 'accepted', providerOrder: id, final: false };
    const value = new Secret(`https://rewards.example/${order.reference}`);
    const charge = this.#habits.chargeOf?.(order.value);
    return {
      ...{ kind: 'accepted', providerOrder: id, final: true },
      ...(this.#habits.isAtOnce && { reward: { kind: 'link', value } }),
      ...(charge && { charge }),
    };
  }

  /** In books that are hours behind. */
  async *#undoneIn({ from, to }: { readonly from: Instant; readonly to: Instant }) {
    const { clock, faults } = this.#around;
    const breaksOff = faults.strikes('booksBreakOff');
    for (const { id, order, undoneAt } of this.payments.values()) {
      if (undoneAt === undefined || undoneAt < from || undoneAt >= to) continue;
      if (undoneAt > clock.now() - booksLagMs) continue;
      const { reference } = order;
      yield { kind: 'reference', webhookId: `undone-${id}`, reference } as const;
      if (breaksOff) break;
    }
    if (breaksOff) throw new ProviderUnavailableError(this.name);
  }

  async referenceOf(reading: WebhookReading): Promise<string | undefined> {
    if (this.#around.faults.strikes('lookUpFailed')) throw new ProviderUnavailableError(this.name);
    if (reading.kind === 'reference') return reading.reference;
    if (reading.kind !== 'order') return undefined;
    return this.#byId.get(reading.providerOrder)?.order.reference;
  }

  readWebhook({ rawBody }: Parameters<RewardProvider['readWebhook']>[0]): WebhookReading {
    return JSON.parse(Buffer.from(rawBody).toString());
  }

  /** Filled up whenever somebody looks. */
  async balances(): Promise<readonly Money[]> {
    this.#float += 1n;
    return [{ amountMinor: this.#float, currency: 'EUR' }];
  }

  async *catalogue(): AsyncIterable<CatalogueProduct> {}
  async *settlements(): AsyncIterable<SettlementLine> {}
  product = async () => undefined;
  resend = async (): Promise<ActOutcome> => notOffered;

  async cancel({ providerOrder }: Parameters<RewardProvider['cancel']>[0]): Promise<ActOutcome> {
    const payment = this.#byId.get(providerOrder);
    if (payment === undefined) return { kind: 'refused', detail: 'ORDER_UNKNOWN' };
    return askedToGiveUp(payment, this.#around);
  }
}

function no(reason: RejectionReason, detail: string): OrderOutcome {
  return { kind: 'rejected', reason, detail };
}

function unknown(detail: string) {
  return { kind: 'unknown', detail } as const;
}
