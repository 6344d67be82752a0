import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause } from '../tremendous/pause.ts';
import { parseRaw } from '../tremendous/raw-json.ts';
import { type Answer, refused, refusedByFramework } from './answer.ts';
import type { CallFaults, FaultDice } from './faults.ts';
import { type FakeCall, route, subjectOf, type World } from './routes.ts';

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
}

/** Lets a test rewrite an answer after its effect; `undefined` breaks the connection instead. */
export type AnswerHook = (answer: WireAnswer, call: FakeCall) => WireAnswer | undefined;

export interface Serving {
  readonly world: World;
  readonly dice: FaultDice;
  readonly slowMs: number;
  /** 429 above it; absent: no limit, since none is published. */
  readonly requestsPerSecond?: number | undefined;
  readonly hook: () => AnswerHook | undefined;
  readonly closing: AbortSignal;
}

const maximumBodyBytes = 1_048_576;
const mediaType = 'application/com.reloadly.giftcards-v1+json';

export async function listen(serving: Serving): Promise<{ server: Server; baseUrl: string }> {
  const isTooFast = rateGate(serving.requestsPerSecond);
  const server = createServer((request, response) => {
    handle(serving, isTooFast, { request, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, baseUrl: `http://127.0.0.1:${port}` };
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

const noFaults: CallFaults = { strikes: () => false, roll: () => 0 };

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
  const { world, dice, closing } = serving;
  if (call.parts.join('/') === 'oauth/token') {
    reply(response, wireOf(world.tokens.issue(call.body)));
    return;
  }
  const subject = subjectOf(world, call);
  const [first = '', , , act = ''] = call.parts;
  const operation = `${call.method} ${first} ${act}`;
  const faults = subject === undefined ? noFaults : dice.forCall(subject, operation);
  if (faults.strikes('lostRequest')) {
    response.destroy();
    return;
  }
  const gate = isTooFast() ? refused(429, 'Too many requests.') : undefined;
  const refusal = refusalOf(world, request, faults) ?? gate;
  const answer = wireOf(refusal ?? route(world, call, faults));
  const spoilt = refusal === undefined ? spoiled(answer, faults) : answer;
  const hook = serving.hook();
  const hooked = spoilt && hook ? hook(spoilt, call) : spoilt;
  if (refusal === undefined && faults.strikes('slow')) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await pause(serving.slowMs, AbortSignal.any([closing, gone.signal]));
  }
  reply(response, closing.aborted ? undefined : hooked);
}

function reply(response: ServerResponse, answer: WireAnswer | undefined): void {
  if (answer === undefined) response.destroy();
  else response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.text);
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
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? 'GET',
    parts: parts.map(decodeURIComponent),
    query: url.searchParams,
    body: text === '' ? undefined : parseRaw(text),
  };
}

function refusalOf(
  { tokens }: World,
  { headers }: IncomingMessage,
  faults: CallFaults,
): Answer | undefined {
  const refusal = tokens.refusalOf(headers.authorization);
  if (refusal !== undefined) return refusal;
  if (headers.accept !== mediaType) return refusedByFramework(406, 'Not Acceptable');
  if (!faults.strikes('rateLimit')) return undefined;
  return faults.roll(2) === 0
    ? refused(429, 'Too many requests.', 'TOO_MANY_REQUESTS')
    : refusedByFramework(429, 'Too Many Requests');
}

function wireOf({ status, body }: Answer): WireAnswer {
  return { status, text: JSON.stringify(body), contentType: 'application/json' };
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: WireAnswer, faults: CallFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  if (!faults.strikes('serverError')) return answer;
  return wireOf(refusedByFramework(500, 'Internal Server Error'));
}
