import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order, OrderState } from '../../../../../shared/domain/redemption/order.ts';
import {
  type EndedTurn,
  type Heard,
  maximumAttempts,
  mayPlace,
  type NoReason,
  type ReferenceHabits,
  type Verdict,
  verdictOf,
} from '../../../../../shared/domain/redemption/outcome.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { runs } from '../../../../properties/runs.ts';
import { orderRow } from './order-row.ts';

const now = instantOf(1_000_000_000);
const soon = instantOf(now + 60_000);
const habits: ReferenceHabits = { repeatedReference: 'sameOrder', replaysErrors: false };
const reasons: readonly NoReason[] = [
  ...(['permanent', 'retrySameKey', 'retryNewKey', 'waitForFunds', 'waitForLimit'] as const),
  'configuration',
];
const states = ['open', 'accepted', 'reopened'] as const satisfies readonly OrderState[];

/** A call that has ended: the row before it, and the row with its claim. */
function turnOf(parts: Partial<Order> = {}, turn: Partial<EndedTurn> = {}): EndedTurn {
  const before = orderRow({ call: 1, since: instantOf(now - 1000), ...parts });
  const claimed = { ...before, call: before.call + 1, claimedUntil: soon, undecidedUntil: soon };
  return { before, claimed, now, askedAt: now, placed: true, habits, ...turn };
}

const at = (asked: Order['since']) => ({ askedAt: asked, now: asked });
const no = (reason: NoReason): Heard => ({ kind: 'no', reason, detail: 'SAID_NO' });

describe('a definite no', () => {
  it.each([
    ['permanent', 'nextSource'],
    ['retryNewKey', 'newAttempt'],
    ['retrySameKey', 'lookUp'],
    ['waitForFunds', 'rest'],
    ['waitForLimit', 'lookUp'],
    ['configuration', 'rest'],
  ] as const)('%s leads to %s, from every state', (reason, kind) => {
    for (const state of states) {
      const verdict = verdictOf(turnOf({ state }), no(reason));
      expect([state, verdict.kind]).toEqual([state, kind]);
      expect(verdict.next).toMatchObject({ state: 'open', undecidedUntil: 0, claimedUntil: now });
    }
  });

  it.each(reasons)('%s ends what was called off', (reason) => {
    const verdict = verdictOf(turnOf({ cancelled: 'member' }), no(reason));
    expect(verdict).toMatchObject({ kind: 'close', next: { state: 'closing' } });
    expect(verdict.next?.reasons).toEqual(['ROUTED', 'SAID_NO']);
  });

  it.each(['permanent', 'retryNewKey'] as const)(
    '%s ends the last attempt at a source',
    (reason) => {
      const turn = turnOf({ attempt: maximumAttempts });
      expect(verdictOf(turn, no(reason)).kind).toBe('nextSource');
    },
  );

  it('leaves each source as many new keys', () => {
    const after = (attempt: number) =>
      verdictOf(turnOf({ attempt, tried: ['first'] }), no('retryNewKey')).kind;
    expect(after(2 * maximumAttempts - 1)).toBe('newAttempt');
    expect(after(2 * maximumAttempts)).toBe('nextSource');
  });

  it('is none of a placing call while an earlier one may still arrive', () => {
    for (const reason of reasons) {
      const undecided = turnOf({ undecidedUntil: soon });
      expect(verdictOf(undecided, no(reason))).toEqual({ kind: 'lookUp' });
      const lookedUp = { ...undecided, placed: false };
      expect(verdictOf(lookedUp, no('permanent')).kind).toBe('nextSource');
    }
  });

  it('of an order that was there uses its reference up', () => {
    const waits = ['waitForFunds', 'waitForLimit', 'retrySameKey', 'configuration'] as const;
    for (const reason of waits) {
      const again = verdictOf(turnOf(), no(reason)).next;
      expect([reason, again?.attempt, again?.call]).toEqual([reason, 1, 2]);
      const used = verdictOf(turnOf({}, { placed: false }), no(reason)).next;
      expect([reason, used?.attempt, used?.call]).toEqual([reason, 2, 0]);
    }
  });

  it('says what is waited for', () => {
    const waits = ['waitForFunds', 'waitForLimit', 'configuration'] as const;
    const told = waits.map((reason) => verdictOf(turnOf(), no(reason)).next?.waitingFor);
    expect(told).toEqual(['funds', 'limit', 'configuration']);
  });

  it('that the provider would repeat for ever takes a new reference where it is waited for', () => {
    const replaying = { ...habits, replaysErrors: true };
    const verdict = verdictOf(turnOf({}, { habits: replaying }), no('waitForFunds'));
    expect(verdict).toMatchObject({ kind: 'rest', next: { attempt: 2, call: 0 } });
  });
});

