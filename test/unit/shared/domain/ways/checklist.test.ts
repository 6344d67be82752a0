import { describe, expect, it } from 'vitest';
import { WayStage } from './way-stage.ts';

const points = (amount: number) => ({ points: { unit: 'PTS', amount } });
const checklist = {
  ...{ id: 'welcome', names: { en: 'Welcome' }, withinDays: 30, reward: points(100) },
  tasks: [
    { id: 'profile', when: { type: ['profile.filled'] }, reward: points(5) },
    { id: 'app', when: { type: ['app.opened'] } },
    { id: 'order', when: { type: ['order.placed'] }, reward: points(20) },
  ],
};
const parts = { eventTypes: ['profile.filled', 'app.opened'], checklists: [checklist] };

describe('a checklist', () => {
  it('pays each task once and the whole when all are done', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-03-01');
    stage.event('profile.filled', '2026-03-01');
    expect(stage.event('profile.filled', '2026-03-02')).toBeUndefined();
    const second = stage.event('order.placed', '2026-03-03');
    expect(second?.explanation.inputs).toEqual({ welcome: '2/3' });
    expect(stage.points()).toBe(25n);
    const last = stage.event('app.opened', '2026-03-31');
    expect(last?.awards).toMatchObject([{ rule: 'checklist:welcome', points: 100n }]);
    expect(stage.event('order.placed', '2026-03-04')).toBeUndefined();
    expect(stage.points()).toBe(125n);
  });

  it.each([
    ['2026-03-31', 5n],
    ['2026-04-01', 0n],
  ])('of thirty days from 1 March pays on %s %s', (day, paid) => {
    const stage = new WayStage(parts);
    stage.enrol('2026-03-01');
    stage.event('profile.filled', day);
    expect(stage.points()).toBe(paid);
  });

  it('with days is nothing for somebody who was never enrolled', () => {
    const stage = new WayStage(parts);
    expect(stage.event('profile.filled', '2026-03-01')).toBeUndefined();
    const endless = new WayStage({
      ...parts,
      checklists: [{ ...checklist, withinDays: undefined }],
    });
    endless.event('profile.filled', '2026-03-01');
    expect(endless.points()).toBe(5n);
  });

  it('does several tasks with one event', () => {
    const tasks = checklist.tasks.map((task) => ({ ...task, when: { type: ['app.opened'] } }));
    const stage = new WayStage({ ...parts, checklists: [{ ...checklist, tasks }] });
    stage.enrol('2026-03-01');
    stage.event('app.opened', '2026-03-01');
    expect(stage.points()).toBe(125n);
  });
});
