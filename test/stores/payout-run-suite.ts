import { expect, it } from 'vitest';
import { reportPayouts } from '../../shared/app/payouts/report-payouts.ts';
import { runPayouts } from '../../shared/app/payouts/run-payouts.ts';
import { prepareHold } from '../../shared/app/redemption/redeem-hold.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import { addMs, type Instant } from '../../shared/domain/time.ts';
import { account, payingWorld, program } from '../support/paying.ts';
import type { Backend, Stores } from './backends.ts';
import { deliver } from './ledger-actor.ts';
import { redemption } from './redemption-actor.ts';

const wallet = { program, member: 'ann', unit: 'EUR' };
const hourMs = 3_600_000;

/** The use case over a backend's stores, with members who have chosen a bank. */
async function over(backend: Backend, members: readonly string[]) {
  const stores = await backend.open();
  const paying = payingWorld();
  const { dependencies, world } = paying;
  for (const member of members) {
    await paying.choose(member, {}, account);
    const choice = await dependencies.payouts.readChoice({ program, member });
    if (choice === undefined) throw new Error('A rail is chosen.');
    await stores.payouts.putChoice(choice);
  }
  await stores.projections.putMembers(program, members);
  const { ledger, payouts, redemptions } = stores;
  return { stores, world, over: { ...dependencies, ledger, payouts, redemptions } };
}

let deliveries = 0;

async function give({ ledger }: Stores, points: bigint, owner = wallet): Promise<void> {
  deliveries += 1;
  const event = { hash: `v${deliveries}`, kind: 'accrual', points, owner } as const;
  await deliver(ledger, event, 'd1');
}

/** Takes ten cents for a reward; the rules by which a person has to look at it first. */
async function redeem(
  { ledger, redemptions }: Stores,
  of: Program,
  { id, now }: { readonly id: string; readonly now: Instant },
): Promise<readonly string[]> {
  const value = { amountMinor: 10n, currency: 'EUR' };
  const terms = { rewardName: 'A card', kind: 'eGiftCard', sources: [], language: 'en' } as const;
  const agreed = { rewardId: 'card', value, country: 'GB', unit: 'EUR', points: 10n, terms };
  const balance = await ledger.readBalance(wallet);
  const asked = { redemption: id, member: 'ann', bodyHash: 'body', sealedEmail: 'sealed' };
  const prepared = prepareHold(
    of,
    { balance, now },
    {
      ...{ ...asked, sealedAddress: undefined, isGift: false },
      agreed: { ...agreed, promisedMinutes: 5 },
    },
  );
  if (!prepared.ok || prepared.value === 'unsettled') throw new Error('There is money.');
  const { hold, change, review } = prepared.value;
  const held = await redemptions.hold(hold, change, { ...(review && { review }) });
  expect(held).toEqual({ kind: 'held' });
  return review?.rules ?? [];
}

export function payoutRunSuite(backend: Backend): void {
  it('leave no trace in what rules of velocity count', async () => {
    const { over: dependencies, stores, world } = await over(backend, ['ann']);
    const now = world.clock.now();
    const reviews = [{ id: 'fast', velocity: { times: 2, hours: 24 } }];
    const rules = { ...world.program, redemption: { ...world.program.redemption, reviews } };
    const ask = (number: number, hours: number) =>
      redeem(stores, rules, { id: redemption(number), now: addMs(now, hours * hourMs) });
    await give(stores, 2_000n);
    expect(await ask(1, 0)).toEqual([]);
    const command = { program, run: 'r-1', asOf: now, requestedBy: 'fin' };
    expect(await runPayouts(dependencies, command)).toMatchObject({ value: { paid: 1 } });
    await give(stores, 2_000n);
    expect(await ask(2, 1)).toEqual([]);
    expect(await ask(3, 2)).toEqual(['fast']);
    expect((await stores.ledger.readBalance(wallet)).redeemVersion).toBe(3n);
  });

  it('go on with the next members, and pay each once', async () => {
    const members = Array.from({ length: 8 }, (_, index) => `m${index}`);
    const { over: dependencies, stores, world } = await over(backend, members);
    for (const member of members) await give(stores, 2_000n, { ...wallet, member });
    const asOf = world.clock.now();
    const paid: number[] = [];
    for (let isDone = false; !isDone; ) {
      // Time for three members.
      let met = -1;
      const payouts = {
        ...stores.payouts,
        async *members(name: string, after?: string) {
          for await (const member of stores.payouts.members(name, after)) {
            met += 1;
            yield member;
          }
        },
      };
      const clock = { now: () => addMs(asOf, met >= 3 ? 1 : 0) };
      const command = { program, run: 'r', asOf, requestedBy: 'fin', until: addMs(asOf, 1) };
      const ran = await runPayouts({ ...dependencies, clock, payouts }, command);
      if (!ran.ok) throw new Error(ran.failure.code);
      paid.push(ran.value.paid);
      isDone = ran.value.run.state === 'done';
    }
    expect(paid).toEqual([3, 3, 2]);
    const { report } = await reportPayouts(dependencies, { program, run: 'r' });
    expect(report.rows()).toMatchObject([{ rail: 'bank', members: 8, grossMinor: 16_000n }]);
    expect(report.mismatches()).toEqual([]);
  });
}
