import { retirementOf } from '../../money/currency.ts';
import type { Rate } from '../../rates/rate.ts';
import type { EventContext } from '../event-context.ts';
import { localDayAt } from '../local-day.ts';

/** Out of a currency that is retired on the day of the posting; `undefined` for any other. */
export function fixedRate(currency: string, context: EventContext): Rate | undefined {
  const retirement = retirementOf(currency);
  if (retirement === undefined) return undefined;
  const { rates, now, compiled } = context;
  const today = localDayAt(now, compiled.program.timeZone).date;
  if (retirement.from > today) return undefined;
  const found = rates.rateAt({ from: currency, to: retirement.into, on: today, staleDays: 0 });
  return found.ok ? found.value : undefined;
}
