import { type Answer, garbled, type WireAnswer, wireOf } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { type FaultDice, noFaults } from '../common/faults.ts';
import { type Counter, rateGate } from '../common/server.ts';
import { refused, refusedSingular } from './answer.ts';
import type { FaultName, TremendousFaults } from './faults.ts';
import { operationOf, route, subjectOf, type World } from './routes.ts';

export interface Manners {
  readonly apiKey: string;
  readonly delayMs: number;
  readonly slowMs: number;
  /** 429 above it. */
  readonly requestsPerSecond: number;
}

export function tremendousCounter(
  world: World,
  dice: FaultDice<FaultName>,
  manners: Manners,
): Counter<TremendousFaults> {
  const { apiKey, delayMs, slowMs, requestsPerSecond } = manners;
  const isTooFast = rateGate(requestsPerSecond, 1_000);
  return {
    ...{ basePath: '/api/v2', delayMs, slowMs },
    faultsOf: (call) => {
      const isAboutOrder = call.parts[0] === 'orders' || call.parts[0] === 'rewards';
      return isAboutOrder ? dice.forCall(subjectOf(world, call), operationOf(call)) : noFaults;
    },
    refusalOf: (call, faults) => {
      const gate = isTooFast() ? refusedSingular(429, 'Too many requests.') : undefined;
      return refusalOf(call, apiKey, faults) ?? gate;
    },
    serve: async (call, faults) => spoiled(route(world, call, faults), faults),
  };
}

function refusalOf(
  { headers }: FakeCall,
  apiKey: string,
  faults: TremendousFaults,
): Answer | undefined {
  if (headers.authorization !== `Bearer ${apiKey}`) {
    return refused(401, 'The API key is not valid.');
  }
  if (!faults.strikes('rateLimit')) return undefined;
  return faults.roll(2) === 0
    ? refused(429, 'Too many requests.')
    : refusedSingular(429, 'Too many requests.');
}

const sorry = wireOf(refused(500, 'Sorry.'));

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: TremendousFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return faults.roll(2) === 0 ? undefined : sorry;
  if (faults.strikes('serverError')) return sorry;
  const wire = wireOf(answer);
  return faults.strikes('notJson') ? garbled(wire, faults.roll(3)) : wire;
}
