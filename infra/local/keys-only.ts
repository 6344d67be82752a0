import { localRegion } from '../regions.ts';
import { clientEnvironment } from './client-environment.ts';
import { LocalRuntimeError } from './failure.ts';
import { planLocalStack } from './local-plan.ts';
import { startKeys } from './local-secrets.ts';
import { serveServices } from './stand-ins/services.ts';

export interface KeysOnly {
  readonly clientEnvironment: Readonly<Record<string, string>>;
  readonly dataKeyArn: string;
  stop(): Promise<void>;
}

/**
 * The stand-in of KMS alone, on the keys of a state that this process holds: what is sealed here
 * opens in the functions, and the other way round.
 */
export async function startKeysOnly(stateDirectory: string): Promise<KeysOnly> {
  const plan = await planLocalStack();
  const [dataKey] = plan.keys;
  if (dataKey === undefined) {
    throw new LocalRuntimeError('SYNTH_FAILED', 'The stack has no key to seal with.');
  }
  const { operations } = startKeys(plan, stateDirectory);
  const server = await serveServices(operations, () => undefined);
  const nowhere = { region: localRegion.region, dynamodb: server.origin };
  return {
    clientEnvironment: clientEnvironment({ ...nowhere, services: server.origin }),
    dataKeyArn: dataKey.arn,
    stop: () => server.stop(),
  };
}
