import { expect, test } from 'vitest';
import { type Cases, expectRewarded, lookUp, place } from './on-stage.ts';
import { orderOf } from './stage.ts';

const reference = '31111111-2222-8333-8444-555555555501';
const next = '31111111-2222-8333-8444-555555555502';

/** Whether a reference is good for another try once a call under it has come to nothing. */
export function certifyKeptErrors(cases: Cases): void {
  const { replaysErrors } = cases.harness.capabilities;
  for (const trouble of cases.those('outOfFunds')) {
    test(`after ${trouble} ${replaysErrors ? 'only a new' : 'the same'} reference helps`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        const refused = await place(stage, reference);
        expect(refused).toMatchObject({ kind: 'rejected', reason: 'waitForFunds' });
        stage.setTrouble('none');
        if (replaysErrors) {
          expect(await place(stage, reference)).toEqual(refused);
          expect(stage.rewardsIssued()).toBe(0);
        }
        const good = replaysErrors ? next : reference;
        await expectRewarded(stage, good, await place(stage, good));
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }
  if (replaysErrors) certifyReplays(cases);
  else if (cases.those('outOfFunds').length === 0 && cases.has('key')) certifyRefusedKey(cases);
}

function certifyRefusedKey(cases: Cases): void {
  test('after a refused key the same reference helps', () =>
    cases.onStage(async (stage) => {
      const refused = await stage.mistaken.placeOrder(orderOf(stage, reference));
      expect(refused).toMatchObject({ kind: 'rejected', reason: 'configuration' });
      await expectRewarded(stage, reference, await place(stage, reference));
      expect(stage.rewardsIssued()).toBe(1);
    }));
}

const tries = Array.from({ length: 6 }, (_, index) => reference.replace(/01$/, `1${index}`));

function certifyReplays(cases: Cases): void {
  test('keptError: unknown as often as it is said, and only a look-up tells what it means', () =>
    cases.onStage(async (stage) => {
      stage.setTrouble('keptError');
      for (const each of tries) expect((await place(stage, each)).kind).toBe('unknown');
      stage.setTrouble('none');
      const issued = stage.rewardsIssued();
      const absent: string[] = [];
      for (const each of tries) {
        expect((await place(stage, each)).kind).toBe('unknown');
        const found = await lookUp(stage, each);
        if (found.kind === 'notFound') absent.push(each);
        else await expectRewarded(stage, each, found);
      }
      expect(stage.rewardsIssued()).toBe(issued);
      expect(issued + absent.length).toBe(tries.length);
      await expectRewarded(stage, next, await place(stage, next));
    }));
}
