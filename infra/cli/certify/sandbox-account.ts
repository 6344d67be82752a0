import * as z from 'zod';
import { payoutAdapters } from '../../../shared/adapters/providers/payout-registry.ts';
import { providerAdapter } from '../../../shared/adapters/providers/registry.ts';
import { machineClock } from '../../../shared/adapters/system.ts';
import type { RewardProvider } from '../../../shared/ports/provider.ts';
import { UsageError } from '../exit.ts';

/** Where each provider lets one order with money that is none. */
const sandboxHosts: ReadonlyMap<string, string> = new Map([
  ['tremendous', 'testflight.tremendous.com'],
  ['runa', 'playground.runa.io'],
  ['tango', 'integration-api.tangocard.com'],
  ['reloadly', 'giftcards-sandbox.reloadly.com'],
  ['paypal-payouts', 'api-m.sandbox.paypal.com'],
  ['wise', 'api.wise-sandbox.com'],
]);

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A sandbox is slower than what it stands for, and a catalogue may be long. */
const timeoutMs = 60_000;

export const secretVariable = 'GUERDON_CERTIFY_SECRET';

const addressSchema = z.object({ baseUrl: z.url() });

/**
 * The provider with the credentials of a sandbox. Throws `UsageError`, which quotes nothing of the
 * secret, where there are none or where an order would cost real money.
 */
export function openSandbox(name: string, secretJson: string | undefined): RewardProvider {
  const host = sandboxHosts.get(name);
  if (host === undefined) throw new UsageError(`${name} has no sandbox; leave out --sandbox.`);
  if (secretJson === undefined || secretJson === '') {
    throw new UsageError(
      `--sandbox needs the credentials of an account of the ${name} sandbox: set ` +
        `${secretVariable} to the JSON of the account's secret.`,
    );
  }
  const secret = parsed(secretJson);
  const address = addressSchema.safeParse(secret);
  if (!address.success) {
    throw new UsageError(`${secretVariable} is not the JSON of a secret with a baseUrl.`);
  }
  const { hostname } = new URL(address.data.baseUrl);
  if (hostname !== host && !loopbackHost.test(hostname)) {
    throw new UsageError(`The baseUrl in ${secretVariable} is not on ${host}: nothing was sent.`);
  }
  try {
    const adapter = payoutAdapters.get(name) ?? providerAdapter(name);
    return adapter.open(secret, { clock: machineClock, timeoutMs });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The secret is refused.');
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