describe('an order that is not found', () => {
  const lookedUp = (parts: Partial<Order>, own: Partial<ReferenceHabits> = {}) =>
    verdictOf(turnOf(parts, { placed: false, habits: { ...habits, ...own } }), {
      kind: 'notFound',
    });

  it('is asked for again while it may still arrive, and the look-up counts for no call', () => {
    const verdict = lookedUp({ undecidedUntil: soon, cancelled: 'member' });
    expect(verdict).toMatchObject({ kind: 'lookUp', next: { undecidedUntil: soon, call: 2 } });
    expect(verdict.next?.claimedUntil).toBe(now);
  });

  it('is closed once it was called off and nothing can arrive any more', () => {
    expect(lookedUp({ cancelled: 'late' }).kind).toBe('close');
  });

  it('takes a new reference where the old one is spoilt or too old', () => {
    const spoilt = lookedUp({ call: 2 }, { replaysErrors: true });
    expect(spoilt).toMatchObject({ kind: 'newAttempt', next: { attempt: 2, call: 0 } });
    const old = lookedUp({ since: instantOf(0) }, { referenceLifeDays: 1 });
    expect(old.next?.reasons).toEqual(['ROUTED', 'REFERENCE_TOO_OLD']);
    expect(lookedUp({ attempt: 20, call: 2 }, { replaysErrors: true }).kind).toBe('close');
  });

  it.each(['accepted', 'reopened'] as const)('is looked for again where it was %s', (state) => {
    expect(lookedUp({ state, cancelled: 'late' })).toEqual({ kind: 'lookUp' });
  });
});

describe('a success', () => {
  it('is captured from every state, cancelled or not', () => {
    const heard: Heard = { kind: 'delivered', providerOrder: 'order-1' };
    for (const state of states) {
      const verdict = verdictOf(turnOf({ state, cancelled: 'member' }), heard);
      expect(verdict).toMatchObject({ kind: 'capture', next: { state, providerOrder: 'order-1' } });
    }
  });

  it('that may still be refused is looked up again; one that was undone stays reopened', () => {
    const heard: Heard = { kind: 'taken', providerOrder: 'order-1' };
    const told = states.map((state) => verdictOf(turnOf({ state }), heard).next?.state);
    expect(told).toEqual(['accepted', 'accepted', 'reopened']);
  });
});

describe('placing again', () => {
  it('is for open orders that nobody called off', () => {
    for (const state of states) {
      expect(mayPlace(orderRow({ state, call: 1 }), at(now), habits)).toBe(state === 'open');
    }
    expect(mayPlace(orderRow({ cancelled: 'late' }), at(now), habits)).toBe(false);
  });

  it('waits where a repeat is a second order, and never comes where it repeats an error', () => {
    const undecided = orderRow({ call: 1, since: now, undecidedUntil: soon });
    const second = { ...habits, repeatedReference: 'newOrder' } as const;
    expect(mayPlace(undecided, at(now), habits)).toBe(true);
    expect(mayPlace(undecided, at(now), second)).toBe(false);
    expect(mayPlace(undecided, { askedAt: now, now: soon }, second)).toBe(false);
    expect(mayPlace(undecided, at(soon), second)).toBe(true);
    const replaying = { ...habits, replaysErrors: true };
    expect([1, 2].map((call) => mayPlace({ ...undecided, call }, at(soon), replaying))).toEqual([
      ...[true, false],
    ]);
  });

  it('is not for a reference that the provider may have forgotten', () => {
    const short = { ...habits, referenceLifeDays: 30 };
    const sent = orderRow({ call: 1, since: now });
    const dayMs = 86_400_000;
    expect(mayPlace(sent, at(instantOf(now + 30 * dayMs - 1)), short)).toBe(true);
    expect(mayPlace(sent, at(instantOf(now + 30 * dayMs)), short)).toBe(false);
  });
});

