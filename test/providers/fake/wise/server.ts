import { type Answer, garbled, type WireAnswer, wireOf } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { type FaultDice, noFaults } from '../common/faults.ts';
import { type Counter, rateGate } from '../common/server.ts';
import { refused, refusedToken, tooMany } from './answer.ts';
import type { Approvals } from './approvals.ts';
import type { FaultName, WiseFaults } from './faults.ts';
import { route, subjectOf, type World } from './routes.ts';

export interface Manners {
  readonly token: string;
  readonly approvals: Approvals;
  readonly slowMs: number;
  /** 429 above it; absent: no limit. */
  readonly requestsPerSecond: number | undefined;
}

export function wiseCounter(
  world: World,
  dice: FaultDice<FaultName>,
  { token, approvals, slowMs, requestsPerSecond }: Manners,
): Counter<WiseFaults> {
  const isTooFast = rateGate(requestsPerSecond, 1_000);
  return {
    ...{ basePath: '', delayMs: 0, slowMs },
    faultsOf: (call) => {
      const subject = subjectOf(world, call);
      return subject === undefined ? noFaults : dice.forCall(subject, operationOf(call));
    },
    refusalOf: (call, faults) => {
      if (call.headers.authorization !== `Bearer ${token}`) return refusedToken();
      if (isTooFast() || faults.strikes('rateLimit')) return tooMany;
      return approvals.refusalOf(call);
    },
    serve: async (call, faults) => spoiled(route(world, call, faults), faults),
  };
}

function operationOf({ method, parts }: FakeCall): string {
  return [method, ...parts.filter((part) => /^[a-z]/.test(part))].join(' ');
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: WiseFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  if (faults.strikes('serverError')) return wireOf(refused(500, 'internal.error'));
  const wire = wireOf(answer);
  return faults.strikes('notJson') ? garbled(wire, faults.roll(3)) : wire;
}
