import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type BusEvent, type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { writeAssembly } from './fixture-assembly.ts';
import { folderUntil } from './temporary-folder.ts';

export type Printed = Record<string, unknown>;

export interface FixtureStack {
  readonly stack: LocalStack;
  /** What functions have printed since the test began. */
  readonly printed: Printed[];
  readonly events: BusEvent[];
  /** Settings of an SDK client, by the name of its endpoint's variable. */
  client(service: string): {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Puts events on the bus that the rule matches, for the worker to act on. */
  put(details: readonly object[]): Promise<void>;
  /** Printed records that have this field. */
  of(field: string): Printed[];
}

/** One local stack of the fixture assembly for all the tests of a file. */
export function useFixtureStack(): FixtureStack {
  const folder = folderUntil(afterAll);
  const started: { stack?: LocalStack } = {};
  const printed: Printed[] = [];
  const events: BusEvent[] = [];
  beforeAll(async () => {
    const stack = await startLocalStack({
      assemblyDirectory: writeAssembly(folder),
      clockOffsetMs: 1234,
      secrets: { 'fixture/given': { user: 'u' } },
      log: () => undefined,
    });
    stack.onFunctionLog((_, record) => printed.push(record));
    stack.onBusEvent((event) => events.push(event));
    started.stack = stack;
  }, 60_000);
  afterAll(() => started.stack?.stop(), 30_000);
  beforeEach(() => {
    printed.length = 0;
    events.length = 0;
  });
  const running = (): LocalStack => {
    if (started.stack === undefined) throw new Error('The stack has not started.');
    return started.stack;
  };
  const client: FixtureStack['client'] = (service) => ({
    endpoint: running().clientEnvironment[`AWS_ENDPOINT_URL_${service}`] ?? '',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    get stack() {
      return running();
    },
    ...{ printed, events, client },
    of: (field) => printed.filter((record) => field in record),
    put: async (details) => {
      const EventBusName = running().outputs.BusName;
      const Entries = details.map((detail) => ({
        ...{ EventBusName, Source: 'test', DetailType: 'work', Detail: JSON.stringify(detail) },
      }));
      await new EventBridgeClient(client('EVENTBRIDGE')).send(new PutEventsCommand({ Entries }));
    },
  };
}
