import { maximumReplayMs } from '../../../shared/contracts/webhook-subscriptions.ts';
import { addMs, formatInstant, type Instant } from '../../../shared/domain/time.ts';

/** A period in parts that the API takes, each up to a day. */
export function replayDays(
  from: Instant,
  to: Instant,
): { readonly from: string; readonly to: string }[] {
  const parts: { from: string; to: string }[] = [];
  for (let start = from; start < to; start = addMs(start, maximumReplayMs)) {
    const end = addMs(start, maximumReplayMs);
    parts.push({ from: formatInstant(start), to: formatInstant(end < to ? end : to) });
  }
  return parts;
}
