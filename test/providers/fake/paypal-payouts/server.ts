import { type Answer, garbled, type WireAnswer, wireOf } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { type FaultDice, noFaults } from '../common/faults.ts';
import { type Counter, rateGate } from '../common/server.ts';
import { refused } from './answer.ts';
import type { FaultName, PayPalFaults } from './faults.ts';
import { route, subjectOf, type World } from './routes.ts';
import type { FakeTokens } from './tokens.ts';

export interface Manners {
  readonly slowMs: number;
  /** Of new batches; 429 above it. */
  readonly batchesPerMinute: number;
  readonly tokens: FakeTokens;
}

export function payPalCounter(
  world: World,
  dice: FaultDice<FaultName>,
  { slowMs, batchesPerMinute, tokens }: Manners,
): Counter<PayPalFaults> {
  const isTooFast = rateGate(batchesPerMinute, 60_000);
  const refusalOf = (call: FakeCall, faults: PayPalFaults): Answer | undefined => {
    const refusal = tokens.refusalOf(call.headers.authorization);
    if (refusal !== undefined) return refusal;
    const isLimited = isNewBatch(call) && isTooFast();
    return isLimited || faults.strikes('rateLimit')
      ? refused(429, 'RATE_LIMIT_REACHED')
      : undefined;
  };
  return {
    ...{ basePath: '', delayMs: 0, slowMs, refusalOf },
    beforehand: (call) =>
      call.parts.join('/') === 'v1/oauth2/token' ? tokens.issue(call) : undefined,
    faultsOf: (call) => {
      const subject = subjectOf(world, call);
      const [, , collection = '', , act = ''] = call.parts;
      const operation = `${call.method} ${collection} ${act}`;
      return subject === undefined ? noFaults : dice.forCall(subject, operation);
    },
    serve: async (call, faults) => spoiled(route(world, call, faults), faults),
  };
}

function isNewBatch({ method, parts }: FakeCall): boolean {
  return method === 'POST' && parts.join('/') === 'v1/payments/payouts';
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: PayPalFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  if (faults.strikes('serverError')) return wireOf(refused(500, 'INTERNAL_ERROR'));
  const wire = wireOf(answer);
  return faults.strikes('notJson') ? garbled(wire, faults.roll(3)) : wire;
}
