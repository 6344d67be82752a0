import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createPublisher } from '../../shared/adapters/aws/publisher.ts';
import { systemRandomness, systemSleeper } from '../../shared/adapters/system.ts';
import type { Publisher } from '../../shared/ports/runtime.ts';
import { readEnvironment } from './environment.ts';

export function composePublisher(): Publisher {
  const { BUS_NAME } = readEnvironment('BUS_NAME');
  const client = new EventBridgeClient({});
  const waits = { sleeper: systemSleeper, randomness: systemRandomness };
  return createPublisher({ client, busName: BUS_NAME, ...waits });
}
