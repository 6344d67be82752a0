import { InvariantError } from '../../../shared/domain/result.ts';
import { addMs } from '../../../shared/domain/time.ts';
import type {
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  RewardProvider,
} from '../../../shared/ports/provider.ts';
import { ProviderUnavailableError } from '../../../shared/ports/provider-unavailable.ts';
import type { Clock } from '../../../shared/ports/runtime.ts';
import type { CaseResult } from './case-result.ts';
import { payoutChecks } from './sandbox-payout-cases.ts';
import { type Check, collected, dayMs, pauseMs, type SandboxRun, wordsOf } from './sandbox-run.ts';
import { smallestOrder } from './smallest-order.ts';

const lookUps = 15;
const lookUpEveryMs = 4_000;

const rewardChecks: Readonly<Record<string, Check>> = {
  'the catalogue is read, and something can be ordered': async ({ provider }) => {
    const products = await collected(provider.catalogue());
    const [first] = products;
    if (first === undefined) return 'the catalogue is empty';
    if (!products.some(({ orderable }) => orderable)) return 'nothing can be ordered';
    const again = await provider.product(first.product);
    return again?.product === first.product ? undefined : 'its first product is not sold alone';
  },
  'the smallest order, asked twice where that is safe, is one reward': orderTwice,
};

const checks: Readonly<Record<string, Check>> = {
  'the balance is read': async ({ provider }) => {
    return (await provider.balances()).length > 0 ? undefined : 'the account holds no currency';
  },
  'the books of a week are read': async ({ provider, clock }) => {
    const to = clock.now();
    const lines = await collected(provider.settlements({ from: addMs(to, -7 * dayMs), to }));
    const ids = new Set(lines.map(({ id }) => id));
    return ids.size === lines.length ? undefined : 'two lines have one id';
  },
  'a reference that was never used is not found': async ({ provider, clock, newReference }) => {
    const value = { amountMinor: 1_000n, currency: 'USD' };
    const asked = { value, products: ['NEVER'], since: addMs(clock.now(), -dayMs) };
    const found = await provider.findOrder(newReference(), asked);
    const { findsByReference } = provider.capabilities;
    return found.kind === (findsByReference ? 'notFound' : 'unknown') ? undefined : wordsOf(found);
  },
  'a webhook that nobody signed is refused': async ({ provider, clock }) => {
    const rawBody = new TextEncoder().encode('{"event":"ORDERS.CREATED","uuid":"1","id":"1"}');
    const { kind } = provider.readWebhook({ headers: {}, rawBody }, clock.now());
    return kind === 'refused' ? undefined : `it is read as ${kind}`;
  },
};

function checksFor({ capabilities: { kinds } }: RewardProvider): readonly [string, Check][] {
  const own = Object.entries(kinds.includes('payout') ? payoutChecks : rewardChecks);
  return [...own.slice(0, -1), ...Object.entries(checks), ...own.slice(-1)];
}

/** A small suite against a real sandbox: acts that only read, then one order. */
export async function runSandboxCases(run: SandboxRun): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [title, check] of checksFor(run.provider)) {
    const reason = await reasonOf(check, run);
    const result = { group: 'sandbox', title } as const;
    results.push(
      reason === undefined
        ? { ...result, status: 'passed' }
        : { ...result, status: 'failed', reason },
    );
    await run.sleeper.sleep(pauseMs(run.provider));
  }
  return results;
}

/** What is thrown may quote anything: its words count only where they are ours. */
async function reasonOf(check: Check, run: SandboxRun): Promise<string | undefined> {
  try {
    return await check(run);
  } catch (error) {
    const isOurs = error instanceof ProviderUnavailableError || error instanceof InvariantError;
    return isOurs ? error.message : 'an error that nobody foresaw';
  }
}

async function orderTwice(run: SandboxRun): Promise<string | undefined> {
  const { provider, newReference } = run;
  const products = await collected(provider.catalogue());
  const order = smallestOrder(products, await provider.balances(), newReference());
  if (order === undefined) return 'nothing can be ordered';
  const since = run.clock.now();
  const placed: OrderOutcome[] = [await provider.placeOrder(order)];
  if (provider.capabilities.repeatedReference === 'sameOrder') {
    await run.sleeper.sleep(pauseMs(provider));
    placed.push(await provider.placeOrder(order));
  }
  const found = await lookUp(run, order, since);
  if (found.kind !== 'accepted' || !found.final) return wordsOf(found);
  const ids = [...placed, found].flatMap((it) =>
    it.kind === 'accepted' ? [it.providerOrder] : [],
  );
  if (new Set(ids).size > 1) return 'two orders stand under one reference';
  return found.reward === undefined ? 'it is delivered without a reward' : undefined;
}

/** Until it is decided, for a minute. */
async function lookUp(
  { provider, sleeper }: SandboxRun,
  { reference, value, products }: PlaceOrder,
  since: ReturnType<Clock['now']>,
): Promise<FindOutcome> {
  for (let turn = 1; ; turn += 1) {
    const found = await provider.findOrder(reference, { value, products, since });
    const isDecided = found.kind === 'rejected' || (found.kind === 'accepted' && found.final);
    if (isDecided || turn === lookUps) return found;
    await sleeper.sleep(lookUpEveryMs);
  }
}
