import { machineClock } from '../shared/adapters/system.ts';
import { refreshRates } from '../shared/app/rates/refresh-rates.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeRateFeed } from './_runtime/rates.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeRates } from './_runtime/stores.ts';

const runtime = composeRuntime('fx-refresh');
const dependencies = {
  ...runtime,
  rates: composeRates(runtime),
  feed: composeRateFeed(),
  machineClock,
};

/** Lambda counts it as an error, which the alarm counts; the log has said why. */
class RatesNotRefreshedError extends Error {
  override readonly name = 'RatesNotRefreshedError';
}

/** Schedule: the rates of the day, from the one source of the region. */
export const handler = stack<unknown, void>().handler(async () => {
  const refreshed = await refreshRates(dependencies);
  if (!refreshed.ok) throw new RatesNotRefreshedError(`The rates are ${refreshed.failure}.`);
});
