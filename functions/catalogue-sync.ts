import * as z from 'zod/mini';
import { rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { syncCatalogue } from '../shared/app/catalogue/sync-catalogue.ts';
import { composePublisher } from './_runtime/bus.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger, composeOffers } from './_runtime/stores.ts';
import { composeVoucherPool } from './_runtime/vouchers.ts';

const runtime = composeRuntime('catalogue-sync');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  ...composeOffers(runtime),
  publisher: composePublisher(),
};
const own = [composeVoucherPool(runtime)];
const providers = composeProviders(runtime, { adapters: rewardAdapters, own });
const taskSchema = z.object({ provider: z.string() });

/** Schedule, one for each provider: what it sells now, where it is time to ask. */
export const handler = stack<unknown, void>().handler(async (event: unknown) => {
  const { provider: name } = z.parse(taskSchema, event);
  const connected = await providers.connect();
  const provider = connected.providers.get(name);
  if (provider === undefined) throw new Error(`${name} is not enabled in this region.`);
  await syncCatalogue(dependencies, provider);
});
