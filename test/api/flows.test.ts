import { describe, expect, it } from 'vitest';
import { systemRandomness } from '../../shared/adapters/system.ts';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { fanOut } from '../../shared/app/webhooks/send-webhooks.ts';
import { problem } from '../../shared/contracts/api/views.ts';
import { busEventTypes } from '../../shared/domain/bus-event.ts';
import { delivery } from '../support/deliveries.ts';
import { sampleProgram } from '../support/sample-program.ts';
import { exampleProgram } from './play-examples.ts';
import { claimsOf } from './request.ts';
import { createStage, type Stage } from './stage.ts';

const program = '/v1/programs/{program}';
const member = `${program}/members/{member}`;
const path = { member: 'ann' };
const ann = { member: 'ann', country: 'GB', email: 'ann@example.com', name: 'Ann' };

function stageOf(): Stage {
  return createStage(exampleProgram());
}

describe('enrolling', () => {
  it('is one enrolment however often it is asked for under its key', async () => {
    const stage = stageOf();
    const asked = { route: `POST ${program}/members`, key: 'k', body: ann };
    const first = await stage.call(asked);
    const before = stage.books();
    const again = await stage.call(asked);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(stage.books()).toBe(before);
  });

  it('keeps the address sealed, and compares it where the key comes again', async () => {
    const stage = stageOf();
    const asked = { route: `POST ${program}/members`, key: 'k', body: ann };
    await stage.call(asked);
    expect(stage.books()).not.toContain('ann@example.com');
    const other = await stage.call({ ...asked, body: { ...ann, email: 'other@example.com' } });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } });
  });

  it('adds the contact of somebody whom the bus has enrolled, and 200 says so', async () => {
    const stage = stageOf();
    const { email: _, name: __, ...bare } = ann;
    await stage.call({ route: `POST ${program}/members`, key: 'k1', body: bare });
    const next = await stage.call({ route: `POST ${program}/members`, key: 'k2', body: bare });
    expect(next.status).toBe(200);
  });
});

describe('a member', () => {
  const asked = { route: `GET ${member}`, path };

  it('whom nobody has enrolled is told apart from nobody', async () => {
    const stage = stageOf();
    const before = await stage.call(asked);
    expect(before).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MEMBER' } });
    await accrue(stage.world.dependencies, [delivery()]);
    const unenrolled = { status: 200, body: { member: 'ann', enrolled: false } };
    expect(await stage.call(asked)).toMatchObject(unenrolled);
    const { body } = await stage.call(asked);
    expect(Object.keys(body as object)).toEqual(['member', 'enrolled']);
    await stage.call({ route: `POST ${program}/members`, key: 'k', body: ann });
    expect(await stage.call(asked)).toMatchObject({ body: { enrolled: true, country: 'GB' } });
  });

  it('of whom only preferences are kept is not nobody either', async () => {
    const stage = stageOf();
    const body = { language: 'de', email: ann.email };
    await stage.call({ route: `PUT ${member}/preferences`, path, body });
    expect((await stage.call(asked)).body).toEqual({ member: 'ann', enrolled: false });
  });
});

it('a price that is beyond a member says by how much', async () => {
  const stage = stageOf();
  const body = { rewardId: 'gift-card-gbp', amountMinor: 1000, currency: 'GBP', country: 'GB' };
  const quoted = await stage.call({ route: `POST ${member}/quotes`, path, key: 'q', body });
  expect(quoted).toMatchObject({ status: 201, body: { affordable: false, shortBy: '1000' } });
  const { quote } = quoted.body as { quote: string };
  const seen = { route: `GET ${member}/quotes/{quote}`, path: { ...path, quote } };
  expect((await stage.call(seen)).body).toEqual(quoted.body);
  await accrue(stage.world.dependencies, [delivery()]);
  const later = await stage.call(seen);
  expect(later.body).toMatchObject({ affordable: true });
  expect(later.body).not.toHaveProperty('shortBy');
});

it('a limit that is met is a problem that names it', async () => {
  const limits = [{ id: 'weekly', unit: 'PTS', window: 'week', maximumTimes: 1 }];
  const { redemption } = exampleProgram();
  const stage = createStage(sampleProgram({ redemption: { ...redemption, limits } }));
  await accrue(stage.world.dependencies, [delivery({ amountMinor: 1_000_000 })]);
  const card = { rewardId: 'gift-card-gbp', amountMinor: 500, currency: 'GBP', country: 'GB' };
  const body = { ...card, email: ann.email };
  const ask = (key: string) => stage.call({ route: `POST ${member}/redemptions`, path, key, body });
  expect((await ask('k1')).status).toBe(202);
  const refused = await ask('k2');
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'LIMIT_REACHED',
      limits: [
        { limit: 'weekly', unit: 'PTS', window: 'week', timesLeft: '0', resetsOn: '2026-06-22' },
      ],
    },
  });
  expect(problem.safeParse(refused.body).error).toBeUndefined();
});

