import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, it, onTestFinished } from 'vitest';
import { clientSettings } from '../../infra/cli/client-settings.ts';
import { verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { readProgramFile } from '../../infra/cli/program-file.ts';
import { summariseState } from '../../infra/cli/run/ledger-summary.ts';
import { openSession } from '../../infra/cli/run/session.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { eventLine } from '../support/event-lines.ts';
import { programPath } from '../support/guerdon.ts';

const events = 64;
const deliveries = 3;

it('books each of 64 events of one member once, delivered three times, all at once', async () => {
  const program = await readProgramFile(programPath);
  const asOf = instantOf(Date.UTC(2026, 2, 2));
  const session = await openSession({ program, asOf, log: () => undefined });
  onTestFinished(() => session.close());
  const { stack, table } = session;
  const told: string[] = [];
  stack.onBusEvent((event) => told.push(event['detail-type']));
  const client = new EventBridgeClient(clientSettings(stack.clientEnvironment, 'EVENTBRIDGE'));
  onTestFinished(() => client.destroy());
  const entries = Array.from({ length: events * deliveries }, (_, index) => ({
    EventBusName: stack.outputs.BusName,
    Source: 'test',
    DetailType: 'customer.event.v1',
    Detail: JSON.stringify({
      program: program.program,
      event: eventLine({ id: `e-${index % events}`, member: 'm-1' }),
    }),
  }));
  await Promise.all(
    entries.map((entry) => client.send(new PutEventsCommand({ Entries: [entry] }))),
  );
  await session.drain();
  const state = await summariseState(table.scan, program, asOf);
  expect(state.ledger).toMatchObject({ entries: events, liability: { PTS: String(events * 10) } });
  expect(await stack.deadLetterCount()).toBe(0);
  expect((await verifyLedger(table.scan)).mismatches).toEqual([]);
  expect(new Set(told.filter((type) => type !== 'customer.event.v1'))).toEqual(
    new Set(['points.accrued.v1', 'event.duplicate.v1']),
  );
});
