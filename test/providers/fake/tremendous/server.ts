import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, refused, refusedSingular } from './answer.ts';
import type { CallFaults, FaultDice } from './faults.ts';
import { pause } from './pause.ts';
import { parseRaw } from './raw-json.ts';
import { type FakeCall, operationOf, route, subjectOf, type World } from './routes.ts';

/** An answer as it goes over the wire. */
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
  /** 429 above it; absent: no limit. */
  readonly requestsPerSecond?: number | undefined;
}

export interface Serving {
  readonly world: World;
  readonly dice: FaultDice;
  readonly manners: Manners;
  readonly hook: () => AnswerHook | undefined;
  readonly closing: AbortSignal;
}

const basePath = '/api/v2';
const maximumBodyBytes = 1_048_576;

export async function listen(serving: Serving): Promise<{ server: Server; baseUrl: string }> {
  const isTooFast = rateGate(serving.manners.requestsPerSecond);
  const server = createServer((request, response) => {
    handle(serving, isTooFast, { request, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, baseUrl: `http://127.0.0.1:${port}${basePath}` };
}

/** A sliding second. */
function rateGate(requestsPerSecond: number | undefined): () => boolean {
  const times: number[] = [];
  return () => {
    if (requestsPerSecond === undefined) return false;
    const now = performance.now();
    while (times[0] !== undefined && times[0] <= now - 1_000) times.shift();
    if (times.length >= requestsPerSecond) return true;
    times.push(now);
    return false;
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle(
  serving: Serving,
  isTooFast: () => boolean,
  { request, response }: Exchange,
): Promise<void> {
  const call = await readCall(request);
  if (call === undefined) {
    response.destroy();
    return;
  }
  const { world, dice, manners, closing } = serving;
  await pause(manners.delayMs, closing);
  const faults = faultsOf(world, dice, call);
  if (faults.strikes('lostRequest')) {
    response.destroy();
    return;
  }
  const gate = isTooFast() ? refusedSingular(429, 'Too many requests.') : undefined;
  const refusal = refusalOf(request, manners.apiKey, faults) ?? gate;
  const answer = refusal ?? route(world, call, faults);
  const wire = spoiled(answer, faults, refusal === undefined);
  const hooked = wire && serving.hook() ? serving.hook()?.(wire, call) : wire;
  if (refusal === undefined && faults.strikes('slow')) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await pause(manners.slowMs, AbortSignal.any([closing, gone.signal]));
  }
  if (hooked === undefined || closing.aborted) response.destroy();
  else response.writeHead(hooked.status, { 'content-type': hooked.contentType }).end(hooked.text);
}

/** Only calls about an order go wrong: the others are for people. */
function faultsOf(world: World, dice: FaultDice, call: FakeCall): CallFaults {
  const isAboutOrder = call.parts[0] === 'orders' || call.parts[0] === 'rewards';
  if (!isAboutOrder) return { strikes: () => false, roll: () => 0 };
  return dice.forCall(subjectOf(world, call), operationOf(call));
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
  return {
    method: request.method ?? 'GET',
    parts: parts.filter((part) => part !== '').map(decodeURIComponent),
    query: url.searchParams,
    body: text === '' ? undefined : parseRaw(text),
  };
}

function refusalOf(
  request: IncomingMessage,
  apiKey: string,
  faults: CallFaults,
): Answer | undefined {
  if (request.headers.authorization !== `Bearer ${apiKey}`) {
    return refused(401, 'The API key is not valid.');
  }
  if (!faults.strikes('rateLimit')) return undefined;
  return faults.roll(2) === 0
    ? refused(429, 'Too many requests.')
    : refusedSingular(429, 'Too many requests.');
}

const sorry: WireAnswer = {
  ...{ status: 500, contentType: 'application/json' },
  text: JSON.stringify(refused(500, 'Sorry.').body),
};

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: CallFaults, hasEffect: boolean): WireAnswer | undefined {
  const text = JSON.stringify(answer.body);
  const wire = { status: answer.status, text, contentType: 'application/json' };
  if (!hasEffect) return wire;
  if (faults.strikes('lostAnswer')) {
    return faults.roll(2) === 0 ? undefined : sorry;
  }
  if (faults.strikes('serverError')) return sorry;
  if (!faults.strikes('notJson')) return wire;
  const page = '<!doctype html><title>Back soon</title>';
  const spoilt = [page, '\u0000\u0001{"order"', text.slice(0, text.length / 2)];
  return { ...wire, contentType: 'text/html', text: spoilt[faults.roll(3)] ?? page };
}
