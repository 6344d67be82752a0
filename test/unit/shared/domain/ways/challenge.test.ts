import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import { at, WayStage } from './way-stage.ts';

const visited = { when: { type: ['cafe.visited'] } };
const card = {
  ...{ id: 'card', names: { en: 'Ten coffees, one free' }, ...visited, steps: 10 },
  ...{ repeat: 'always', reward: { entitlements: ['coffee'] } },
};
const post = {
  ...{ id: 'post', names: { en: 'Tell the world' }, when: { type: ['post.shared'] }, steps: 2 },
  ...{ approval: true, proof: 'data.link', repeat: 'once' },
  reward: { points: { unit: 'PTS', amount: 40 } },
};

function stageWith(...challenges: Record<string, unknown>[]): WayStage {
  return new WayStage({ eventTypes: ['cafe.visited', 'post.shared'], challenges });
}

const shared = (stage: WayStage, link: unknown = 'https://example.com/1', participant?: string) =>
  stage.event('post.shared', '2026-03-01', {
    data: { link },
    ...(participant !== undefined && { participant }),
  });

describe('a punch card', () => {
  it('gives a free coffee for ten, and begins anew', () => {
    const stage = stageWith(card);
    for (let visit = 1; visit < 10; visit += 1) stage.event('cafe.visited', '2026-03-01');
    expect(stage.entitlements(at('2026-03-01', '23:00'))).toEqual([]);
    stage.event('cafe.visited', '2026-03-01');
    expect(stage.entitlements(at('2026-03-01'))).toEqual(['coffee']);
    for (let visit = 0; visit < 10; visit += 1) stage.event('cafe.visited', '2026-03-02');
    expect(recordsOf(stage.member(), 'entitlement').map(({ id }) => id)).toEqual([
      'coffee.challenge:card:1',
      'coffee.challenge:card:2',
    ]);
  });

  it('that is played once ends there', () => {
    const stage = stageWith({ ...card, repeat: 'once', steps: 2 });
    for (let visit = 0; visit < 6; visit += 1) stage.event('cafe.visited', '2026-03-01');
    expect(recordsOf(stage.member(), 'entitlement')).toHaveLength(1);
  });

  it.each([
    ['2026-02-28T23:59:00Z', 0],
    ['2026-03-01T00:00:00Z', 1],
    ['2026-03-31T22:59:59Z', 1],
    ['2026-03-31T23:00:00Z', 0],
  ])('between two days in London: %s counts %s', (time, counted) => {
    const stage = stageWith({
      ...card,
      ...{ steps: 1, between: { from: '2026-03-01', to: '2026-04-01' } },
    });
    const occurredAt = Date.parse(time) as ReturnType<typeof at>;
    stage.event('cafe.visited', '2026-03-01', { occurredAt });
    expect(recordsOf(stage.member(), 'entitlement')).toHaveLength(counted);
  });
});

describe('a challenge with proof', () => {
  it('waits for a person, who is neither the member nor who handed it in', () => {
    const stage = stageWith(post);
    const handedIn = shared(stage, 'https://example.com/1', 'bob');
    expect(handedIn?.cases).toEqual([{ subject: 'post.h1', reason: 'PROOF_TO_APPROVE' }]);
    expect(handedIn?.movements).toEqual([]);
    for (const actor of ['ann', 'bob']) {
      const answer = stage.command('step.approved', { approval: 'post.h1' }, { actor });
      expect(answer).toEqual({ code: 'SAME_PERSON', field: 'actor' });
    }
    stage.command('step.approved', { approval: 'post.h1', reason: 'seen' });
    expect(recordsOf(stage.member(), 'approval')).toEqual([]);
    expect(recordsOf(stage.member(), 'progress')).toMatchObject([{ value: { steps: 1 } }]);
    const again = stage.command('step.approved', { approval: 'post.h1' });
    expect(again).toMatchObject({ code: 'UNKNOWN_APPROVAL' });
  });

  it('counts what was approved, the longest waiting first, and not what was rejected', () => {
    const stage = stageWith(post);
    for (let step = 0; step < 4; step += 1) shared(stage);
    stage.command('step.rejected', { challenge: 'post', reason: 'nothing to see' });
    stage.command('step.approved', { challenge: 'post' });
    const last = stage.command('step.approved', { challenge: 'post' });
    expect(last).toMatchObject({ kind: 'accrual', awards: [{ rule: 'challenge:post' }] });
    expect(stage.points()).toBe(40n);
    stage.command('step.approved', { challenge: 'post' });
    expect(stage.points()).toBe(40n);
  });

  it.each([[undefined], [''], [7]])('with the proof %s does not wait', (link) => {
    const stage = stageWith(post);
    const { event } = stage;
    const decision = event.call(stage, 'post.shared', '2026-03-01', { data: { link } });
    expect(decision).toMatchObject({
      records: [],
      explanation: { inputs: { post: 'PROOF_MISSING' } },
    });
  });

  it('keeps the beginning of a long proof', () => {
    const stage = stageWith(post);
    shared(stage, 'x'.repeat(5000));
    const [record] = recordsOf(stage.member(), 'approval');
    expect(record?.value).toMatchObject({ proof: 'x'.repeat(500) });
  });
});
