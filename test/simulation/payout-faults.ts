import { AnswerLost } from '../faults/lost-answers.ts';
import { wrapped } from '../support/scheduling.ts';
import type { Dice } from './customers.ts';

/** Everything that goes wrong while payouts are under way. */
export const faultKinds = [
  ...['storeFails', 'storeAnswerLost', 'storeStale', 'deliveredTwice'],
  ...['answerLost', 'timedOut', 'serverError', 'tooManyRequests', 'outOfFunds', 'fundingRejected'],
  ...['refused', 'askedToRetry', 'askedForNewKey', 'lookUpFailed', 'pending'],
  ...['booksBreakOff', 'cancelUnheard'],
  ...['unclaimed', 'lateFailure', 'bounced', 'neverEnds'],
  ...['webhookLost', 'webhookTwice', 'webhookLate'],
  ...['bankRejected', 'bankReturned', 'bankReturnedLater', 'bankAnsweredTwice'],
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What nobody ever hears of again strikes seldom, and what has few chances more often. */
const ownShares: Readonly<Partial<Record<FaultKind, number>>> = {
  ...{ neverEnds: 0.01, bankAnsweredTwice: 0.5 },
};

/** Rolls each kind for itself, wherever it may strike, and counts. */
export class Faults {
  readonly dice: Dice;
  readonly struck = new Map<FaultKind, number>();
  /** Of the chances that a kind has. */
  readonly #share: number;

  constructor(dice: Dice, share: number) {
    this.dice = dice;
    this.#share = share;
  }

  strikes(kind: FaultKind): boolean {
    if (!this.dice.chance(ownShares[kind] ?? this.#share)) return false;
    this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
    return true;
  }
}

/** What the worker that was killed has asked for is never answered. */
const forever = new Promise<never>(() => {});

/** A worker; it is killed at one of its calls, and from then on it does and hears nothing more. */
export class Life {
  readonly died: Promise<'died'>;
  isOver = false;
  #callsLeft: number;
  #die: (died: 'died') => void = () => {};

  constructor(diesAtCall = Number.POSITIVE_INFINITY) {
    this.#callsLeft = diesAtCall;
    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  /** Whether this call is the last one: it may still take effect. */
  isLastCall(): boolean {
    this.#callsLeft -= 1;
    if (this.#callsLeft > 0) return false;
    this.isOver = true;
    this.#die('died');
    return true;
  }
}

const writes: ReadonlySet<string> = new Set([
  ...['post', 'hold', 'createOrder', 'updateOrder', 'updateReview'],
  ...['capture', 'release', 'reopen', 'recordLate', 'openCase'],
  ...['put', 'putLine', 'beginRun', 'endRun', 'remember', 'send'],
  ...['beginFile', 'fill', 'closeFile', 'handedOut', 'putFacts', 'rememberAnswer'],
]);

/** As in `losingAnswers`: writes that name what they have read may be refused for no reason. */
const staleAnswers: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['post', { kind: 'stale' }],
  ['hold', { kind: 'stale' }],
  ['release', 'stale'],
]);

/** A port as a worker has it: calls are mixed with others', some writes fail, and it may die. */
export function stormy<Port extends object>(port: Port, life: Life, faults: Faults): Port {
  return wrapped(port, async (call, name) => {
    if (life.isOver) return forever;
    for (let turns = faults.dice.below(3); turns > 0; turns -= 1) await Promise.resolve();
    if (life.isOver) return forever;
    if (life.isLastCall()) {
      if (faults.dice.chance(0.5)) await call();
      return forever;
    }
    const result = writes.has(name) ? await written(call, name, faults) : await call();
    return life.isOver ? forever : result;
  });
}

/** Of so many failures no one needs a stack of its own. */
const unheard = new AnswerLost('before');
const unanswered = new AnswerLost('after');

async function written(
  call: () => Promise<unknown>,
  name: string,
  faults: Faults,
): Promise<unknown> {
  if (faults.strikes('storeFails')) throw unheard;
  const stale = staleAnswers.get(name);
  if (stale !== undefined && faults.strikes('storeStale')) return stale;
  const result = await call();
  if (faults.strikes('storeAnswerLost')) throw unanswered;
  return result;
}
