// A thousand queued orders on the memory stores against a provider that answers in 300 ms and takes
// 200 calls a second: how long they take, against what the rate alone allows. Four instances work
// on them as on a queue, so many messages at a time, each by the use case itself; what a provider
// is asked beyond its rate is refused and counted.
import { machineClock, systemSleeper } from '../../shared/adapters/system.ts';
import { dispatch } from '../../shared/app/dispatch/dispatch.ts';
import { createProviderGate } from '../../shared/app/dispatch/provider-gate.ts';
import { dispatchMessageSchema } from '../../shared/contracts/messages.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { heldOrders } from './dispatch/held-orders.ts';
import { LimitedProvider } from './dispatch/limited-provider.ts';
import { WaitingMessages } from './dispatch/waiting-messages.ts';

const orders = 1000;
const perSecond = 200;
const answerMs = 300;
const goal = 2;
const instances = 4;
/** Together twice what the rate and the time of an answer ask for. */
const atATime = (2 * perSecond * (answerMs / 1000)) / instances;

type Dependencies = Awaited<ReturnType<typeof heldOrders>>['dependencies'];

/** What one instance does until no message is left: its gate knows nothing of the others'. */
async function instance(dependencies: Dependencies, messages: WaitingMessages): Promise<void> {
  const { health, logger } = dependencies;
  const parts = { clock: machineClock, health, logger, sleeper: systemSleeper };
  const gate = createProviderGate({ ...parts, requestsPerMinute: new Map() });
  const dispatchQueues = new Map([['tremendous', messages]]);
  const own = { ...dependencies, clock: machineClock, gate, dispatchQueues };
  const work = () =>
    messages.each(async (body) => {
      const { turn, afterCall, lookUps, ...task } = dispatchMessageSchema.parse(body);
      await dispatch(own, {
        ...{ ...task, ...(afterCall && { afterCall }), ...(lookUps && { lookUps }) },
        ...(turn !== undefined && { turn: instantOf(turn) }),
      });
    });
  await Promise.all(Array.from({ length: atATime }, work));
}

const provider = new LimitedProvider({ perSecond, answerMs });
const { dependencies, redemptions, table } = await heldOrders(orders, provider);
let leases = 0;
const { lease } = dependencies.health;
const counting: Dependencies = {
  ...dependencies,
  health: {
    ...dependencies.health,
    async lease(turns) {
      leases += 1;
      return lease(turns);
    },
  },
};
const messages = new WaitingMessages(
  redemptions.map((redemption) => ({ program: 'online-retail', redemption })),
);
const began = performance.now();
await Promise.all(Array.from({ length: instances }, () => instance(counting, messages)));
const tookMs = performance.now() - began;

const allowedMs = (orders / perSecond) * 1000;
const ratio = tookMs / allowedMs;
const captured = [...table.orders.values()].filter(({ state }) => state === 'captured').length;
const delivered = provider.rewards().length;
console.log(`orders, delivered, captured: ${orders}, ${delivered}, ${captured}`);
console.log(`milliseconds, and those that the rate allows: ${Math.round(tookMs)}, ${allowedMs}`);
console.log(`leases of turns: ${leases}`);
console.log(`calls beyond the rate: ${provider.refused}`);
console.log(`times as long as the rate allows: ${ratio.toFixed(2)} at most ${goal}`);
if (ratio > goal || captured !== orders || delivered !== orders) process.exitCode = 1;
