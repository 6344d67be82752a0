import type { OrderKind } from '../../domain/catalogue/product.ts';
import type { CallHealth } from '../../domain/redemption/breaker.ts';
import { mustLookUp, type Order } from '../../domain/redemption/order.ts';
import { type Heard, mayPlace } from '../../domain/redemption/outcome.ts';
import { attemptReference } from '../../domain/redemption/reference.ts';
import { invariant } from '../../domain/result.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { AskedOrder, FindOutcome, PlaceOrder, RewardProvider } from '../../ports/provider.ts';
import type { Hold } from '../../ports/stores.ts';
import { askToGiveUp } from './dispatch-call-off.ts';
import { type DispatchDependencies, lateArrivalMs } from './dispatch-task.ts';
import { payloadHash } from './route-choice.ts';
import type { OrderedRecord } from './settle.ts';

export interface Answer {
  readonly outcome: FindOutcome;
  /** Whether the order was placed, and not only looked up. */
  readonly placed: boolean;
  /** Before anything was asked. */
  readonly askedAt: Instant;
}

/** The account of the order's provider; throws where the region has none. */
export function connected(
  { providers }: Pick<DispatchDependencies, 'providers'>,
  order: Order,
): RewardProvider {
  const provider = providers.get(order.provider);
  invariant(provider !== undefined, `Provider ${order.provider} is not enabled in this region.`);
  return provider;
}

/**
 * What the provider says of this attempt: of the order that it has, else of one that is placed now
 * where nothing speaks against it. One that was called off it is asked to give up first. `order` is
 * the row before the claim; nothing is placed once that has ended.
 */
export async function ask(
  dependencies: DispatchDependencies,
  record: OrderedRecord,
  { claimedUntil }: Pick<Order, 'claimedUntil'>,
): Promise<Answer> {
  const { clock, gate } = dependencies;
  const { order } = record;
  const provider = connected(dependencies, order);
  const claim = { askedAt: clock.now(), claimedUntil };
  const answer = { ...(await asked(dependencies, record, claim)), askedAt: claim.askedAt };
  const { outcome } = answer;
  await gate.heard(order.provider, healthOf(outcome));
  if (outcome.kind === 'rejected' && outcome.reason === 'waitForLimit') {
    await gate.limited(order.provider, provider.capabilities.requestsPerMinute);
  }
  if (outcome.kind === 'rejected' && outcome.reason === 'waitForFunds') {
    await gate.outOfFunds(order.provider);
  }
  return answer;
}

interface Claim {
  readonly askedAt: Instant;
  readonly claimedUntil: Instant;
}

async function asked(
  dependencies: DispatchDependencies,
  { hold, order }: OrderedRecord,
  { askedAt, claimedUntil }: Claim,
): Promise<Omit<Answer, 'askedAt'>> {
  const { clock } = dependencies;
  const provider = connected(dependencies, order);
  const reference = attemptReference(order.redemption, order.attempt);
  const value = { amountMinor: hold.amountMinor, currency: hold.currency };
  const mayAskAgain = () => {
    return mayPlace(order, { askedAt, now: clock.now() }, provider.capabilities);
  };
  if (mustLookUp(order) && (isFindable(provider, order) || !mayAskAgain())) {
    await askToGiveUp(dependencies, provider, { order, claimedUntil });
    const found = await provider.findOrder(reference, askedOrder(dependencies, { hold, order }));
    if (found.kind !== 'notFound' || !mayAskAgain()) return { outcome: found, placed: false };
  }
  const sameBody = payloadHash(dependencies.digest, hold, order.products) === order.payloadHash;
  invariant(sameBody, `The order of ${order.redemption} has changed since it was routed.`);
  const { kind, language } = hold.terms;
  const { products } = order;
  const { country } = hold;
  const opened = await openAddresses(dependencies, hold);
  // Whoever was held up for so long does not know what others have heard since.
  if (clock.now() >= claimedUntil) {
    return { outcome: { kind: 'unknown', detail: 'CLAIM_ENDED' }, placed: false };
  }
  const placing: PlaceOrder = { reference, products, kind, value, country, language, ...opened };
  return { outcome: await provider.placeOrder(placing), placed: true };
}

/** What nobody can look up is sent again, where the same reference is the same order. */
function isFindable({ capabilities }: RewardProvider, { providerOrder }: Order): boolean {
  return capabilities.findsByReference || providerOrder !== undefined;
}

function askedOrder(
  { callBudgetMs }: DispatchDependencies,
  { hold, order }: Pick<OrderedRecord, 'hold' | 'order'>,
): AskedOrder {
  const { products, providerOrder, since } = order;
  return {
    value: { amountMinor: hold.amountMinor, currency: hold.currency },
    ...{ products, since, lastSentAt: lastSent(order, callBudgetMs) },
    ...(providerOrder !== undefined && { providerOrder }),
  };
}

/** When the last call that may still take effect was claimed, else when the first one was. */
function lastSent({ since, undecidedUntil }: Order, callBudgetMs: number): Instant {
  const claimedAt = addMs(undecidedUntil, -callBudgetMs - lateArrivalMs);
  return claimedAt > since ? claimedAt : since;
}

async function openAddresses(
  { sealer }: DispatchDependencies,
  { entry, redemption, sealedAddress, sealedEmail, sealedPayee }: Hold,
): Promise<Pick<PlaceOrder, 'recipientEmail' | 'address' | 'payee'>> {
  const { program } = entry;
  const email = await sealer.open({ program, redemption, field: 'email' }, sealedEmail);
  const address =
    sealedAddress && (await sealer.open({ program, redemption, field: 'address' }, sealedAddress));
  // Sealed once, with the member's choice of a rail.
  const chosen = { program, redemption: entry.member, field: 'payee' } as const;
  const payee = sealedPayee && (await sealer.open(chosen, sealedPayee));
  return { recipientEmail: email.reveal(), ...(address && { address }), ...(payee && { payee }) };
}

/** A refusal of an order is an answer: the account works. */
function healthOf(outcome: FindOutcome): CallHealth {
  if (outcome.kind === 'unknown') return 'failed';
  const isRefused = outcome.kind === 'rejected' && outcome.reason === 'configuration';
  return isRefused ? 'misconfigured' : 'answered';
}

/** Rewards that are something to open: without it, an order is not finished. */
const opened: ReadonlySet<OrderKind> = new Set(['eGiftCard', 'prepaidCard', 'experience', 'perk']);

/** An answer in the words that the order row is moved by. */
export function heardOf({ outcome }: Answer, kind: OrderKind): Heard {
  if (outcome.kind === 'rejected') {
    return { kind: 'no', reason: outcome.reason, detail: outcome.detail };
  }
  if (outcome.kind !== 'accepted') return { kind: outcome.kind };
  const { final, providerOrder, reward } = outcome;
  const isDelivered = final && (reward !== undefined || !opened.has(kind));
  return { kind: isDelivered ? 'delivered' : 'taken', providerOrder };
}
