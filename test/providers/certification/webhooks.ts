import { expect, test } from 'vitest';
import { instantOf } from '../../../shared/domain/time.ts';
import type { WebhookReading } from '../../../shared/ports/provider.ts';
import { type Cases, place } from './on-stage.ts';
import type { Played, SignedWebhook } from './stage.ts';

const reference = '41111111-2222-8333-8444-555555555501';

/** A webhook is a hint, and only one that the provider signed. */
export function certifyWebhooks(cases: Cases): void {
  const withOrder: WithOrder = (act) => () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      await act(stage);
    });
  if (!cases.harness.capabilities.sendsWebhooks) {
    test('nothing that comes in is a webhook of a provider that sends none', () =>
      cases.onStage(async (stage) => {
        const rawBody = Buffer.from('{"id":"1"}');
        expect(read(stage, { headers: {}, rawBody })).toEqual({ kind: 'refused' });
      }));
    return;
  }
  certifyGoodOnes(cases, withOrder);
  certifyForgeries(withOrder);
  certifyAge(cases, withOrder);
}

/** Each case on a stage that has one order. */
type WithOrder = (act: (stage: Played) => Promise<void>) => () => Promise<void>;

function read(stage: Played, webhook: SignedWebhook, sinceMs = 0): WebhookReading {
  return stage.provider.readWebhook(webhook, instantOf(stage.now() + sinceMs));
}

/** What it names may be our own reference, or something that leads to it. */
async function followed(stage: Played, reading: WebhookReading): Promise<string | undefined> {
  return reading.kind === 'reference' ? reading.reference : stage.provider.referenceOf(reading);
}

function certifyGoodOnes({ harness }: Cases, withOrder: WithOrder): void {
  for (const about of harness.webhooksAbout ?? (['order', 'reward'] as const)) {
    test(
      `one about an ${about} leads to our reference`,
      withOrder(async (stage) => {
        const reading = read(stage, stage.webhook(about, reference));
        expect(['order', 'reward', 'reference']).toContain(reading.kind);
        expect(await followed(stage, reading)).toBe(reference);
      }),
    );
  }

  test(
    'the same one again has the same id',
    withOrder(async (stage) => {
      const webhook = stage.webhook('order', reference);
      const first = read(stage, webhook);
      expect(first).toHaveProperty('webhookId');
      expect(read(stage, webhook)).toEqual(first);
    }),
  );

  test(
    'header names may come in any case',
    withOrder(async (stage) => {
      const { headers, rawBody } = stage.webhook('order', reference);
      const shouted = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]);
      const reading = read(stage, { headers: Object.fromEntries(shouted), rawBody });
      expect(reading).toEqual(read(stage, { headers, rawBody }));
      expect(await followed(stage, reading)).toBe(reference);
    }),
  );

  test(
    'one of an unknown kind is ignored and names nothing',
    withOrder(async (stage) => {
      const reading = read(stage, stage.webhook('nothing', reference));
      expect(reading.kind).toBe('ignored');
      expect(await stage.provider.referenceOf(reading)).toBeUndefined();
    }),
  );

  test(
    'one that cannot be followed now is worth trying again',
    withOrder(async (stage) => {
      const reading = read(stage, stage.webhook('order', reference));
      stage.setTrouble('serverError');
      const attempt = followed(stage, reading);
      if (reading.kind === 'reference') expect(await attempt).toBe(reference);
      else await expect(attempt).rejects.toThrow('could not be read');
      stage.setTrouble('none');
      expect(await followed(stage, reading)).toBe(reference);
    }),
  );
}

const forgeries: Readonly<Record<string, (stage: Played) => SignedWebhook>> = {
  'signed by another': (stage) => stage.forgedWebhook(reference),
  'not signed': (stage) => ({ ...stage.webhook('order', reference), headers: {} }),
  'with one byte more': (stage) => {
    const { headers, rawBody } = stage.webhook('order', reference);
    return { headers, rawBody: Buffer.concat([rawBody, Buffer.from(' ')]) };
  },
  'with the signature of another body': (stage) => {
    const { headers } = stage.webhook('nothing', reference);
    return { headers, rawBody: stage.webhook('order', reference).rawBody };
  },
  'with a signature cut short': (stage) => {
    const { headers, rawBody } = stage.webhook('order', reference);
    const cut = Object.entries(headers).map(([name, value]) => [name, value.slice(0, -1)]);
    return { headers: Object.fromEntries(cut), rawBody };
  },
};

function certifyForgeries(withOrder: WithOrder): void {
  for (const [what, forge] of Object.entries(forgeries)) {
    test(
      `one ${what} is refused`,
      withOrder(async (stage) => {
        const reading = read(stage, forge(stage));
        expect(reading).toEqual({ kind: 'refused' });
        expect(await stage.provider.referenceOf(reading)).toBeUndefined();
      }),
    );
  }
}

/** Where the provider signs a time: an old one that somebody kept is worth nothing. */
function certifyAge({ harness }: Cases, withOrder: WithOrder): void {
  const { replayWindowMs, clockSkewMs = replayWindowMs } = harness;
  if (replayWindowMs === undefined || clockSkewMs === undefined) return;
  test(
    'one that is too old, or from the time to come, is refused',
    withOrder(async (stage) => {
      const webhook = stage.webhook('order', reference);
      const allowance = 1_000;
      for (const sinceMs of [replayWindowMs + allowance, -clockSkewMs - allowance]) {
        expect(read(stage, webhook, sinceMs)).toEqual({ kind: 'refused' });
      }
      for (const sinceMs of [replayWindowMs - allowance, 0, allowance - clockSkewMs]) {
        expect(read(stage, webhook, sinceMs).kind).not.toBe('refused');
      }
    }),
  );
}
