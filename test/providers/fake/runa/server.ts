import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause } from '../tremendous/pause.ts';
import { parseRaw } from '../tremendous/raw-json.ts';
import { type Answer, refused, tooMany } from './answer.ts';
import type { CallFaults, FaultDice } from './faults.ts';
import { type FakeCall, route, type World } from './routes.ts';
import type { StoredOrder } from './store.ts';
import { orderView } from './views.ts';

/** An answer as it goes over the wire; 102 is written as bytes, since no server would send it. */
export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
}

/** Lets a test rewrite an answer after its effect; `undefined` breaks the connection instead. */
export type AnswerHook = (answer: WireAnswer, call: FakeCall) => WireAnswer | undefined;

export interface Manners {
  readonly apiKey: string;
  readonly delayMs: number;
  readonly slowMs: number;
  readonly ordersPerMinute: number;
}

export interface Serving {
  readonly world: World;
  readonly dice: FaultDice;
  readonly manners: Manners;
  readonly hook: () => AnswerHook | undefined;
  readonly closing: AbortSignal;
}

const basePath = '/v2';
const maximumBodyBytes = 1_048_576;

export async function listen(serving: Serving): Promise<{ server: Server; baseUrl: string }> {
  const desk = {
    isTooFast: rateGate(serving.manners.ordersPerMinute),
    underWay: new Set<string>(),
  };
  const server = createServer((request, response) => {
    handle(serving, desk, { request, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, baseUrl: `http://127.0.0.1:${port}${basePath}` };
}

/** A sliding minute; calls that fail count too. */
function rateGate(ordersPerMinute: number): () => boolean {
  const times: number[] = [];
  return () => {
    const now = performance.now();
    while (times[0] !== undefined && times[0] <= now - 60_000) times.shift();
    if (times.length >= ordersPerMinute) return true;
    times.push(now);
    return false;
  };
}

interface Desk {
  readonly isTooFast: () => boolean;
  /** Keys of orders that are being made. */
  readonly underWay: Set<string>;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle(serving: Serving, desk: Desk, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const call = await readCall(request);
  if (call === undefined) {
    response.destroy();
    return;
  }
  const { world, manners, closing } = serving;
  await pause(manners.delayMs, closing);
  const faults = faultsOf(serving, call);
  if (faults.strikes('lostRequest')) {
    response.destroy();
    return;
  }
  const refusal = refusalOf(manners, call, { desk, faults });
  const answer = refusal ?? route(world, call, faults);
  const wire =
    refusal === undefined
      ? spoiled(shown(world, { call, answer }, faults), faults)
      : wireOf(refusal);
  const hooked = wire && serving.hook() ? serving.hook()?.(wire, call) : wire;
  if (refusal === undefined && faults.strikes('slow'))
    await dawdle(serving, desk, [call, response]);
  if (hooked === undefined || closing.aborted) response.destroy();
  else send(response, hooked);
}

/** Meanwhile the key is one of an order under way. */
async function dawdle(
  { manners, closing }: Serving,
  { underWay }: Desk,
  [call, response]: readonly [FakeCall, ServerResponse],
): Promise<void> {
  const key = keyOf(call);
  underWay.add(key);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await pause(manners.slowMs, AbortSignal.any([closing, gone.signal]));
  underWay.delete(key);
}

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
function faultsOf({ world: { books }, dice }: Serving, call: FakeCall): CallFaults {
  const [collection, id = 'list'] = call.parts;
  if (collection !== 'order') return { strikes: () => false, roll: () => 0 };
  if (isPlacing(call)) return dice.forCall(keyOf(call), 'place');
  return dice.forCall(books.store.find(id)?.description ?? id, 'read');
}

async function readCall(request: IncomingMessage): Promise<FakeCall | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBodyBytes) return undefined;
    chunks.push(chunk);
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!url.pathname.startsWith(`${basePath}/`)) return undefined;
  const parts = url.pathname.slice(basePath.length + 1).split('/');
  const text = Buffer.concat(chunks).toString('utf8');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    parts: parts.filter((part) => part !== '').map(decodeURIComponent),
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    ...{ text, body: text === '' ? undefined : parseRaw(text) },
  };
}

function refusalOf(
  { apiKey }: Manners,
  call: FakeCall,
  { desk, faults }: { readonly desk: Desk; readonly faults: CallFaults },
): Answer | undefined {
  if (call.parts[0] === 'payout') return undefined;
  if (call.headers['x-api-key'] !== apiKey) return refused('invalid_api_key');
  const version = call.headers['x-api-version'] ?? '2024-02-05';
  if (version !== '2024-02-05') return refused('invalid_version');
  if (!isPlacing(call)) return faults.strikes('rateLimit') ? tooMany : undefined;
  if (desk.isTooFast() || faults.strikes('rateLimit')) return tooMany;
  return desk.underWay.has(keyOf(call)) ? underWayAnswer(faults) : undefined;
}

/** The guide says 102, the table of errors says 400. */
function underWayAnswer(faults: CallFaults): Answer {
  const answer = refused('idempotency_in_progress', 'An order is being made for this key.');
  return faults.roll(2) === 0 ? { ...answer, status: 102 } : answer;
}

/** What is told of an order that was placed well. */
function shown(
  { books: { store } }: World,
  { call, answer }: { readonly call: FakeCall; readonly answer: Answer },
  faults: CallFaults,
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

function wireOf({ status, body }: Answer): WireAnswer {
  return { status, text: JSON.stringify(body), contentType: 'application/json' };
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: CallFaults): WireAnswer | undefined {
  const wire = wireOf(answer);
  if (faults.strikes('lostAnswer')) return undefined;
  if (!faults.strikes('notJson')) return wire;
  const page = '<!doctype html><title>Back soon</title>';
  const spoilt = [page, '\u0000\u0001{"id"', wire.text.slice(0, wire.text.length / 2)];
  return { ...wire, contentType: 'text/html', text: spoilt[faults.roll(3)] ?? page };
}
