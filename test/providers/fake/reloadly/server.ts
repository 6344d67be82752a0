import { type Answer, garbled, type WireAnswer, wireOf } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { type FaultDice, noFaults } from '../common/faults.ts';
import { type Counter, rateGate } from '../common/server.ts';
import { refused, refusedByFramework } from './answer.ts';
import type { FaultName, ReloadlyFaults } from './faults.ts';
import { route, subjectOf, type World } from './routes.ts';

export interface Manners {
  readonly slowMs: number;
  /** 429 above it; absent: no limit, since none is published. */
  readonly requestsPerSecond?: number | undefined;
}

const mediaType = 'application/com.reloadly.giftcards-v1+json';

export function reloadlyCounter(
  world: World,
  dice: FaultDice<FaultName>,
  { slowMs, requestsPerSecond }: Manners,
): Counter<ReloadlyFaults> {
  const isTooFast = rateGate(requestsPerSecond, 1_000);
  return {
    ...{ basePath: '', delayMs: 0, slowMs },
    beforehand: ({ parts, body }) =>
      parts.join('/') === 'oauth/token' ? world.tokens.issue(body) : undefined,
    faultsOf: (call) => {
      const subject = subjectOf(world, call);
      const [first = '', , , act = ''] = call.parts;
      const operation = `${call.method} ${first} ${act}`;
      return subject === undefined ? noFaults : dice.forCall(subject, operation);
    },
    refusalOf: (call, faults) => {
      const gate = isTooFast() ? refused(429, 'Too many requests.') : undefined;
      return refusalOf(world, call, faults) ?? gate;
    },
    serve: async (call, faults) => spoiled(route(world, call, faults), faults),
  };
}

function refusalOf(
  { tokens }: World,
  { headers }: FakeCall,
  faults: ReloadlyFaults,
): Answer | undefined {
  const refusal = tokens.refusalOf(headers.authorization);
  if (refusal !== undefined) return refusal;
  if (headers.accept !== mediaType) return refusedByFramework(406, 'Not Acceptable');
  if (!faults.strikes('rateLimit')) return undefined;
  return faults.roll(2) === 0
    ? refused(429, 'Too many requests.', 'TOO_MANY_REQUESTS')
    : refusedByFramework(429, 'Too Many Requests');
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: ReloadlyFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  if (faults.strikes('serverError'))
    return wireOf(refusedByFramework(500, 'Internal Server Error'));
  const wire = wireOf(answer);
  return faults.strikes('notJson') ? garbled(wire, faults.roll(3)) : wire;
}
