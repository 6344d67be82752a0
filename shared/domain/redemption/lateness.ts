import { floorDivide } from '../money/fraction.ts';
import { addMs, type Instant } from '../time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Somebody must have time to do something about it. */
const shortestWarningMs = 15 * minuteMs;

/** When a promised time counts as about to be missed: with a fifth of its span still to go. */
export function warnLateAt(asked: Instant, promisedBy: Instant): Instant {
  const fifthMs = Number(floorDivide(BigInt(promisedBy - asked), 5n));
  return addMs(promisedBy, -Math.max(fifthMs, shortestWarningMs));
}

/** From then on the points go back as soon as no provider can deliver any more. */
export function giveUpAt(promisedBy: Instant, giveUpHours: number): Instant {
  return addMs(promisedBy, giveUpHours * hourMs);
}

export function hoursAfter(instant: Instant, hours: number): Instant {
  return addMs(instant, hours * hourMs);
}
