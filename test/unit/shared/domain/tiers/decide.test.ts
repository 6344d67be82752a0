import { describe, expect, it } from 'vitest';
import { holdTier, overrideTier } from '../../../../../shared/domain/tiers/decide.ts';
import { at, compiled, day, levels, TierMember } from './tier-member.ts';

function program(tiers: object = {}): TierMember['compiled'] {
  const base = {
    levels: levels('spend', { bronze: undefined, silver: 1000, gold: 3000, black: 9000 }),
    window: { kind: 'calendarYear' },
    up: { when: 'now' },
    down: { when: 'review', every: 'year', step: 'all' },
    overrideMonths: 12,
  };
  return compiled({
    metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
    tiers: { ...base, ...tiers },
    lifeEvents: { reasons: ['childbirth'], maximumMonths: 18 },
    members: { reasons: ['match'] },
  });
}

function override(member: TierMember, on: string, level: string, until?: string): TierMember {
  const { compiled: of, snapshot } = member;
  const limit = until === undefined ? {} : { until: day(until) };
  const input = { compiled: of, snapshot, level, reason: 'match', at: at(on), ...limit };
  const result = overrideTier(input);
  if (!result.ok) throw new Error(result.failure.code);
  member.apply(result.value);
  return member;
}

function hold(member: TierMember, on: string, until: string): TierMember {
  const { compiled: of, snapshot } = member;
  const input = { compiled: of, snapshot, reason: 'childbirth', at: at(on), until: day(until) };
  const result = holdTier(input);
  if (!result.ok) throw new Error(result.failure.code);
  member.apply(result.value);
  return member;
}

describe('a level that a person sets', () => {
  it('holds through reviews to its day, and falls back to what is earned then', () => {
    const ann = new TierMember(program()).spends('2026-02-01', 1000);
    override(ann, '2026-06-01', 'gold', '2027-05-01');
    expect(ann.tier).toMatchObject({ level: 'gold', reason: 'override' });
    ann.sweep('2027-04-30');
    expect(ann.level).toBe('gold');
    ann.sweep('2027-05-01');
    expect(ann.tier).toMatchObject({ level: 'silver', since: at('2027-05-01T00:00:00Z') });
    expect(ann.tier?.overrideUntil).toBeUndefined();
  });

  it('may be kept by having earned it meanwhile, and gives way to a higher one', () => {
    const ann = override(new TierMember(program()), '2026-06-01', 'gold', '2026-09-01');
    ann.spends('2026-07-01', 3000).sweep('2026-09-01');
    expect(ann.tier).toMatchObject({ level: 'gold', since: at('2026-06-01') });
    const bob = override(new TierMember(program()), '2026-06-01', 'gold', '2026-09-01');
    expect(bob.spends('2026-07-01', 9000).level).toBe('black');
  });

  it('below what the member had is not lifted by the next event', () => {
    const ann = new TierMember(program()).spends('2026-02-01', 3000);
    override(ann, '2026-06-01', 'bronze', '2026-09-01').spends('2026-07-01', 1);
    expect(ann.level).toBe('bronze');
    ann.sweep('2026-09-01');
    expect(ann.level).toBe('gold');
  });

  it('falls back to the level before, where nothing ever goes down', () => {
    const ann = new TierMember(program({ down: { when: 'never' } })).spends('2020-02-01', 1000);
    override(ann, '2026-06-01', 'gold', '2026-09-01');
    override(ann, '2026-07-01', 'black', '2026-10-01').sweep('2026-12-01');
    expect(ann.level).toBe('silver');
    expect(ann.levelAt('2026-06-15')).toBe('gold');
  });

  it('lasts as long as the program allows unless a day is named', () => {
    const ann = override(new TierMember(program()), '2026-06-15', 'gold');
    expect(ann.tier?.overrideUntil).toBe('2027-06-15');
  });

  it.each([
    [{ level: 'platinum' }, 'UNKNOWN_TIER'],
    [{ reason: 'friendship' }, 'UNKNOWN_REASON'],
    [{ until: day('2027-06-16') }, 'OVERRIDE_TOO_LONG'],
    [{ until: day('2026-06-15') }, 'INVALID_DATE'],
  ])('%j is refused', (parts, code) => {
    const { compiled: of, snapshot } = new TierMember(program());
    const input = { compiled: of, snapshot, level: 'gold', reason: 'match', ...parts };
    const result = overrideTier({ ...input, at: at('2026-06-15') });
    expect(result).toMatchObject({ ok: false, failure: { code } });
  });

  it('is refused where the program has no such thing', () => {
    const { compiled: of, snapshot } = new TierMember(program({ overrideMonths: undefined }));
    const input = { compiled: of, snapshot, level: 'gold', reason: 'match', at: at('2026-06-15') };
    expect(overrideTier(input)).toMatchObject({ failure: { code: 'OVERRIDE_NOT_OFFERED' } });
  });
});

describe('a hold for a life event', () => {
  it('lets reviews take nothing until its day; the review after it judges again', () => {
    const ann = hold(
      new TierMember(program()).spends('2026-02-01', 3000),
      '2027-10-01',
      '2028-06-01',
    );
    ann.sweep('2028-12-31');
    expect(ann.tier).toMatchObject({ level: 'gold', reason: 'hold' });
    ann.sweep('2029-01-01');
    expect(ann.level).toBe('bronze');
  });

  it('outlasts a grace, and what is earned in it counts', () => {
    const grace = { when: 'review', every: 'year', step: 'one', graceMonths: 1 };
    const ann = new TierMember(program({ down: grace })).spends('2026-02-01', 3000);
    ann.sweep('2028-01-15');
    hold(ann, '2028-01-15', '2028-04-01').sweep('2028-03-31');
    expect(ann.tier).toMatchObject({ level: 'gold', graceUntil: '2028-02-01' });
    ann.sweep('2028-04-01');
    expect(ann.tier).toMatchObject({ level: 'silver', since: at('2028-04-01T00:00:00Z') });
  });

  it('does not keep anybody from rising', () => {
    const ann = hold(new TierMember(program()), '2026-02-01', '2026-12-01');
    expect(ann.tier).toMatchObject({ level: 'bronze', since: at('2026-02-01') });
    expect(ann.spends('2026-03-01', 1000).level).toBe('silver');
  });

  it.each([
    [{ reason: 'holiday' }, 'UNKNOWN_REASON'],
    [{ until: day('2027-12-16') }, 'HOLD_TOO_LONG'],
    [{ until: day('2026-06-15') }, 'INVALID_DATE'],
  ])('%j is refused', (parts, code) => {
    const { compiled: of, snapshot } = new TierMember(program());
    const input = { reason: 'childbirth', until: day('2026-12-01'), ...parts };
    const result = holdTier({ compiled: of, snapshot, at: at('2026-06-15'), ...input });
    expect(result).toMatchObject({ ok: false, failure: { code } });
  });
});
