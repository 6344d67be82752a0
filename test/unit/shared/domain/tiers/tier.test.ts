import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import { qualifiedLevel } from '../../../../../shared/domain/tiers/tier.ts';
import { at, compiled, day, levels, TierMember } from './tier-member.ts';

const spend = [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }];

function spendProgram(tiers: object, parts: object = {}): TierMember['compiled'] {
  const base = {
    levels: levels('spend', { bronze: undefined, silver: 1000, gold: 3000 }),
    window: { kind: 'calendarYear' },
    up: { when: 'now' },
    down: { when: 'review', every: 'year', step: 'all' },
  };
  return compiled({ metrics: spend, tiers: { ...base, ...tiers }, ...parts });
}

const yearly = spendProgram({});

describe('the level in force', () => {
  it('is the lowest one for somebody without a standing, and none without tiers', () => {
    expect(new TierMember(yearly).levelAt('2026-01-01')).toBe('bronze');
    expect(new TierMember(compiled({})).levelAt('2026-01-01')).toBeUndefined();
  });

  it('is told for the past, from three levels back', () => {
    const ann = new TierMember(yearly).spends('2026-02-01', 1000).spends('2026-03-01', 2000);
    ann.sweep('2028-01-01');
    expect(ann.levelAt('2026-01-31')).toBe('bronze');
    expect(ann.levelAt('2026-02-15')).toBe('silver');
    expect(ann.levelAt('2027-12-31T23:59:59Z')).toBe('gold');
    expect(ann.levelAt('2028-01-01T00:00:00Z')).toBe('bronze');
    ann.spends('2028-03-01', 1000).spends('2028-04-01', 2000);
    expect(ann.tier?.earlier.map(({ level }) => level)).toEqual(['silver', 'bronze', 'gold']);
    expect(ann.levelAt('2026-01-31')).toBe('gold');
  });

  it('goes by the program, not by how its levels are called', () => {
    const named = { levels: levels('spend', { z: undefined, m: 1000, a: 3000 }) };
    const ann = new TierMember(spendProgram(named)).spends('2026-02-01', 1000);
    expect(ann.level).toBe('m');
    expect(ann.spends('2026-02-02', 2000).level).toBe('a');
  });
});

describe('windows', () => {
  const on = (program: TierMember['compiled'], member: TierMember, text: string) =>
    qualifiedLevel({ compiled: program, snapshot: member.snapshot, on: day(text) });

  it('of a calendar year begin anew with it', () => {
    const ann = new TierMember(yearly).spends('2026-12-31T23:59:59Z', 1000);
    expect(on(yearly, ann, '2026-12-31')).toBe('silver');
    expect(on(yearly, ann, '2027-01-01')).toBe('bronze');
  });

  it('of a membership year begin with the month of enrolment', () => {
    const program = spendProgram({ window: { kind: 'membershipYear' } });
    const ann = new TierMember(program, '2025-03-17').spends('2026-02-28', 1000);
    expect(on(program, ann, '2026-02-28')).toBe('silver');
    expect(on(program, ann, '2026-03-01')).toBe('bronze');
  });

  it('that roll hold the month of the day and those before it', () => {
    const program = spendProgram({ window: { kind: 'rolling', months: 3 } });
    const ann = new TierMember(program).spends('2026-01-31', 1000);
    expect(on(program, ann, '2026-03-31')).toBe('silver');
    expect(on(program, ann, '2026-04-01')).toBe('bronze');
  });

  it('take all of one alternative', () => {
    const both = {
      qualify: {
        anyOf: [
          {
            allOf: [
              { metric: 'spend', atLeast: 1000 },
              { metric: 'orders', atLeast: 2 },
            ],
          },
        ],
      },
    };
    const program = spendProgram(
      { levels: levels('spend', { bronze: undefined, silver: both }) },
      { metrics: [...spend, { id: 'orders', when: { type: ['order.placed'] }, of: 'count' }] },
    );
    const ann = new TierMember(program).spends('2026-02-01', 5000);
    expect(ann.level).toBe('bronze');
    expect(ann.spends('2026-02-02', 1).level).toBe('silver');
  });
});

