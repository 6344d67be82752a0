import { describe, expect, it } from 'vitest';
import { recordKey } from '../../../../../shared/domain/member/snapshot.ts';
import { inSegment } from '../../../../../shared/domain/tiers/segment.ts';
import { at, compiled, levels, TierMember } from './tier-member.ts';

const program = compiled({
  metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
  tiers: {
    levels: levels('spend', { bronze: undefined, silver: 1000, gold: 3000 }),
    ...{ window: { kind: 'calendarYear' }, up: { when: 'now' }, down: { when: 'never' } },
  },
  segments: [
    { id: 'wholesale', kind: 'listed' },
    { id: 'nearly-gold', kind: 'nearTier', level: 'gold', withinPercent: 20 },
    { id: 'better', kind: 'tier', levels: ['silver', 'gold'] },
    { id: 'new', kind: 'enrolledWithin', days: 30 },
  ],
});

function isIn(member: TierMember, segment: string, on: string): boolean {
  return inSegment({ compiled: program, snapshot: member.snapshot, segment, at: at(on) });
}

describe('a segment', () => {
  it('of listed members asks the profile', () => {
    const ann = new TierMember(program);
    expect(isIn(ann, 'wholesale', '2026-02-01')).toBe(false);
    const value = { kind: 'company', enrolledAt: 0, segments: ['wholesale'] };
    const record = { kind: 'profile', id: '0', version: 1, value } as const;
    const records = new Map([[recordKey('profile', '0'), record]]);
    ann.snapshot = { ...ann.snapshot, records };
    expect(isIn(ann, 'wholesale', '2026-02-01')).toBe(true);
  });

  it('of levels asks the level at the time', () => {
    const ann = new TierMember(program).spends('2026-02-01', 1000);
    expect(isIn(ann, 'better', '2026-01-31')).toBe(false);
    expect(isIn(ann, 'better', '2026-02-01')).toBe(true);
  });

  it('near a level holds who is below it and within a part of what it takes', () => {
    const ann = new TierMember(program).spends('2026-02-01', 2399);
    expect(isIn(ann, 'nearly-gold', '2026-02-02')).toBe(false);
    ann.spends('2026-02-02', 1);
    expect(isIn(ann, 'nearly-gold', '2026-02-02')).toBe(true);
    expect(isIn(ann, 'nearly-gold', '2027-02-02')).toBe(false);
    ann.spends('2026-02-03', 600);
    expect(isIn(ann, 'nearly-gold', '2026-02-03')).toBe(false);
  });

  it('of new members counts days from the one of enrolment', () => {
    const ann = new TierMember(program, '2026-02-01');
    expect(isIn(ann, 'new', '2026-02-01T11:59:59Z')).toBe(false);
    expect(isIn(ann, 'new', '2026-02-01')).toBe(true);
    expect(isIn(ann, 'new', '2026-03-02T23:59:59Z')).toBe(true);
    expect(isIn(ann, 'new', '2026-03-03T00:00:00Z')).toBe(false);
    expect(isIn(new TierMember(program), 'new', '2026-02-01')).toBe(false);
  });
});
