import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Instant, instantOf } from '../../shared/domain/time.ts';
import type { Trouble } from './certification/stage.ts';
import type { WireAnswer } from './fake/common/answer.ts';
import type { AnswerHook } from './fake/common/server.ts';

/** Rewrites the text of every answer. */
const withText =
  (change: (text: string) => string): AnswerHook =>
  (answer) => ({ ...answer, text: change(answer.text) });

export const replaced = (from: string | RegExp, to: string): AnswerHook =>
  withText((text) => text.replace(from, to));

export const answerOf = (status: number, text: string): WireAnswer => ({
  ...{ status, text, contentType: 'application/json' },
});

/** Messages in it stand for the provider's own words: they must show up nowhere. */
export const replacedBy =
  (status: number, text: string): AnswerHook =>
  () =>
    answerOf(status, text);

export const half = withText((text) => text.slice(0, text.length / 2));

/** Longer than a reply is read: a page of a list may be much longer than an order. */
export const endless = (length: number): AnswerHook =>
  withText((text) => `{"canary":"${'x'.repeat(length)}",${text.slice(1)}`);

const page = '<!doctype html><title>canary words</title>';

/** What can happen on the way from any provider. */
export const usualHooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  lostAnswer: () => undefined,
  page: replacedBy(200, page),
  garbage: replacedBy(200, '\u0000canary words'),
  truncated: half,
  endless: endless(400_000),
  emptyObject: replacedBy(200, '{}'),
  strangerNotFound: replacedBy(404, '<html>canary words</html>'),
  redirect: replacedBy(307, 'canary words'),
};

export interface MovedClock {
  now(): number;
  pass(durationMs: number): void;
  /** As an adapter takes it. */
  readonly clock: { now(): Instant };
}

/** The machine's, and ahead of it by what was let pass. */
export function movedClock(): MovedClock {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  return {
    now,
    pass: (durationMs) => {
      aheadMs += durationMs;
    },
    clock: { now: () => instantOf(now()) },
  };
}

/** A loopback address that nothing listens on. */
export async function deadAddress(path: string): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}${path}`;
}
