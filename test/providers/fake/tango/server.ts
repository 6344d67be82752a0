import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause } from '../tremendous/pause.ts';
import { parseRaw } from '../tremendous/raw-json.ts';
import { type Answer, refused } from './answer.ts';
import { noFaults, type TangoCallFaults, type TangoFaultDice } from './faults.ts';
import { type FakeCall, operationOf, route, subjectOf, type World } from './routes.ts';
import type { TokenDesk } from './tokens.ts';

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
}

/** Lets a test rewrite an answer after its effect; `undefined` breaks the connection instead. */
export type AnswerHook = (answer: WireAnswer, call: FakeCall) => WireAnswer | undefined;

export interface Manners {
  readonly delayMs: number;
  /** How long an order is worked on: its reference is in process so long. */
  readonly processingMs: number;
  readonly slowMs: number;
  /** 429 above it. */
  readonly requestsPerSecond: number;
}

export interface Serving {
  readonly world: World;
  readonly dice: TangoFaultDice;
  readonly desk: TokenDesk;
  readonly manners: Manners;
  readonly hook: () => AnswerHook | undefined;
  readonly closing: AbortSignal;
}

const basePath = '/raas/v2';
const maximumBodyBytes = 1_048_576;

export async function listen(serving: Serving): Promise<{ server: Server; baseUrl: string }> {
  const gates: Gates = { isTooFast: rateGate(serving.manners.requestsPerSecond), busy: new Set() };
  const server = createServer((request, response) => {
    handle(serving, gates, { request, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, baseUrl: `http://127.0.0.1:${port}${basePath}` };
}

interface Gates {
  readonly isTooFast: () => boolean;
  /** References that are being worked on. */
  readonly busy: Set<string>;
}

/** A sliding second. */
function rateGate(requestsPerSecond: number): () => boolean {
  const times: number[] = [];
  return () => {
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

async function handle(serving: Serving, gates: Gates, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const { world, dice, manners, closing, desk } = serving;
  const call = await readCall(request);
  if (call === undefined) return void response.destroy();
  await pause(manners.delayMs, closing);
  if (call.parts[0] === 'oauth') return reply(response, wireOf(desk.issue(formOf(call))));
  const isAboutOrder = call.parts[0] === 'orders' || call.parts[0] === 'lineItems';
  const subject = subjectOf(world, call);
  const faults = isAboutOrder ? dice.forCall(subject, operationOf(call)) : noFaults;
  if (faults.strikes('lostRequest')) return void response.destroy();
  const refusal = refusalOf(serving, request, { faults, gates });
  const answer = refusal ?? (await processed(serving, call, { faults, gates, subject }));
  const wire = refusal === undefined ? spoiled(answer, faults) : wireOf(answer);
  const hook = serving.hook();
  const hooked = wire && hook ? hook(wire, call) : wire;
  if (refusal === undefined && faults.strikes('slow')) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await pause(manners.slowMs, AbortSignal.any([closing, gone.signal]));
  }
  if (hooked === undefined || closing.aborted) response.destroy();
  else reply(response, hooked);
}

function reply(response: ServerResponse, { status, text, contentType }: WireAnswer): void {
  response.writeHead(status, { 'content-type': contentType }).end(text);
}

interface Circumstances {
  readonly faults: TangoCallFaults;
  readonly gates: Gates;
  readonly subject: string;
}

/** While an order is worked on, its reference is refused to anybody else. */
async function processed(
  { world, manners, closing }: Serving,
  call: FakeCall,
  { faults, gates: { busy }, subject }: Circumstances,
): Promise<Answer> {
  const isPlacing = call.method === 'POST' && call.parts.length === 1;
  if (!isPlacing || manners.processingMs === 0 || subject === '') return route(world, call, faults);
  if (busy.has(subject)) return refused('409.002');
  busy.add(subject);
  await pause(manners.processingMs, closing);
  busy.delete(subject);
  return route(world, call, faults);
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
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form') === true;
  return {
    method: request.method ?? 'GET',
    parts: parts.filter((part) => part !== '').map(decodeURIComponent),
    query: url.searchParams,
    body: isForm ? text : parsed(text),
  };
}

function parsed(text: string): unknown {
  return text === '' ? undefined : parseRaw(text);
}

function formOf({ body }: FakeCall): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

function refusalOf(
  { desk }: Serving,
  { headers }: IncomingMessage,
  { faults, gates }: Pick<Circumstances, 'faults' | 'gates'>,
): Answer | undefined {
  if (!desk.isAuthorised(headers)) return refused('401.501');
  return gates.isTooFast() || faults.strikes('rateLimit') ? refused('429.000') : undefined;
}

function wireOf({ status, body }: Answer): WireAnswer {
  return { status, text: JSON.stringify(body), contentType: 'application/json' };
}

/** What becomes of an answer on its way; `undefined`: the connection breaks. */
function spoiled(answer: Answer, faults: TangoCallFaults): WireAnswer | undefined {
  if (faults.strikes('lostAnswer')) return undefined;
  if (faults.strikes('serverError')) return wireOf(refused('500.005'));
  const wire = wireOf(answer);
  if (!faults.strikes('notJson')) return wire;
  const page = '<!doctype html><title>Back soon</title>';
  const spoilt = [page, '\u0000\u0001{"orders"', wire.text.slice(0, wire.text.length / 2)];
  return { ...wire, contentType: 'text/html', text: spoilt[faults.roll(3)] ?? page };
}
