import { describe, expect, test } from 'vitest';
import { systemDigest } from '../../../../../shared/adapters/crypto.ts';
import { createMemorySubscriptions } from '../../../../../shared/adapters/memory/subscriptions.ts';
import { attemptDelivery, fanOut } from '../../../../../shared/app/webhooks/send-webhooks.ts';
import {
  replayWebhooks,
  subscribe,
} from '../../../../../shared/app/webhooks/webhook-subscriptions.ts';
import { webhookTaskSchema } from '../../../../../shared/contracts/webhook-tasks.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import {
  addMs,
  formatInstant,
  type Instant,
  instantOf,
} from '../../../../../shared/domain/time.ts';
import type { PostOutcome } from '../../../../../shared/ports/webhooks.ts';

const start = instantOf(Date.UTC(2026, 3, 1));
const program = 'online-retail';

/** Everything but the clock of one address: what it answers, and what it was sent. */
function stage() {
  let now: Instant = start;
  let answer: PostOutcome = { kind: 'answered', status: 200 };
  const posted: { readonly id: string; readonly body: string }[] = [];
  const queued: { body: Readonly<Record<string, unknown>>; due: Instant }[] = [];
  const logged: string[] = [];
  const log = (code: string) => void logged.push(code);
  const dependencies = {
    clock: { now: () => now },
    digest: systemDigest,
    logger: { info: log, warn: log, error: log },
    randomness: { next: () => 0 },
    sealer: {
      seal: async (_: unknown, value: Secret) => `sealed:${value.reveal()}`,
      open: async (_: unknown, sealed: string) => new Secret(sealed.slice('sealed:'.length)),
    },
    subscriptions: createMemorySubscriptions(),
    poster: {
      post: async ({ id, body }: { id: string; body: string }) => {
        posted.push({ id, body });
        return answer;
      },
    },
    webhookQueue: {
      send: async (message: { body: Readonly<Record<string, unknown>>; delaySeconds?: number }) => {
        const due = addMs(now, (message.delaySeconds ?? 0) * 1000);
        queued.push({ body: message.body, due });
      },
    },
  };
  /** Lets time pass up to `until`, trying what falls due. */
  const run = async (until: Instant) => {
    for (;;) {
      queued.sort((left, right) => left.due - right.due);
      if (queued[0] === undefined || queued[0].due > until) return;
      const { body, due } = queued.shift() ?? { body: {}, due: until };
      now = due > now ? due : now;
      const task = webhookTaskSchema.parse(body);
      if (task.kind === 'attempt') await attemptDelivery(dependencies, task.task);
    }
  };
  const answerWith = (next: PostOutcome) => {
    answer = next;
  };
  return { dependencies, posted, queued, logged, run, answerWith, now: () => now };
}

const event = (redemption: string) => ({
  type: 'redemption.settled.v1',
  at: start,
  detail: { program, member: 'm-1', redemption, outcome: 'captured' },
});

async function subscribed(types: readonly string[] = ['redemption.*']) {
  const world = stage();
  const secret = new Secret('whsec_c2VjcmV0');
  const url = 'https://shop.example/hooks';
  const asked = { program, id: 'shop', url, types, secret };
  await subscribe(world.dependencies, asked);
  return world;
}

const later = (hours: number) => addMs(start, hours * 3_600_000);