const anyTurn: fc.Arbitrary<EndedTurn> = fc
  .record({
    state: fc.constantFrom(...states),
    attempt: fc.integer({ min: 1, max: 25 }),
    call: fc.nat({ max: 5 }),
    since: fc.constantFrom(0, now - 1, now),
    undecidedUntil: fc.constantFrom(0, now - 1, now + 1),
    cancelled: fc.constantFrom(undefined, 'member' as const, 'late' as const),
    placed: fc.boolean(),
    askedAt: fc.constantFrom(instantOf(now - 2), now),
    habits: fc.record({
      repeatedReference: fc.constantFrom('sameOrder' as const, 'newOrder' as const),
      replaysErrors: fc.boolean(),
      referenceLifeDays: fc.constantFrom(1, 30),
    }),
  })
  .map(({ state, attempt, call, since, undecidedUntil, cancelled, ...turn }) =>
    turnOf(
      {
        ...{ state, attempt, call, since: instantOf(since) },
        ...{ undecidedUntil: instantOf(undecidedUntil), ...(cancelled && { cancelled }) },
      },
      turn,
    ),
  );

const anyHeard: fc.Arbitrary<Heard> = fc.oneof(
  fc.constantFrom<Heard>(
    ...[{ kind: 'unknown' } as const, { kind: 'notFound' } as const],
    ...[{ kind: 'delivered', providerOrder: 'o' } as const],
    { kind: 'taken', providerOrder: 'o' },
  ),
  fc.constantFrom(...reasons).map(no),
);

describe('whatever is heard, in whatever state', () => {
  /** The row stops counting on this attempt. */
  const givesUp = ({ kind, next }: Verdict, turn: EndedTurn) =>
    ['nextSource', 'close', 'newAttempt'].includes(kind) ||
    (next !== undefined && next.attempt > turn.claimed.attempt);

  it('an attempt is given up only where no call of it can take effect any more', () => {
    const property = fc.property(anyTurn, anyHeard, (turn, heard) => {
      if (!givesUp(verdictOf(turn, heard), turn)) return;
      const isSaid = heard.kind === 'no' && !turn.placed;
      expect(isSaid || turn.before.undecidedUntil <= turn.askedAt).toBe(true);
      expect(['no', 'notFound']).toContain(heard.kind);
    });
    fc.assert(property, runs(2000));
  });

  it('an attempt never falls, rises by one at most, and never rises once it is called off', () => {
    const property = fc.property(anyTurn, anyHeard, (turn, heard) => {
      const { next } = verdictOf(turn, heard);
      const rise = (next?.attempt ?? turn.claimed.attempt) - turn.claimed.attempt;
      expect([0, turn.claimed.cancelled === undefined ? 1 : 0]).toContain(rise);
    });
    fc.assert(property, runs(2000));
  });

  it('only a definite no closes, and marks stay', () => {
    const property = fc.property(anyTurn, anyHeard, (turn, heard) => {
      const { kind, next } = verdictOf(turn, heard);
      expect(next?.state === 'closing').toBe(kind === 'close');
      if (next !== undefined) expect(next.cancelled).toBe(turn.claimed.cancelled);
    });
    fc.assert(property, runs(1000));
  });
});
