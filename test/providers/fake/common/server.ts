import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type WireAnswer, wireOf } from './answer.ts';
import { type FakeCall, readCall } from './call.ts';
import type { CallFaults } from './faults.ts';
import { pause } from './pause.ts';

/** Lets a test rewrite an answer after its effect; `undefined` breaks the connection instead. */
export type AnswerHook = (answer: WireAnswer, call: FakeCall) => WireAnswer | undefined;

type BasicFaults = Pick<CallFaults<'lostRequest' | 'slow'>, 'strikes'>;

/** What one vendor does with a call; everything else is the same for all of them. */
export interface Counter<Faults extends BasicFaults> {
  /** Begins with a slash, or is empty. */
  readonly basePath: string;
  /** Before anything happens, for every call. */
  readonly delayMs: number;
  /** How long a slow answer takes. */
  readonly slowMs: number;
  /** Calls that nothing goes wrong with, such as those for a token. */
  beforehand?(call: FakeCall): Answer | undefined;
  faultsOf(call: FakeCall): Faults;
  /** A refusal has no effect. */
  refusalOf(call: FakeCall, faults: Faults): Answer | undefined;
  /** With its effect; `undefined`: the connection breaks on the way back. */
  serve(call: FakeCall, faults: Faults): Promise<WireAnswer | undefined>;
  /** The effect is there, the answer is not yet; `over` comes when it goes out. */
  whileSlow?(call: FakeCall, over: Promise<void>): void;
  send?(response: ServerResponse, answer: WireAnswer): void;
}

export interface Serving {
  readonly baseUrl: string;
  setAnswerHook(hook: AnswerHook | undefined): void;
  close(): Promise<void>;
}

/** On a free loopback port, until it is closed; `closing` then tells everybody else. */
export async function serve<Faults extends BasicFaults>(
  counter: Counter<Faults>,
  closing: AbortController,
): Promise<Serving> {
  let hook: AnswerHook | undefined;
  const open = { counter, closing: closing.signal, hook: () => hook };
  const server = createServer((request, response) => {
    handle(open, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${counter.basePath}`,
    setAnswerHook: (newHook) => {
      hook = newHook;
    },
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Open<Faults extends BasicFaults> {
  readonly counter: Counter<Faults>;
  readonly closing: AbortSignal;
  readonly hook: () => AnswerHook | undefined;
}

async function handle<Faults extends BasicFaults>(
  { counter, closing, hook: hookNow }: Open<Faults>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = counter.send ?? sendAsItIs;
  const call = await readCall(request, counter.basePath);
  if (call === undefined) return void response.destroy();
  await pause(counter.delayMs, closing);
  const first = counter.beforehand?.(call);
  if (first !== undefined) return send(response, wireOf(first));
  const faults = counter.faultsOf(call);
  if (faults.strikes('lostRequest')) return void response.destroy();
  const refusal = counter.refusalOf(call, faults);
  const wire = refusal === undefined ? await counter.serve(call, faults) : wireOf(refusal);
  const hook = hookNow();
  const hooked = wire && hook ? hook(wire, call) : wire;
  if (refusal === undefined && faults.strikes('slow')) {
    const over = untilGone(response, counter.slowMs, closing);
    counter.whileSlow?.(call, over);
    await over;
  }
  if (hooked === undefined || closing.aborted) response.destroy();
  else send(response, hooked);
}

/** For so long, or until nobody waits for the answer any more. */
function untilGone(response: ServerResponse, slowMs: number, closing: AbortSignal): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return pause(slowMs, AbortSignal.any([closing, gone.signal]));
}

function sendAsItIs(response: ServerResponse, answer: WireAnswer): void {
  const { status, text, contentType, headers } = answer;
  response.writeHead(status, { ...headers, 'content-type': contentType }).end(text);
}

/** Whether one call more is too many for a sliding window; calls that fail count too. */
export function rateGate(limit: number | undefined, windowMs: number): () => boolean {
  const times: number[] = [];
  return () => {
    if (limit === undefined) return false;
    const now = performance.now();
    while (times[0] !== undefined && times[0] <= now - windowMs) times.shift();
    if (times.length >= limit) return true;
    times.push(now);
    return false;
  };
}
