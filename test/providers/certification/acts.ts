import { expect, test } from 'vitest';
import type { ActOutcome, RewardProvider } from '../../../shared/ports/provider.ts';
import { type Cases, expectRewarded, lookUp, placeDecided } from './on-stage.ts';
import { canaryEmail, type Played, rewardOf } from './stage.ts';

const reference = '81111111-2222-8333-8444-555555555501';

type Act = (provider: RewardProvider, providerOrder: string) => Promise<ActOutcome>;

const acts: Readonly<Record<'resend' | 'cancel', Act>> = {
  resend: (provider, providerOrder) =>
    provider.resend({ reference, providerOrder, recipientEmail: canaryEmail }),
  cancel: (provider, providerOrder) => provider.cancel({ reference, providerOrder }),
};

/** Sent again, or taken back: never a second reward, and nothing claimed that was not done. */
export function certifyActs(cases: Cases): void {
  const { resends, cancels } = cases.harness.capabilities;
  for (const [name, isOffered] of [
    ['resend', resends],
    ['cancel', cancels],
  ] as const) {
    if (isOffered) certifyAct(cases, name);
    else {
      test(`${name} is not offered, and says so`, () =>
        cases.onStage(async (stage) => {
          const outcome = await acts[name](stage.provider, await placedOn(stage));
          expect(outcome).toEqual({ kind: 'refused', detail: 'NOT_OFFERED' });
          expect(rewardOf(await lookUp(stage, reference))).not.toBe('(rejected)');
        }));
    }
  }
}

async function placedOn(stage: Played): Promise<string> {
  const outcome = await placeDecided(stage, reference);
  return outcome.kind === 'accepted' ? outcome.providerOrder : `(${outcome.kind})`;
}

function certifyAct(cases: Cases, name: keyof typeof acts): void {
  test(`${name} of a delivered order does what it says`, () =>
    cases.onStage(async (stage) => {
      const outcome = await acts[name](stage.provider, await placedOn(stage));
      expect(outcome.kind).not.toBe('unknown');
      const found = await lookUp(stage, reference);
      if (name === 'cancel' && outcome.kind === 'done') {
        expect(found).toMatchObject({ kind: 'rejected', reason: 'permanent' });
        expect(stage.rewardsIssued()).toBe(0);
      } else {
        await expectRewarded(stage, reference, found);
        expect(stage.rewardsIssued()).toBe(1);
      }
    }));

  test(`${name} of an order that nobody knows is refused`, () =>
    cases.onStage(async (stage) => {
      const outcome = await acts[name](stage.provider, 'NOBODYKNOWS1');
      expect(outcome.kind).toBe('refused');
    }));

  for (const trouble of cases.those('lostAnswer', 'serverError', 'page', 'strangerNotFound')) {
    test(`${name} that meets ${trouble} is not said to be done`, () =>
      cases.onStage(async (stage) => {
        const providerOrder = await placedOn(stage);
        stage.setTrouble(trouble);
        const outcome = await acts[name](stage.provider, providerOrder);
        expect(outcome.kind).not.toBe('done');
      }));
  }

  if (!cases.has('connection')) return;
  test(`${name} without a connection is refused`, () =>
    cases.onStage(async (stage) => {
      const outcome = await acts[name](stage.unreachable, await placedOn(stage));
      expect(outcome.kind).toBe('refused');
    }));
}