describe('webhooks to integrators', () => {
  test('are sent once for an event that is told twice', async () => {
    const { dependencies, posted, run } = await subscribed();
    await fanOut(dependencies, event('r-1'));
    await fanOut(dependencies, event('r-1'));
    await run(later(48));
    expect(posted).toHaveLength(1);
    expect(JSON.parse(posted[0]?.body ?? '')).toEqual({
      type: 'redemption.settled.v1',
      timestamp: formatInstant(start),
      data: event('r-1').detail,
    });
  });

  test('are of the types that were asked for, and of the program', async () => {
    const { dependencies, posted, run } = await subscribed(['points.accrued.v1', 'tier.*']);
    await fanOut(dependencies, event('r-1'));
    await fanOut(dependencies, { ...event('r-1'), type: 'tier.changed.v1' });
    const elsewhere = { ...event('r-2').detail, program: 'another' };
    await fanOut(dependencies, { ...event('r-2'), type: 'tier.changed.v1', detail: elsewhere });
    await run(later(48));
    expect(posted.map(({ body }) => JSON.parse(body).type)).toEqual(['tier.changed.v1']);
  });

  test('are tried again under the same id, ever more seldom, and then given up', async () => {
    const { dependencies, posted, logged, run, answerWith, now } = await subscribed();
    answerWith({ kind: 'unreachable' });
    await fanOut(dependencies, event('r-1'));
    await run(later(100));
    expect(posted).toHaveLength(10);
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    expect(now()).toBeGreaterThan(later(24));
    expect(logged.at(-1)).toBe('WEBHOOK_UNDELIVERED');
  });

  test('are tried again also where a try dies between its two writes', async () => {
    const { dependencies, posted, run, answerWith } = await subscribed();
    answerWith({ kind: 'unreachable' });
    await fanOut(dependencies, event('r-1'));
    const { putDelivery } = dependencies.subscriptions;
    let deaths = 1;
    dependencies.subscriptions.putDelivery = async (delivery) => {
      deaths -= 1;
      if (deaths === 0) throw new Error('killed');
      await putDelivery(delivery);
    };
    await expect(run(later(0))).rejects.toThrow('killed');
    answerWith({ kind: 'answered', status: 200 });
    await run(later(1));
    expect(posted).toHaveLength(2);
  });

  test('reach an address that works again', async () => {
    const { dependencies, posted, run, answerWith } = await subscribed();
    answerWith({ kind: 'answered', status: 503 });
    await fanOut(dependencies, event('r-1'));
    await run(later(1));
    answerWith({ kind: 'answered', status: 204 });
    await run(later(48));
    const count = posted.length;
    expect((await dependencies.subscriptions.list(program))[0]).not.toHaveProperty('failingSince');
    await fanOut(dependencies, event('r-1'));
    await run(later(96));
    expect(posted).toHaveLength(count);
  });

  test('stop where the address says that it is gone', async () => {
    const { dependencies, posted, logged, run, answerWith } = await subscribed();
    answerWith({ kind: 'answered', status: 410 });
    await fanOut(dependencies, event('r-1'));
    await run(later(48));
    await fanOut(dependencies, event('r-2'));
    await run(later(96));
    expect(posted).toHaveLength(1);
    expect(logged).toContain('WEBHOOK_DISABLED');
  });

  test('stop after five days in which nothing was taken', async () => {
    const { dependencies, posted, run, answerWith } = await subscribed();
    answerWith({ kind: 'forbidden' });
    for (let day = 0; day < 7; day += 1) {
      await run(later(day * 24));
      await fanOut(dependencies, event(`r-${day}`));
    }
    await run(later(24 * 20));
    const [subscription] = await dependencies.subscriptions.list(program);
    expect(subscription).toHaveProperty('disabledAt');
    expect(posted.length).toBeLessThan(70);
  });

  test('are sent again by a replay, under the ids that they had', async () => {
    const { dependencies, posted, run } = await subscribed();
    for (const name of ['r-1', 'r-2']) await fanOut(dependencies, event(name));
    await run(later(1));
    const first = posted.map(({ id }) => id);
    const period = { program, subscription: 'shop', from: start, to: later(1) };
    expect(await replayWebhooks(dependencies, period)).toBe(2);
    await run(later(2));
    expect(posted.map(({ id }) => id)).toEqual([...first, ...first]);
    const before = { ...period, from: later(-2), to: start };
    expect(await replayWebhooks(dependencies, before)).toBe(0);
  });
});