describe('a review', () => {
  it('is held once, at the start of its day, and tells what it saw', () => {
    const ann = new TierMember(yearly).spends('2026-02-01', 3000);
    const [first, ...others] = ann.sweep('2027-06-01');
    expect(others).toEqual([]);
    expect(first).toMatchObject({ at: at('2027-01-01T00:00:00Z'), id: 'tier:ann:2027-01-01:1' });
    expect(first?.decision).toMatchObject({
      kind: 'tier',
      tier: { level: 'gold', reviewedOn: '2027-01-01' },
      explanation: {
        reason: 'TIER_KEPT',
        inputs: { to: 'gold', on: '2027-01-01', spend: '3000' },
      },
    });
  });

  it('comes down to what is earned, and asks less of who stays where the level says so', () => {
    const keep = { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 1500 }] }] };
    const qualify = { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 3000 }] }] };
    const program = spendProgram({
      levels: levels('spend', { bronze: undefined, silver: 1000, gold: { qualify, keep } }),
    });
    const ann = new TierMember(program).spends('2026-02-01', 3000).spends('2027-02-01', 1500);
    ann.sweep('2028-01-01');
    expect(ann.level).toBe('gold');
    ann.spends('2028-02-01', 1499).sweep('2029-01-01');
    expect(ann.tier).toMatchObject({ level: 'silver', reason: 'review' });
  });

  it('takes nothing from somebody who is near', () => {
    const ann = new TierMember(spendProgram({ nearPercent: 10 })).spends('2026-02-01', 3000);
    ann.spends('2027-02-01', 2700).sweep('2028-01-01');
    expect(ann.level).toBe('gold');
    ann.spends('2028-02-01', 2699).sweep('2029-01-01');
    expect(ann.level).toBe('silver');
  });

  it('that is overdue is held before the event that lifts again', () => {
    const ann = new TierMember(yearly).spends('2026-02-01', 3000).spends('2028-01-05', 3000);
    expect(ann.tier).toMatchObject({ level: 'gold', since: at('2028-01-05') });
    expect(ann.tier?.earlier[0]).toEqual({ level: 'bronze', since: at('2028-01-01T00:00:00Z') });
    expect(ann.sweep('2028-01-06')).toEqual([]);
  });

  it('takes nothing where nothing ever goes down, and asks nothing of the lowest level', () => {
    const program = spendProgram({ down: { when: 'never' } });
    const ann = new TierMember(program).spends('2026-02-01', 3000);
    expect(ann.sweep('2032-01-01')).toEqual([]);
    expect(new TierMember(yearly).spends('2026-02-01', 1).sweep('2032-01-01')).toEqual([]);
  });
});

describe('an event that comes late', () => {
  it('begins the level on its own day, and leaves what came before', () => {
    const ann = new TierMember(yearly).spends('2026-02-01', 1000).spends('2026-05-01', 1);
    ann.spends('2026-03-10', 2000);
    expect(ann.tier).toMatchObject({ level: 'gold', since: at('2026-03-10') });
    expect(ann.levelAt('2026-03-09')).toBe('silver');
  });

  it('counts for a review that has been held since', () => {
    const ann = new TierMember(yearly).spends('2025-02-01', 3000);
    ann.sweep('2027-01-01');
    expect(ann.level).toBe('bronze');
    ann.spends('2026-12-28', 3000);
    expect(ann.tier).toMatchObject({ level: 'gold', since: at('2025-02-01') });
    ann.sweep('2027-12-31');
    expect(ann.level).toBe('gold');
    ann.sweep('2028-01-01');
    expect(ann.level).toBe('bronze');
  });

  it('lifts nobody to a level that would be lost again by now', () => {
    const monthly = { when: 'review', every: 'month', step: 'all' };
    const program = spendProgram({ window: { kind: 'rolling', months: 1 }, down: monthly });
    const ann = new TierMember(program).spends('2026-06-10', 1000);
    ann.sweep('2026-06-11');
    ann.spends('2026-02-01', 3000);
    expect(ann.tier).toMatchObject({ level: 'silver', since: at('2026-06-10') });
  });
});

describe('entitlements of levels', () => {
  const entitlement = (id: string) => ({ names: { en: id }, kind: 'perk' });
  const program = spendProgram(
    {
      levels: [
        { id: 'bronze', names: { en: 'Bronze' }, entitlements: ['chat'] },
        ...levels('spend', { silver: 1000 }).map((level) => ({ ...level, entitlements: ['spa'] })),
      ],
    },
    { entitlements: { chat: entitlement('chat'), spa: entitlement('spa') } },
  );
  const states = (member: TierMember) =>
    Object.fromEntries(
      recordsOf(member.snapshot, 'entitlement').map(({ value }) => {
        const { entitlement: id, state } = value as { entitlement: string; state: string };
        return [id, state];
      }),
    );

  it('come with the first event, change with the level, and come back with it', () => {
    const ann = new TierMember(program).spends('2026-02-01', 1);
    expect(ann.tier).toMatchObject({ level: 'bronze', reason: 'joined' });
    expect(states(ann)).toEqual({ chat: 'active' });
    ann.spends('2026-02-02', 1000);
    expect(states(ann)).toEqual({ chat: 'ended', spa: 'active' });
    ann.sweep('2028-01-01');
    expect(states(ann)).toEqual({ chat: 'active', spa: 'ended' });
  });
});
