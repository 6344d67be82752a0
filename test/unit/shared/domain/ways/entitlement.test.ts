import { describe, expect, it } from 'vitest';
import { emptyDecision, type RecordWrite } from '../../../../../shared/domain/member/decision.ts';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import {
  endEntitlements,
  grantEntitlements,
} from '../../../../../shared/domain/ways/entitlement.ts';
import { at, WayStage } from './way-stage.ts';

function stageWith(...granted: readonly (readonly [string, string, string])[]): WayStage {
  const stage = new WayStage({});
  for (const [id, source, day] of granted) grant(stage, [id], source, day);
  return stage;
}

function grant(stage: WayStage, ids: string[], source: string, day: string): RecordWrite[] {
  const { compiled } = stage;
  const asked = { compiled, snapshot: stage.member(), ids, source, at: at(day) };
  return written(stage, grantEntitlements(asked));
}

function end(stage: WayStage, source: string, day: string): RecordWrite[] {
  return written(stage, endEntitlements({ snapshot: stage.member(), source, at: at(day) }));
}

function written(stage: WayStage, records: RecordWrite[]): RecordWrite[] {
  stage.apply({ ...emptyDecision('change', { reason: 'TEST' }), records }, 'ann');
  return records;
}

const use = (stage: WayStage, entitlement: string, day: string) =>
  stage.command('entitlement.used', { entitlement }, { day });

describe('entitlements', () => {
  it('are granted once for each source', () => {
    const stage = stageWith(['lounge', 'tier:gold', '2026-01-01']);
    expect(grant(stage, ['lounge', 'lounge'], 'tier:gold', '2026-02-01')).toEqual([]);
    expect(grant(stage, ['lounge', 'lounge'], 'perks', '2026-02-01')).toHaveLength(1);
    expect(stage.entitlements(at('2026-03-01'))).toEqual(['lounge']);
    end(stage, 'tier:gold', '2026-03-02');
    expect(stage.entitlements(at('2026-03-03'))).toEqual(['lounge']);
    end(stage, 'perks', '2026-03-04');
    expect(stage.entitlements(at('2026-03-05'))).toEqual([]);
    // As they were at an earlier instant.
    expect(stage.entitlements(at('2026-03-03'))).toEqual(['lounge']);
    expect(stage.entitlements(at('2025-12-31'))).toEqual([]);
  });

  it('are granted anew by a source that had ended them', () => {
    const stage = stageWith(['lounge', 'tier:gold', '2026-01-01']);
    end(stage, 'tier:gold', '2026-02-01');
    expect(end(stage, 'tier:gold', '2026-02-02')).toEqual([]);
    grant(stage, ['lounge'], 'tier:gold', '2026-03-01');
    expect(stage.entitlements(at('2026-03-02'))).toEqual(['lounge']);
    expect(recordsOf(stage.member(), 'entitlement')).toHaveLength(1);
  });

  it('with days end at the start of a local day, in due course', () => {
    const stage = stageWith(['coffee', 'gift', '2026-03-01']);
    expect(stage.entitlements(at('2026-03-30', '22:59'))).toEqual(['coffee']);
    expect(stage.entitlements(at('2026-03-30', '23:00'))).toEqual([]);
    expect(stage.sweep(at('2026-03-30', '22:59'))).toEqual([]);
    stage.sweep(at('2026-08-01'));
    expect(stage.decisions).toMatchObject([
      {
        at: at('2026-03-30', '23:00'),
        decision: { kind: 'change', explanation: { reason: 'ENTITLEMENT_ENDED' } },
      },
    ]);
  });
});

describe('a free item', () => {
  it('is used up once, the one that ends first', () => {
    const stage = stageWith(
      ...([
        ['coffee', 'gift:2', '2026-03-05'],
        ['coffee', 'gift:1', '2026-03-01'],
      ] as const),
    );
    expect(use(stage, 'coffee', '2026-03-06')).toMatchObject({
      records: [{ id: 'coffee.gift:1', next: { state: 'used' } }],
    });
    use(stage, 'coffee', '2026-03-06');
    expect(stage.entitlements(at('2026-03-07'))).toEqual([]);
    expect(use(stage, 'coffee', '2026-03-07')).toEqual({
      ...{ code: 'ENTITLEMENT_NOT_ACTIVE', field: 'data.entitlement' },
    });
    expect(grant(stage, ['coffee'], 'gift:1', '2026-03-08')).toEqual([]);
  });

  it('is not used again by a word that comes late, and is had anew from its source', () => {
    const stage = stageWith(['cake', 'tier:gold', '2026-01-01']);
    use(stage, 'cake', '2026-02-01');
    expect(use(stage, 'cake', '2026-01-15')).toMatchObject({ code: 'ENTITLEMENT_NOT_ACTIVE' });
    end(stage, 'tier:gold', '2026-03-01');
    expect(use(stage, 'cake', '2026-02-15')).toMatchObject({ code: 'ENTITLEMENT_NOT_ACTIVE' });
    grant(stage, ['cake'], 'tier:gold', '2026-04-01');
    expect(stage.entitlements(at('2026-04-02'))).toEqual(['cake']);
  });

  it('that ended by its days is not drawn out by its source', () => {
    const stage = stageWith(['coffee', 'tier:gold', '2026-01-01']);
    end(stage, 'tier:gold', '2026-06-01');
    expect(stage.entitlements(at('2026-02-01'))).toEqual([]);
  });

  it.each([
    ['lounge', '2026-01-02'],
    ['coffee', '2026-01-31'],
    ['nothing', '2026-01-02'],
  ])('is none: %s on %s', (id, day) => {
    const stage = stageWith(['lounge', 'a', '2026-01-01'], ['coffee', 'a', '2026-01-01']);
    expect(use(stage, id, day)).toMatchObject({ code: 'ENTITLEMENT_NOT_ACTIVE' });
  });

  it('that is long gone leaves the records', () => {
    const stage = stageWith(['coffee', 'old', '2024-01-01'], ['cake', 'x', '2024-01-01']);
    use(stage, 'coffee', '2024-01-02');
    use(stage, 'cake', '2026-01-01');
    expect(recordsOf(stage.member(), 'entitlement').map(({ id }) => id)).toEqual(['cake.x']);
  });
});
