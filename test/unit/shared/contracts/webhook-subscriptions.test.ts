import { expect, it } from 'vitest';
import { busEvents } from '../../../../shared/contracts/api/bus-events.ts';
import { maximumEvents } from '../../../../shared/contracts/event-batch.ts';
import {
  maximumReplayMs,
  readSubscription,
  toldTypes,
} from '../../../../shared/contracts/webhook-subscriptions.ts';
import { refusalSentences } from '../../../../shared/domain/refusal.ts';

it('integrators can ask for what they are told of, by type and by family', () => {
  const told = Object.keys(busEvents).filter((type) => busEvents[type]?.isTold);
  expect(toldTypes).toEqual(told.toSorted());
  const types = [...told, ...told.map((type) => type.replace(/\..*/, '.*'))];
  for (const type of types) {
    const body = { url: 'https://shop.example/hook', types: [type] };
    expect(readSubscription(body, { allowsHttp: false }).ok, type).toBe(true);
  }
});

it('sentences name the bounds that are kept', () => {
  expect(refusalSentences.BATCH_TOO_LARGE).toContain(` ${maximumEvents} events`);
  expect(refusalSentences.REPLAY_TOO_LONG).toContain(` ${maximumReplayMs / 3_600_000} hours`);
});
