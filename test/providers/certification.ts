import { describe, expect, test } from 'vitest';
import { certifyAmounts } from './certification/amounts.ts';
import { onStageOf } from './certification/on-stage.ts';
import { certifyOnce } from './certification/once.ts';
import { certifyOutcomes } from './certification/outcomes.ts';
import { certifySecrecy } from './certification/secrecy.ts';
import type { Stage } from './certification/stage.ts';
import { certifyWebhooks } from './certification/webhooks.ts';

export interface Harness {
  /** A provider with a stand-in of its own, without orders. */
  start(): Promise<Stage>;
}

/** What a provider adapter has to show before it may spend money. One suite for all of them. */
export function certify(name: string, harness: Harness): void {
  const onStage = onStageOf(harness.start);
  describe(`${name} is certified`, () => {
    test('it states what it can do', () =>
      onStage(async ({ provider }) => {
        expect(provider.name).toBe(name);
        expect(provider.capabilities.findsByReference).toBe(true);
      }));
    certifyOnce(onStage);
    certifyOutcomes(onStage);
    certifyAmounts(onStage);
    certifyWebhooks(onStage);
    certifySecrecy(onStage);
  });
}
