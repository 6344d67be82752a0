import { expect, test } from 'vitest';
import type { OnStage } from './on-stage.ts';
import { orderOf, type SignedWebhook, type Stage } from './stage.ts';

const reference = '41111111-2222-8333-8444-555555555501';

/** A webhook is a hint, and only one that the provider signed. */
export function certifyWebhooks(onStage: OnStage): void {
  const withOrder: WithOrder = (act) => () =>
    onStage(async (stage) => {
      await stage.provider.placeOrder(orderOf(stage, reference));
      await act(stage);
    });
  certifyGoodOnes(withOrder);
  certifyForgeries(withOrder);
}

/** Each case on a stage that has one order. */
type WithOrder = (act: (stage: Stage) => Promise<void>) => () => Promise<void>;

function certifyGoodOnes(withOrder: WithOrder): void {
  for (const about of ['order', 'reward'] as const) {
    test(
      `one about an ${about} leads to our reference`,
      withOrder(async (stage) => {
        const reading = stage.provider.readWebhook(stage.webhook(about, reference));
        expect(reading.kind).toBe(about);
        expect(await stage.provider.referenceOf(reading)).toBe(reference);
      }),
    );
  }

  test(
    'the same one again has the same id',
    withOrder(async (stage) => {
      const webhook = stage.webhook('order', reference);
      const first = stage.provider.readWebhook(webhook);
      expect(first).toHaveProperty('webhookId');
      expect(stage.provider.readWebhook(webhook)).toEqual(first);
    }),
  );

  test(
    'header names may come in any case',
    withOrder(async (stage) => {
      const { headers, rawBody } = stage.webhook('order', reference);
      const shouted = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]);
      const reading = stage.provider.readWebhook({ headers: Object.fromEntries(shouted), rawBody });
      expect(reading.kind).toBe('order');
    }),
  );

  test(
    'one of an unknown kind is ignored and names nothing',
    withOrder(async (stage) => {
      const reading = stage.provider.readWebhook(stage.webhook('nothing', reference));
      expect(reading.kind).toBe('ignored');
      expect(await stage.provider.referenceOf(reading)).toBeUndefined();
    }),
  );

  test(
    'one that cannot be followed now is worth trying again',
    withOrder(async (stage) => {
      const reading = stage.provider.readWebhook(stage.webhook('order', reference));
      stage.setTrouble('serverError');
      await expect(stage.provider.referenceOf(reading)).rejects.toThrow();
      stage.setTrouble('none');
      expect(await stage.provider.referenceOf(reading)).toBe(reference);
    }),
  );
}

const forgeries: Readonly<Record<string, (stage: Stage) => SignedWebhook>> = {
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
        const reading = stage.provider.readWebhook(forge(stage));
        expect(reading).toEqual({ kind: 'refused' });
        expect(await stage.provider.referenceOf(reading)).toBeUndefined();
      }),
    );
  }
}