describe('preferences', () => {
  const put = (stage: Stage, body: object) =>
    stage.call({ route: `PUT ${member}/preferences`, path, body });

  it('change what is named, and null takes away', async () => {
    const stage = stageOf();
    await put(stage, { language: 'de', off: ['choice'], saved: ['a', 'b'], email: ann.email });
    const { body } = await put(stage, { quietHours: { from: '22:00', to: '07:00' }, saved: ['b'] });
    expect(body).toEqual({
      ...{ language: 'de', off: ['choice'], saved: ['b'], consents: {}, email: 'kept' },
      quietHours: { from: '22:00', to: '07:00' },
    });
    const gone = await put(stage, { language: null, quietHours: null, email: null });
    expect(gone.body).toEqual({ off: ['choice'], saved: ['b'], consents: {}, email: 'none' });
  });

  it('keep the name beside a new address, and write to one that had bounced again', async () => {
    const stage = stageOf();
    await put(stage, { email: ann.email, name: 'Ann' });
    const { contacts } = stage.shared;
    const known = await contacts.read({ program: 'online-retail', member: 'ann' });
    if (known === undefined) throw new Error('Nothing is kept.');
    const bouncedAt = stage.world.clock.now();
    await contacts.put({ ...known, bouncedAt, version: known.version + 1 });
    expect((await put(stage, { off: [] })).body).toMatchObject({ email: 'bounced' });
    expect((await put(stage, { email: 'new@example.com' })).body).toMatchObject({ email: 'kept' });
    const next = await contacts.read({ program: 'online-retail', member: 'ann' });
    const context = { program: 'online-retail', redemption: 'ann', field: 'contact' } as const;
    const opened = await stage.shared.sealer.open(context, next?.sealed ?? '');
    expect(JSON.parse(opened.reveal())).toEqual({ email: 'new@example.com', name: 'Ann' });
  });

  it('save a reward for whoever has to be told of it', async () => {
    const stage = stageOf();
    await put(stage, { saved: ['gift-card-gbp'] });
    expect(await interestedIn(stage)).toEqual(['ann saved']);
    await put(stage, { saved: [] });
    expect(await interestedIn(stage)).toEqual([]);
  });
});

async function interestedIn({ shared }: Stage): Promise<string[]> {
  const found: string[] = [];
  for await (const each of shared.quotes.interested('online-retail', 'gift-card-gbp')) {
    found.push(`${each.member} ${each.kind}`);
  }
  return found;
}

describe('events', () => {
  it('are told to the bus as they came; of a batch those that are good', async () => {
    const stage = stageOf();
    const event = {
      ...{ id: 'e-1', source: 'shop', type: 'order.placed', member: 'ann', amountMinor: 100 },
      ...{ occurredAt: '2026-06-15T11:00:00Z', currency: 'GBP' },
    };
    const bad = { ...event, id: 'e-2', currency: 'XXX' };
    const command = { id: 'c-1', source: 'shop', type: 'member.enrolled', member: 'ann', data: {} };
    const body = { events: [event, bad, command, 'nothing', null] };
    const reply = await stage.call({ route: `POST ${program}/events`, body });
    expect(reply).toMatchObject({
      status: 202,
      body: {
        results: [
          { id: 'e-1', outcome: 'accepted' },
          { id: 'e-2', outcome: 'refused', problem: { code: 'UNKNOWN_CURRENCY', status: 400 } },
          { id: 'c-1', outcome: 'refused', problem: { code: 'COMMAND_NOT_TAKEN' } },
          { outcome: 'refused', problem: { code: 'MALFORMED_JSON' } },
          { outcome: 'refused', problem: { code: 'MALFORMED_JSON' } },
        ],
      },
    });
    const detail = { program: 'online-retail', event };
    expect(stage.world.published).toEqual([{ type: busEventTypes.customerEvent, detail }]);
  });
});

describe('webhooks', () => {
  const body = { url: 'https://shop.example/hook', types: ['redemption.*'] };
  const add = (stage: Stage, key: string, parts = {}) =>
    stage.call({ route: `POST ${program}/webhooks`, key, body: { ...body, ...parts } });

  it('tell their secret once', async () => {
    const stage = stageOf();
    const first = await add(stage, 'k');
    expect(first).toMatchObject({
      status: 201,
      body: { secret: expect.stringMatching(/^whsec_/) },
    });
    const again = await add(stage, 'k');
    expect(again.status).toBe(200);
    expect(again.body).not.toHaveProperty('secret');
    const conflict = await add(stage, 'k', { types: ['tier.*'] });
    expect(conflict).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } });
  });

  it('are twenty at most', async () => {
    const stage = stageOf();
    for (let at = 0; at < 20; at += 1) expect((await add(stage, `k${at}`)).status).toBe(201);
    const more = await add(stage, 'one-more');
    expect(more).toMatchObject({ status: 422, body: { code: 'TOO_MANY_WEBHOOKS' } });
  });

  it('send again what they have sent in a period', async () => {
    const stage = stageOf();
    const { clock, digest, logger, sealer, subscriptions, webhookQueue } = stage.shared;
    const { body: added } = await add(stage, 'k');
    const { webhook } = added as { webhook: string };
    const poster = { post: async () => ({ kind: 'unreachable' }) as const };
    const dependencies = { clock, digest, logger, sealer, subscriptions, webhookQueue, poster };
    const detail = { program: 'online-retail', member: 'ann' };
    const told = { type: 'redemption.settled.v1', at: clock.now(), detail };
    await fanOut({ ...dependencies, randomness: systemRandomness }, told);
    const replay = (from: string, to: string) =>
      stage.call({
        ...{ route: `POST ${program}/webhooks/{webhook}/replay`, path: { webhook } },
        body: { from, to },
      });
    const period = await replay('2026-06-15T00:00:00Z', '2026-06-16T00:00:00Z');
    expect(period).toMatchObject({ status: 202, body: { queued: 1 } });
    const before = await replay('2026-06-14T00:00:00Z', '2026-06-15T00:00:00Z');
    expect(before).toMatchObject({ status: 202, body: { queued: 0 } });
  });
});

it('a member sees their own redemption only', async () => {
  const stage = stageOf();
  const claims = claimsOf('member', 'bob');
  const reply = await stage.call({ route: `GET ${member}/balance`, path, claims });
  expect(reply.status).toBe(403);
});
