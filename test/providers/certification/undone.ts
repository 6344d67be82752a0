import { expect, test } from 'vitest';
import { instantOf } from '../../../shared/domain/time.ts';
import type { RewardProvider, UndoneHint } from '../../../shared/ports/provider.ts';
import { type Cases, collected, place, placeDecided } from './on-stage.ts';
import type { Played } from './stage.ts';

const reference = '91111111-2222-8333-8444-555555555501';
const dayMs = 86_400_000;
/** More than fit on a page of the books. */
const manyOrders = 12;

/** What a provider's books say of money that came back, where no webhook tells of it. */
export function certifyUndone(cases: Cases): void {
  const { namings } = cases.harness;
  if (namings === undefined) {
    test('every return is told by a webhook, or found by who looks an order up', () =>
      cases.onStage(async ({ provider }) => {
        expect(provider.undone).toBeUndefined();
      }));
    return;
  }
  for (const naming of namings) certifyNaming(cases, naming);
  certifyUnnamed(cases);
  certifySilence(cases);
}

function hintsOf(
  stage: Played,
  { fromMs = -dayMs, toMs = dayMs } = {},
  { undone } = stage.provider as RewardProvider,
): Promise<readonly UndoneHint[]> {
  const [from, to] = [instantOf(stage.now() + fromMs), instantOf(stage.now() + toMs)];
  return collected(undone?.({ from, to }) ?? none());
}

async function* none(): AsyncGenerator<never> {}

function otherReference(number: number): string {
  return reference.slice(0, -2) + number.toString(16).padStart(2, '0');
}

function certifyNaming(cases: Cases, naming: string): void {
  test(`named by ${naming}: what came back is told under its reference, and nothing else`, () =>
    cases.onStage(async (stage) => {
      stage.setNaming?.(naming);
      await placeDecided(stage, otherReference(2));
      await placeDecided(stage, reference);
      expect(await hintsOf(stage)).toEqual([]);
      stage.undo(reference);
      expect(await hintsOf(stage)).toMatchObject([{ kind: 'reference', reference }]);
    }));

  test(`named by ${naming}: months after it was paid it is told as well`, () =>
    cases.onStage(async (stage) => {
      stage.setNaming?.(naming);
      await placeDecided(stage, reference);
      stage.pass(150 * dayMs);
      stage.undo(reference);
      stage.pass(dayMs / 2);
      expect(await hintsOf(stage)).toMatchObject([{ kind: 'reference', reference }]);
    }));
}

function certifyUnnamed({ onStage }: Cases): void {
  test('what nothing leads from is told as such, with an id of the provider', () =>
    onStage(async (stage) => {
      stage.setNaming?.('nothing');
      await placeDecided(stage, reference);
      stage.undo(reference);
      const hints = await hintsOf(stage);
      expect(hints).toMatchObject([{ kind: 'unnamed' }]);
      expect(hints[0]?.webhookId).toMatch(/^\w+$/);
    }));

  test('each return has an id of its own, and all of a long list are told', () =>
    onStage(async (stage) => {
      for (let number = 2; number <= manyOrders; number += 1) {
        await place(stage, otherReference(number));
      }
      await placeDecided(stage, reference);
      for (let number = 1; number <= manyOrders; number += 1) stage.undo(otherReference(number));
      const hints = await hintsOf(stage);
      expect(new Set(hints.map(({ webhookId }) => webhookId)).size).toBe(manyOrders);
    }));

  test('another period tells other returns', () =>
    onStage(async (stage) => {
      await placeDecided(stage, reference);
      stage.undo(reference);
      expect(await hintsOf(stage, { fromMs: -3 * dayMs, toMs: -2 * dayMs })).toEqual([]);
      stage.pass(100 * dayMs);
      expect(await hintsOf(stage, { fromMs: -120 * dayMs })).toHaveLength(1);
    }));
}

function certifySilence({ onStage, those }: Cases): void {
  const troubles = those('breaksOff', 'serverError', 'rateLimit', 'page', 'emptyObject');
  for (const trouble of [...troubles, ...those('lostAnswer', 'truncated')]) {
    test(`books that meet ${trouble} do not say that nothing came back`, () =>
      onStage(async (stage) => {
        for (let number = 2; number <= manyOrders; number += 1) {
          await place(stage, otherReference(number));
        }
        await placeDecided(stage, reference);
        for (let number = 1; number <= manyOrders; number += 1) stage.undo(otherReference(number));
        stage.setTrouble(trouble);
        await expect(hintsOf(stage)).rejects.toThrow('could not be read');
      }));
  }

  test('with a refused key nothing is said', () =>
    onStage(async (stage) => {
      const { mistaken } = stage;
      await expect(hintsOf(stage, {}, mistaken)).rejects.toThrow('could not be read');
    }));
}
