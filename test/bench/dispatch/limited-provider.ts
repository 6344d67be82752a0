import { setTimeout as wait } from 'node:timers/promises';
import { machineClock } from '../../../shared/adapters/system.ts';
import type { OrderOutcome, PlaceOrder } from '../../../shared/ports/provider.ts';
import { ScriptedProvider } from '../../support/scripted-provider.ts';

/** Timers of a busy machine are late by so much at times. */
const tolerancePercent = 10;

/** Answers slowly, and refuses what comes beyond so many orders in any one second. */
export class LimitedProvider extends ScriptedProvider {
  refused = 0;
  readonly #answerMs: number;
  readonly #most: number;
  #taken: number[] = [];

  constructor(settings: { readonly perSecond: number; readonly answerMs: number }) {
    const { perSecond, answerMs } = settings;
    super('tremendous', { requestsPerMinute: perSecond * 60 });
    this.#answerMs = answerMs;
    this.#most = Math.ceil((perSecond * (100 + tolerancePercent)) / 100);
  }

  override async placeOrder(order: PlaceOrder): Promise<OrderOutcome> {
    const now = machineClock.now();
    this.#taken = this.#taken.filter((at) => at > now - 1000);
    const isRefused = this.#taken.length >= this.#most;
    if (!isRefused) this.#taken.push(now);
    await wait(this.#answerMs);
    if (!isRefused) return super.placeOrder(order);
    this.refused += 1;
    return { kind: 'rejected', reason: 'waitForLimit', detail: 'TOO_MANY' };
  }
}
