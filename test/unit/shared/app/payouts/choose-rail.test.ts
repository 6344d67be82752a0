import { describe, expect, it } from 'vitest';
import { createMemoryPayoutStore } from '../../../../../shared/adapters/memory/payout-store.ts';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import {
  type ChooseRailDependencies,
  chooseRail,
} from '../../../../../shared/app/payouts/choose-rail.ts';
import type { PayoutChoiceBody } from '../../../../../shared/contracts/payout-choice.ts';
import { readPayee } from '../../../../../shared/domain/payout/payee.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { policy } from '../../../../support/paying.ts';
import { railsWithPoints, terms } from '../../../../support/paying-points.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { createWorld } from '../../../../support/world.ts';

const owner = { program: 'online-retail', member: 'ann' };
const body: PayoutChoiceBody = {
  ...{ rail: 'bank', currency: 'EUR', country: 'DE' },
  payee: {
    ...{ rail: 'bankAccount', holderName: 'Ann Müller', country: 'DE' },
    account: { kind: 'iban', iban: 'DE02 1203 0000 0000 2020 51' },
  },
};
const card: PayoutChoiceBody = { rail: 'card', currency: 'EUR', country: 'DE' };

/** A program that pays out, with one member, who has earned something. */
async function choosing(parts: object = {}) {
  const rails = policy.rails.filter(({ kind }) => kind !== 'donation');
  const money = { wallets: ['EUR', 'GBP', 'USD'] };
  const world = createWorld(sampleProgram({ payouts: { rails }, money, ...parts }));
  await accrue(world.dependencies, [delivery()]);
  const payouts = createMemoryPayoutStore(world.table);
  const dependencies: ChooseRailDependencies = { ...world.dependencies, payouts };
  const choose = async (wanted: PayoutChoiceBody, member = owner.member) => {
    const chosen = await chooseRail(dependencies, { ...owner, member }, wanted);
    return chosen.ok ? chosen.value : chosen.failure;
  };
  return { world, payouts, dependencies, choose };
}

describe('choosing a rail', () => {
  it('seals the payee for the member as it has been checked, and tells its mask', async () => {
    const { choose, payouts, world } = await choosing();
    expect(await choose(body)).toEqual({
      ...{ rail: 'bank', currency: 'EUR', country: 'DE', chosenAt: '2026-06-15T12:00:00.000Z' },
      payee: { kind: 'iban', ending: '2051' },
    });
    const { sealedPayee = '', ...kept } = (await payouts.readChoice(owner)) ?? {};
    const told = { payeeMask: { kind: 'iban', ending: '2051' }, payeeCountries: ['DE', 'DE'] };
    expect(kept).toMatchObject({ version: 1, ...told });
    const { sealer } = world.dependencies;
    const context = { program: owner.program, redemption: owner.member, field: 'payee' } as const;
    expect(readPayee(await sealer.open(context, sealedPayee))).toEqual({
      ...{ rail: 'bankAccount', holderName: 'Ann Muller', country: 'DE' },
      account: { kind: 'iban', iban: 'DE02120300000000202051' },
    });
  });

  it('replaces what was chosen before, all of it', async () => {
    const { choose, payouts } = await choosing();
    await choose(body);
    await choose(card);
    const kept = await payouts.readChoice(owner);
    expect(kept).toMatchObject({ rail: 'card', version: 2 });
    expect(kept).not.toHaveProperty('sealedPayee');
    expect(kept).not.toHaveProperty('payeeMask');
  });

  it('comes after one that was made meanwhile, and gives up where more come', async () => {
    const { dependencies, payouts } = await choosing();
    let lost = 1;
    const busy = {
      ...payouts,
      async putChoice(choice: Parameters<typeof payouts.putChoice>[0]) {
        lost -= 1;
        if (lost < 0) return payouts.putChoice(choice);
        return 'lost' as const;
      },
    };
    const chosen = await chooseRail({ ...dependencies, payouts: busy }, owner, card);
    expect(chosen.ok).toBe(true);
    lost = 100;
    const given = await chooseRail({ ...dependencies, payouts: busy }, owner, card);
    expect(given).toEqual({ ok: false, failure: { code: 'TRY_AGAIN' } });
  });

  it('asks for a country where the profile has none', async () => {
    const { choose } = await choosing();
    const { country: _, ...nowhere } = card;
    expect(await choose(nowhere)).toEqual({ code: 'FIELD_MISSING', field: 'country' });
  });

  it('takes points whole: no part of them is given away', async () => {
    const { choose, world } = await choosing({
      ...{ payouts: { rails: railsWithPoints.filter(({ id }) => id === 'points') } },
      ...{ exchanges: [{ id: 'top-up', direction: 'walletToPoints', ...terms }] },
    });
    const [first] = world.table.programs.get(owner.program) ?? [];
    if (first === undefined) throw new Error('There is a program.');
    const donations = { charities: { 'food-bank': { names: { en: 'Food bank' } } } };
    world.table.programs.set(owner.program, [
      { ...first, program: { ...first.program, donations } },
    ]);
    const points = { rail: 'points', currency: 'EUR', country: 'DE' };
    const donation = { charity: 'food-bank', percent: 50 };
    const refused = { code: 'SHARE_NOT_OFFERED', field: 'donation.percent' };
    expect(await choose({ ...points, donation })).toEqual(refused);
    expect(await choose({ ...points, donation: { ...donation, percent: 100 } })).toEqual(refused);
    expect(await choose(points)).toMatchObject({ rail: 'points' });
  });

  it('is for members that the program knows', async () => {
    const { choose } = await choosing();
    expect(await choose(card, 'nobody')).toEqual({ code: 'UNKNOWN_MEMBER' });
  });

  it('is for programs that pay out, into countries where they work', async () => {
    const none = await choosing({ payouts: undefined });
    expect(await none.choose(card)).toEqual({ code: 'PAYOUTS_NOT_OFFERED' });
    const abroad = await choosing({ countries: ['GB'], rewards: [] });
    expect(await abroad.choose(card)).toEqual({
      ...{ code: 'COUNTRY_NOT_IN_PROGRAM', field: 'country' },
    });
  });
});
