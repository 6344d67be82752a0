import { addMs } from '../../../shared/domain/time.ts';
import type {
  FindOutcome,
  OrderOutcome,
  PlaceOrder,
  RewardProvider,
} from '../../../shared/ports/provider.ts';
import { smallestPayout } from './sandbox-payout.ts';
import { type Check, collected, dayMs, pauseMs, type SandboxRun, wordsOf } from './sandbox-run.ts';

const lookUps = 15;
const lookUpEveryMs = 4_000;

/** Of those that pay money out; the payout is called off again where the sandbox lets it. */
export const payoutChecks: Readonly<Record<string, Check>> = {
  'what came back in a week is read': async ({ provider, clock }) => {
    const to = clock.now();
    await collected(provider.undone?.({ from: addMs(to, -7 * dayMs), to }) ?? nothing());
    return undefined;
  },
  'the smallest payout, asked twice, is one payout, and is called off or arrives': payOutTwice,
};

async function* nothing(): AsyncGenerator<never> {}

async function payOutTwice(run: SandboxRun): Promise<string | undefined> {
  const { provider, newReference } = run;
  const order = smallestPayout(provider.name, await provider.balances(), newReference());
  if (order === undefined) return 'the account holds no money';
  const since = run.clock.now();
  const placed: OrderOutcome[] = [];
  for (let turn = 1; turn <= 2; turn += 1) {
    placed.push(await provider.placeOrder(order));
    await run.sleeper.sleep(pauseMs(provider));
  }
  const [first] = placed.filter((it) => it.kind === 'accepted');
  if (first === undefined) return wordsOf(placed[0] ?? { kind: 'notFound' });
  const look = () => lookUp(run, order, { since, providerOrder: first.providerOrder });
  const found = await look();
  const ids = [...placed, found].flatMap((it) =>
    it.kind === 'accepted' ? [it.providerOrder] : [],
  );
  if (new Set(ids).size > 1) return 'two payouts stand under one reference';
  if (found.kind !== 'accepted') return wordsOf(found);
  if (found.final) return undefined;
  return calledOff(
    provider,
    { reference: order.reference, providerOrder: found.providerOrder },
    look,
  );
}

/** What has not arrived within a minute is taken back: it must not wait there for ever. */
async function calledOff(
  provider: RewardProvider,
  order: { readonly reference: string; readonly providerOrder: string },
  look: () => Promise<FindOutcome>,
): Promise<string | undefined> {
  const done = await provider.cancel(order);
  if (done.kind !== 'done') return `not called off: ${done.detail}`;
  const after = await look();
  return after.kind === 'rejected' ? undefined : `called off, and then ${wordsOf(after)}`;
}

/** Until it is decided, for a minute. */
async function lookUp(
  { provider, sleeper }: SandboxRun,
  { reference, value, products }: PlaceOrder,
  known: { readonly since: ReturnType<SandboxRun['clock']['now']>; readonly providerOrder: string },
): Promise<FindOutcome> {
  for (let turn = 1; ; turn += 1) {
    const found = await provider.findOrder(reference, { value, products, ...known });
    const isDecided = found.kind === 'rejected' || (found.kind === 'accepted' && found.final);
    if (isDecided || turn === lookUps) return found;
    await sleeper.sleep(lookUpEveryMs);
  }
}
