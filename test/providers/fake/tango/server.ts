import { type Answer, garbled, type WireAnswer, wireOf } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { type FaultDice, noFaults } from '../common/faults.ts';
import { pause } from '../common/pause.ts';
import { type Counter, rateGate } from '../common/server.ts';
import { refused } from './answer.ts';
import type { FaultName, TangoFaults } from './faults.ts';
import { operationOf, route, subjectOf, type World } from './routes.ts';
import type { TokenDesk } from './tokens.ts';

export interface Manners {
  readonly delayMs: number;
  /** How long an order is worked on: its reference is in process so long. */
  readonly processingMs: number;
  readonly slowMs: number;
  /** 429 above it. */
  readonly requestsPerSecond: number;
  readonly closing: AbortSignal;
}

export interface Office {
  readonly world: World;
  readonly dice: FaultDice<FaultName>;
  readonly desk: TokenDesk;
}

export function tangoCounter(office: Office, manners: Manners): Counter<TangoFaults> {
  const { world, dice, desk } = office;
  const { delayMs, slowMs, requestsPerSecond } = manners;
  const isTooFast = rateGate(requestsPerSecond, 1_000);
  /** References that are being worked on. */
  const busy = new Set<string>();
  return {
    ...{ basePath: '/raas/v2', delayMs, slowMs },
    beforehand: ({ parts, text }) =>
      parts[0] === 'oauth' ? desk.issue(new URLSearchParams(text)) : undefined,
    faultsOf: (call) => {
      const isAboutOrder = call.parts[0] === 'orders' || call.parts[0] === 'lineItems';
      return isAboutOrder ? dice.forCall(subjectOf(world, call), operationOf(call)) : noFaults;
    },
    refusalOf: ({ headers }, faults) => {
      if (!desk.isAuthorised(headers)) return refused('401.501');
      return isTooFast() || faults.strikes('rateLimit') ? refused('429.000') : undefined;
    },
    serve: async (call, faults) => {
      const isFree = await isProcessed(call, { subject: subjectOf(world, call), busy, manners });
      return spoiled(isFree ? route(world, call, faults) : refused('409.002'), faults);
    },
  };
}

/** While an order is worked on, its reference is refused to anybody else. */
async function isProcessed(
  { method, parts }: FakeCall,
  work: { readonly subject: string; readonly busy: Set<string>; readonly manners: Manners },
): Promise<boolean> {
  const { subject, busy, manners } = work;
  const isPlacing = method === 'POST' && parts.length === 1;
  if (!isPlacing || manners.processingMs === 0 || subject === '') return true;
  if (busy.has(subject)) return false;
  busy.add(subject);
  await pause(manners.processingMs, manners.closing);
  busy.delete(subject);
  return true;
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: TangoFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  if (faults.strikes('serverError')) return wireOf(refused('500.005'));
  const wire = wireOf(answer);
  return faults.strikes('notJson') ? garbled(wire, faults.roll(3)) : wire;
}
