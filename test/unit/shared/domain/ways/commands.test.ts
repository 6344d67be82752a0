import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import { at, WayStage } from './way-stage.ts';

describe('goodwill', () => {
  const goodwill = {
    unit: 'PTS',
    severities: { delay: { minimum: 100, maximum: 300 }, damage: { minimum: 500, maximum: 900 } },
  };
  const credit = (points: number, more: Record<string, unknown> = {}, actor = 'desk') => {
    const stage = new WayStage({ goodwill });
    const data = { severity: 'delay', points, reason: 'a week late', ...more };
    return { outcome: stage.command('goodwill.credited', data, { actor }), points: stage.points() };
  };

  it.each([
    [99, 'GOODWILL_BELOW_FLOOR'],
    [301, 'GOODWILL_ABOVE_CEILING'],
  ])('of %s points is refused as %s', (points, code) => {
    expect(credit(points).outcome).toEqual({ code, field: 'data.points' });
  });

  it.each([100, 300])('of %s points is credited, with its reason', (points) => {
    const { outcome, points: given } = credit(points);
    expect(given).toBe(BigInt(points));
    const inputs = { severity: 'delay', reason: 'a week late', actor: 'desk' };
    const explanation = { reason: 'GOODWILL', inputs };
    expect(outcome).toMatchObject({ kind: 'adjustment', explanation, awards: [] });
  });

  it('is refused for an unknown severity, without a reason, and for oneself', () => {
    expect(credit(100, { severity: 'whim' }).outcome).toMatchObject({ code: 'UNKNOWN_WAY' });
    expect(credit(100, { reason: '' }).outcome).toMatchObject({ code: 'FIELD_INVALID' });
    expect(credit(100, {}, 'ann').outcome).toMatchObject({ code: 'SAME_PERSON' });
  });
});

describe('an envelope', () => {
  const envelope = { id: 'delight', unit: 'GBP', amount: 10_000, period: 'quarter' };
  const spend = (stage: WayStage, amount: number, more: Record<string, unknown> = {}) =>
    stage.command(
      'envelope.spent',
      { envelope: 'delight', holder: 'emil', amount, reason: 'cookies', ...more },
      { actor: 'emil', ...more },
    );

  it('is never overspent, and records money without moving points', () => {
    const stage = new WayStage({ envelopes: [envelope] });
    expect(spend(stage, 9_999)).toMatchObject({
      ...{ kind: 'change', movements: [] },
      explanation: { inputs: { holder: 'emil', amount: '9999 GBP', reason: 'cookies' } },
    });
    const over = spend(stage, 2);
    expect(over).toEqual({ code: 'ENVELOPE_EXCEEDED', field: 'data.amount' });
    spend(stage, 1);
    expect(recordsOf(stage.member('@holder/emil'), 'envelope')).toMatchObject([
      { id: 'delight.2026-04-01', value: { spent: 10_000, times: 2 } },
    ]);
  });

  it('is a new one in each period, and for each holder', () => {
    const stage = new WayStage({ envelopes: [envelope] });
    for (const day of ['2026-06-30', '2026-07-01']) {
      const spent = stage.command(
        'envelope.spent',
        { envelope: 'delight', holder: 'emil', amount: 10_000, reason: 'a barbecue' },
        { day },
      );
      expect(spent).toMatchObject({ kind: 'change' });
    }
    expect(spend(stage, 1)).toMatchObject({ code: 'ENVELOPE_EXCEEDED' });
    const { command } = stage;
    const data = { envelope: 'delight', holder: 'ida', amount: 10_000, reason: 'flowers' };
    expect(command.call(stage, 'envelope.spent', data)).toMatchObject({ kind: 'change' });
  });

  it('of points credits the member', () => {
    const stage = new WayStage({ envelopes: [{ ...envelope, unit: 'PTS', amount: 500 }] });
    expect(spend(stage, 200)).toMatchObject({
      kind: 'adjustment',
      records: [{ kind: 'envelope' }],
    });
    expect(stage.points()).toBe(200n);
  });

  it('is for members of its segments only, and never for its holder', () => {
    const segments = [{ kind: 'enrolledWithin', id: 'fresh', days: 30 }];
    const stage = new WayStage({ envelopes: [{ ...envelope, segments: ['fresh'] }], segments });
    expect(spend(stage, 5)).toMatchObject({ code: 'NOT_IN_SEGMENT' });
    stage.enrol('2026-06-10');
    expect(spend(stage, 5)).toMatchObject({ kind: 'change' });
    const data = { envelope: 'delight', holder: 'ann', amount: 5, reason: 'me' };
    expect(stage.command('envelope.spent', data)).toMatchObject({ code: 'SAME_PERSON' });
    expect(spend(stage, 5, { envelope: 'none' })).toMatchObject({ code: 'UNKNOWN_WAY' });
  });

  it('holds under any spending', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { maxLength: 30 }), (amounts) => {
        const stage = new WayStage({ envelopes: [envelope] });
        for (const amount of amounts) spend(stage, amount);
        const [record] = recordsOf(stage.member('@holder/emil'), 'envelope');
        const { spent } = (record?.value as { spent: number }) ?? { spent: 0 };
        expect(spent).toBeLessThanOrEqual(10_000);
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});

describe('a survey', () => {
  const survey = {
    ...{ id: 'yearly', reward: { points: { unit: 'PTS', amount: 75 }, entitlements: ['cake'] } },
  };

  it('is paid once', () => {
    const stage = new WayStage({ surveys: [survey] });
    const paid = stage.command('survey.paid', { survey: 'yearly' });
    expect(paid).toMatchObject({ kind: 'accrual', awards: [{ rule: 'survey:yearly' }] });
    const again = stage.command('survey.paid', { survey: 'yearly' });
    expect(again).toMatchObject({ code: 'SURVEY_PAID' });
    expect(stage.points()).toBe(75n);
    expect(stage.entitlements(at('2026-06-15'))).toEqual(['cake']);
    expect(stage.command('survey.paid', { survey: 'none' })).toMatchObject({ code: 'UNKNOWN_WAY' });
  });
});
