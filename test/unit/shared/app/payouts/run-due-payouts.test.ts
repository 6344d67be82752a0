import { describe, expect, it } from 'vitest';
import { runDuePayouts } from '../../../../../shared/app/payouts/run-due-payouts.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { addMs, type Instant, parseInstant } from '../../../../../shared/domain/time.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';

function instant(text: string): Instant {
  const read = parseInstant(text);
  if (read === undefined) throw new Error(`${text} is no instant.`);
  return read;
}

const hourMs = 3_600_000;

/** As the schedule does at that time, with all the time there is. */
async function dueAt(paying: PayingWorld, at: string, budgetMs = hourMs) {
  const clock = { now: () => instant(at) };
  const until = addMs(instant(at), budgetMs);
  const result = await runDuePayouts({ ...paying.dependencies, clock }, { program, until });
  return result === undefined || result.ok ? result?.value : result.failure.code;
}

async function dueMembers(paying: PayingWorld, members: readonly string[]): Promise<void> {
  for (const member of members) {
    await paying.give(member, 'EUR', 2_500n);
    await paying.choose(member, {}, account);
  }
}

describe('payouts by the calendar', () => {
  it('are nobody’s where the program does not say how often', async () => {
    expect(await dueAt(payingWorld(), '2026-06-01T12:00:00Z')).toBeUndefined();
  });

  it.each([
    ['day', '2026-06-15T12:00:00Z', '2026-06-15'],
    ['week', '2026-06-15T12:00:00Z', '2026-06-15'],
    ['month', '2026-06-01T12:00:00Z', '2026-06-01'],
    // Summer time in London: the first of July has begun there.
    ['month', '2026-06-30T23:30:00Z', '2026-07-01'],
  ])('begin with a %s, once, at %s', async (every, at, name) => {
    const paying = payingWorld({ every });
    await dueMembers(paying, ['ann']);
    expect(await dueAt(paying, at)).toMatchObject({
      run: { run: name, state: 'done', requestedBy: 'schedule' },
      paid: 1,
    });
    expect(await dueAt(paying, at)).toBeUndefined();
  });

  it.each([
    ['week', '2026-06-16T12:00:00Z'],
    ['month', '2026-06-02T00:00:00Z'],
    ['month', '2026-06-30T22:30:00Z'],
  ])('do not begin in the middle of a %s, at %s', async (every, at) => {
    expect(await dueAt(payingWorld({ every }), at)).toBeUndefined();
  });

  it('begin late where their day was missed, as of then', async () => {
    const paying = payingWorld({ every: 'month' });
    await dueMembers(paying, ['ann']);
    expect(await dueAt(paying, '2026-05-01T12:00:00Z')).toMatchObject({ paid: 1 });
    await paying.settle();
    await paying.give('ann', 'EUR', 2_000n);
    const asOf = instant('2026-06-09T04:00:00Z');
    expect(await dueAt(paying, '2026-06-09T04:00:00Z')).toMatchObject({
      ...{ run: { run: '2026-06-01', state: 'done', asOf }, paid: 1 },
    });
    expect(await dueAt(paying, '2026-06-09T05:00:00Z')).toBeUndefined();
  });

  it.each([
    ['paid out on that day', '2026-05-20T00:00:00Z', 'month', true],
    ['came to pay out on that day, in London', '2026-06-01T22:59:00Z', 'month', true],
    ['came to pay out on the next day', '2026-06-01T23:00:00Z', 'month', false],
    ['paid by the week until then', '2026-05-20T00:00:00Z', 'week', false],
  ])('begin late for a program that %s: %s, each %s: %s', async (_, from, every, isPaid) => {
    const paying = payingWorld({ every: 'month' });
    await dueMembers(paying, ['ann']);
    const { programs } = paying.world.table;
    const [first] = programs.get(program) ?? [];
    if (first === undefined) throw new Error('There is a program.');
    const { payouts, ...without } = first.program;
    if (payouts === undefined) throw new Error('It pays out.');
    const then = { from: instant(from), program: { ...without, payouts: { ...payouts, every } } };
    const since = { ...first, from: instant('2026-06-08T00:00:00Z') };
    programs.set(program, [{ ...first, program: without }, then as typeof first, since]);
    const ran = await dueAt(paying, '2026-06-09T04:00:00Z');
    expect(ran !== undefined).toBe(isPaid);
  });

  it('go on later in their period, as of when they began, when the time was up', async () => {
    const paying = payingWorld({ every: 'month' });
    await dueMembers(paying, ['ann', 'bob']);
    const began = await dueAt(paying, '2026-06-01T12:00:00Z', 0);
    expect(began).toMatchObject({ run: { state: 'running' }, members: 0, paid: 0 });
    const ended = await dueAt(paying, '2026-06-03T09:00:00Z');
    const asOf = instant('2026-06-01T12:00:00Z');
    expect(ended).toMatchObject({ run: { state: 'done', asOf }, paid: 2 });
    expect(await dueAt(paying, '2026-06-03T10:00:00Z')).toBeUndefined();
  });

  it('pay nobody without the list that the program names, and go on once it is there', async () => {
    const paying = payingWorld({ every: 'week', sanctionsList: 'watch' });
    await dueMembers(paying, ['ann']);
    const { dependencies } = paying;
    const sanctions = { index: async () => undefined };
    const command = { program, run: 'r', asOf: paying.world.clock.now(), requestedBy: 'fin' };
    const refused = await runPayouts({ ...dependencies, sanctions }, command);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'SANCTIONS_LIST_MISSING' } });
    expect(paying.world.table.holds.size).toBe(0);
    expect((await dependencies.payouts.readRun(program, 'r'))?.state).toBe('running');
    expect(await runPayouts(dependencies, command)).toMatchObject({ value: { paid: 1 } });
  });
});
