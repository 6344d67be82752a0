import { describe, expect, it } from 'vitest';
import { readExamples } from '../../infra/cli/contracts/examples.ts';
import { contractFiles, contractText, isUpToDate } from '../../infra/cli/contracts/files.ts';
import { relay } from '../../shared/app/booking/relay.ts';
import { busEvents } from '../../shared/contracts/api/bus-events.ts';
import { operations } from '../../shared/contracts/api/operations.ts';
import { apiRoutes } from '../../shared/contracts/routes.ts';
import { busEventOfEntry, busEventTypes } from '../../shared/domain/bus-event.ts';
import type { PublishedEvent } from '../../shared/ports/runtime.ts';
import { playExamples } from './play-examples.ts';

describe('the files of the contracts', () => {
  it.each(contractFiles)('%s is what the schemas say', async (file) => {
    expect(await isUpToDate(file), '`npm run -s guerdon -- contracts --write`').toBe(true);
  });
});

describe('the description of the API', () => {
  const { paths } = JSON.parse(contractText('openapi.json')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };

  it('has every route that asks for a token, and no other', () => {
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const guarded = apiRoutes.filter(({ scopes }) => scopes !== undefined);
    const expected = guarded.map(({ method, path }) => `${method} ${path}`);
    expect(described.toSorted()).toEqual(expected.toSorted());
    expect(Object.keys(operations).toSorted()).toEqual(expected.toSorted());
  });

  it('names each operation once', () => {
    const ids = Object.values(operations).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('points to nothing that is not there', () => {
    const text = contractText('openapi.json');
    const document = JSON.parse(text) as { components: Record<string, Record<string, unknown>> };
    for (const [, group = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(document.components[group], `${group} ${name}`).toHaveProperty(name);
    }
  });
});

describe('the description of the bus', () => {
  it('has every type that there is', () => {
    const types = [...Object.values(busEventTypes), ...Object.values(busEventOfEntry)];
    expect(new Set(Object.keys(busEvents))).toEqual(new Set(types));
  });

  it('fits everything that is told', async () => {
    const { stage } = await playExamples(readExamples());
    const told: PublishedEvent[] = [...stage.world.published];
    const publisher = {
      async publish(events: readonly PublishedEvent[]) {
        told.push(...events);
      },
    };
    const { table } = stage.world;
    const held = [...table.holds.values()].map(({ entry }) => entry);
    const settled = [...table.settlements.values()].flat().map(({ entry }) => entry);
    const paid = [...table.payments.values()].map(({ entry }) => entry);
    await relay(publisher, [...table.entries.values(), ...held, ...settled, ...paid]);
    const types = new Set(told.map(({ type }) => type));
    expect([...types].toSorted()).toEqual([
      ...['choice.offered.v1', 'customer.event.v1', 'member.changed.v1', 'points.accrued.v1'],
      ...['redemption.paid.v1', 'redemption.requested.v1', 'redemption.reviewed.v1'],
      'redemption.settled.v1',
    ]);
    for (const { type, detail } of told) {
      const found = busEvents[type]?.detail.safeParse(detail).error?.issues;
      expect(found, `${type} ${JSON.stringify(detail)}`).toBeUndefined();
    }
  });
});
