import type { ServerResponse } from 'node:http';
import { type Answer, garbled, type WireAnswer, wireOf } from '../common/answer.ts';
import type { FakeCall } from '../common/call.ts';
import { type FaultDice, noFaults } from '../common/faults.ts';
import { type Counter, rateGate } from '../common/server.ts';
import { refused, tooMany } from './answer.ts';
import type { FaultName, RunaFaults } from './faults.ts';
import { route, type World } from './routes.ts';
import type { StoredOrder } from './store.ts';
import { orderView } from './views.ts';

export interface Manners {
  readonly apiKey: string;
  readonly delayMs: number;
  readonly slowMs: number;
  readonly ordersPerMinute: number;
}

export function runaCounter(
  world: World,
  dice: FaultDice<FaultName>,
  { apiKey, delayMs, slowMs, ordersPerMinute }: Manners,
): Counter<RunaFaults> {
  const isTooFast = rateGate(ordersPerMinute, 60_000);
  /** Keys of orders that are being made. */
  const underWay = new Set<string>();
  return {
    ...{ basePath: '/v2', delayMs, slowMs, send },
    faultsOf: (call) => faultsOf(world, dice, call),
    refusalOf: (call, faults) => {
      if (call.parts[0] === 'payout') return undefined;
      const refusal = strangerRefusal(call, apiKey);
      if (refusal !== undefined) return refusal;
      if (!isPlacing(call)) return faults.strikes('rateLimit') ? tooMany : undefined;
      if (isTooFast() || faults.strikes('rateLimit')) return tooMany;
      return underWay.has(keyOf(call)) ? underWayAnswer(faults) : undefined;
    },
    serve: async (call, faults) => {
      const answer = route(world, call, faults);
      return spoiled(shown(world, { call, answer }, faults), faults);
    },
    whileSlow: (call, over) => {
      underWay.add(keyOf(call));
      void over.then(() => underWay.delete(keyOf(call)));
    },
  };
}

/** 102 is written as bytes, since no server would send it. */
function send(response: ServerResponse, { status, text, contentType }: WireAnswer): void {
  if (status !== 102) {
    response.writeHead(status, { 'content-type': contentType }).end(text);
    return;
  }
  const head = `HTTP/1.1 102 Processing\r\ncontent-type: ${contentType}\r\n`;
  response.socket?.end(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function isPlacing({ method, parts }: FakeCall): boolean {
  return method === 'POST' && parts[0] === 'order' && parts.length === 1;
}

function keyOf({ headers }: FakeCall): string {
  return headers['x-idempotency-key'] ?? '';
}

/** Only calls about orders go wrong. */
function faultsOf({ books }: World, dice: FaultDice<FaultName>, call: FakeCall): RunaFaults {
  const [collection, id = 'list'] = call.parts;
  if (collection !== 'order') return noFaults;
  if (isPlacing(call)) return dice.forCall(keyOf(call), 'place');
  return dice.forCall(books.store.find(id)?.description ?? id, 'read');
}

function strangerRefusal({ headers }: FakeCall, apiKey: string): Answer | undefined {
  if (headers['x-api-key'] !== apiKey) return refused('invalid_api_key');
  const version = headers['x-api-version'] ?? '2024-02-05';
  return version === '2024-02-05' ? undefined : refused('invalid_version');
}

/** The guide says 102, the table of errors says 400. */
function underWayAnswer(faults: RunaFaults): Answer {
  const answer = refused('idempotency_in_progress', 'An order is being made for this key.');
  return faults.roll(2) === 0 ? { ...answer, status: 102 } : answer;
}

/** What is told of an order that was placed well. */
function shown(
  { books: { store } }: World,
  { call, answer }: { readonly call: FakeCall; readonly answer: Answer },
  faults: RunaFaults,
): Answer {
  if (!isPlacing(call) || answer.status !== 200) return answer;
  if (faults.strikes('inProgress')) return underWayAnswer(faults);
  if (!faults.strikes('contradiction')) return answer;
  const id = answer.body instanceof Object ? Reflect.get(answer.body, 'id') : undefined;
  const order = store.all().find((it) => it.id === id);
  return order === undefined
    ? answer
    : { ...answer, body: orderView(distorted(order, faults.roll(3))) };
}

function distorted(order: StoredOrder, way: number): StoredOrder {
  if (way === 0) return { ...order, metadata: { ...order.metadata, reference: 'another' } };
  const items = order.items.map((item) =>
    way === 1
      ? { ...item, faceValue: `1${item.faceValue}` }
      : { ...item, currency: item.currency === 'USD' ? 'EUR' : 'USD' },
  );
  return { ...order, items };
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: RunaFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  const wire = wireOf(answer);
  return faults.strikes('notJson') ? garbled(wire, faults.roll(3)) : wire;
}
