import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { sweepMember } from '../../../../../shared/app/booking/sweep-member.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { filledLots, owner } from '../../../../support/points.ts';
import { sampleProgram, sampleProgramJson } from '../../../../support/sample-program.ts';
import { createWorld } from '../../../../support/world.ts';

function stageOf(program: Program) {
  const { clock, dependencies } = createWorld(program);
  return {
    at: (time: string) => clock.reach(instantOf(Date.parse(time))),
    earn: async (id: string, occurredAt: string, amountMinor: number) => {
      const sent = delivery({ id, occurredAt, amountMinor }, `d-${id}`);
      expect(await accrue(dependencies, [sent])).toEqual([{ kind: 'accrued' }]);
    },
    sweep: () => sweepMember(dependencies, owner),
    balance: () => dependencies.ledger.readBalance(owner),
  };
}

describe('a day of the calendar that ends and is filled again in one posting', () => {
  it('vests again', async () => {
    const { earning } = sampleProgramJson() as { earning: { rules: object[] } };
    const rules = earning.rules.map((rule) => ({ ...rule, vestAfterDays: 14 }));
    const stage = stageOf(sampleProgram({ earning: { ...earning, rules } }));
    await stage.earn('first', '2026-06-10T10:00:00Z', 100_000);
    stage.at('2026-06-24T12:00:00Z');
    expect(await stage.sweep()).toBe(1);
    await stage.earn('second', '2026-06-11T10:00:00Z', 100_000);
    stage.at('2026-07-03T12:00:00Z');
    await stage.earn('late', '2026-06-11T11:00:00Z', 150_000);
    expect(await stage.sweep()).toBe(1);
    const balance = await stage.balance();
    expect([filledLots(balance), balance.vesting.size]).toEqual([[['280701', 3500n]], 0]);
  });

  it('ends by inactivity again', async () => {
    const inactivity = { unit: 'PTS', kind: 'inactivity', months: 3 };
    const stage = stageOf(sampleProgram({ expiry: [inactivity] }));
    await stage.earn('first', '2026-06-11T10:00:00Z', 100_000);
    stage.at('2026-11-03T12:00:00Z');
    for (const id of ['late', 'later']) {
      await stage.earn(id, '2026-06-11T11:00:00Z', 150_000);
      expect(await stage.sweep()).toBe(1);
    }
    expect(filledLots(await stage.balance())).toEqual([]);
  });
});
