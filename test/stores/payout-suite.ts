import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PayoutTerms } from '../../shared/domain/payout/terms.ts';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';
import type { KeptChoice, PayoutLine, PayoutRun, PayoutStore } from '../../shared/ports/payouts.ts';
import { lot } from '../support/points.ts';
import { audit, collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { deliver, noon, owner } from './ledger-actor.ts';
import { planHold, redemption } from './redemption-actor.ts';

const [first, second] = [redemption(1), redemption(2)];

const payout: PayoutTerms = {
  ...{ run: 'run-1', railKind: 'bankAccount', bearer: 'member', charity: 'food-bank' },
  ...{ donatedMinor: 2n, feeMinor: 1n },
  exchange: {
    ...{ from: 'USD', fromMinor: 10n, to: 'EUR', toMinor: 8n, wholeMinor: 8n },
    rate: { numerator: 4n, denominator: 5n },
    ...{ asOf: '2026-03-13' as LocalDate, source: 'ecb', rounding: 'down' },
  },
};

async function payOut({ ledger, redemptions }: Stores, id: string, lastPayout?: string) {
  const plan = planHold(await ledger.readBalance(owner), id, 10n);
  if (plan === undefined) throw new Error('The money reaches.');
  const terms = { ...plan.hold.terms, kind: 'payout', payout } as const;
  const hold = { ...plan.hold, terms, sealedPayee: 'sealed' };
  const beside = { ...(lastPayout !== undefined && { lastPayout }) };
  return { hold, outcome: await redemptions.hold(hold, plan.change, beside) };
}

const program = owner.program;
const run: PayoutRun = {
  ...{ program, run: 'run-1', asOf: noon, requestedBy: 'fin', state: 'running' },
  startedAt: noon,
};

function lineOf(member: string, outcome: PayoutLine['outcome'], of = run.run): PayoutLine {
  const available = { amountMinor: 1_000n, currency: 'EUR' };
  return { program, run: of, member, unit: 'EUR', available, outcome };
}

const skipped = { kind: 'skipped', reason: 'BELOW_THRESHOLD' } as const;
const paid = { kind: 'payout', payout: first, rail: 'bank' } as const;

export function payoutSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
    const event = { hash: 'e1', points: 100n, lot: lot('2027-01-31'), kind: 'accrual' } as const;
    await deliver(stores.ledger, event, 'd1');
  });
  afterEach(async () => {
    await audit(stores.scan);
  });

  describe('the hold of a payout', () => holds(() => stores));
  describe('the entry of points', () => inPoints(() => stores));
  describe('a choice of a rail', () => choices(() => stores.payouts));
  describe('a run', () => runs(() => stores.payouts));
  describe('the members of a run', () => members(() => stores));
  describe('the lines of a run', () => lines(() => stores.payouts));
}

function holds(stores: () => Stores): void {
  it('keeps what was fixed with it', async () => {
    const { hold, outcome } = await payOut(stores(), first);
    expect(outcome).toEqual({ kind: 'held' });
    expect((await stores().redemptions.read(first))?.hold).toEqual(hold);
  });

  it('comes after the one that was the newest of its wallet', async () => {
    const newest = () => stores().redemptions.lastPayout(owner);
    expect(await newest()).toBeUndefined();
    await payOut(stores(), first);
    expect(await newest()).toBe(first);
    expect((await payOut(stores(), second)).outcome).toEqual({ kind: 'walletBusy' });
    expect((await payOut(stores(), first)).outcome).toMatchObject({ kind: 'exists' });
    expect((await payOut(stores(), second, first)).outcome).toEqual({ kind: 'held' });
    expect(await newest()).toBe(second);
    expect((await payOut(stores(), first)).outcome).toMatchObject({ kind: 'exists' });
  });
}

function inPoints(stores: () => Stores): void {
  it('is found by its hash, with nobody whose it is', async () => {
    const query = { program, members: [], originals: [], budgets: [] };
    const read = (hash: string) => stores().ledger.readForPosting({ ...query, hashes: [hash] });
    expect((await read('e1')).entries.get('e1')?.member).toBe(owner.member);
    expect((await read('e2')).entries.size).toBe(0);
  });
}

function choices(payouts: () => PayoutStore): void {
  const plain: KeptChoice = {
    ...{ program, member: 'ann', rail: 'bank', currency: 'EUR', country: 'DE' },
    ...{ chosenAt: noon, version: 1 },
  };
  const next: KeptChoice = {
    ...{ ...plain, sealedPayee: 'sealed', version: 2 },
    donation: { charity: 'food-bank', percent: 25 },
    payeeMask: { kind: 'iban', ending: '2051' },
    payeeCountries: ['DE', 'FR'],
  };

  it('is forgotten as often as it is asked for, and begins anew', async () => {
    await payouts().removeChoice(plain);
    await payouts().putChoice(plain);
    await payouts().putChoice({ ...plain, member: 'bob' });
    await payouts().removeChoice(plain);
    await payouts().removeChoice(plain);
    expect(await payouts().readChoice(plain)).toBeUndefined();
    expect(await payouts().readChoice({ program, member: 'bob' })).toBeDefined();
    expect(await payouts().putChoice(plain)).toBe('done');
  });

  it('stands as it was made last, each made upon the one before', async () => {
    const read = () => payouts().readChoice({ program, member: 'ann' });
    expect(await read()).toBeUndefined();
    expect(await payouts().putChoice(plain)).toBe('done');
    expect(await read()).toEqual(plain);
    expect(await payouts().putChoice(next)).toBe('done');
    expect(await read()).toEqual(next);
    expect(await payouts().putChoice({ ...plain, rail: 'card' })).toBe('lost');
    expect(await payouts().putChoice({ ...next, rail: 'card' })).toBe('lost');
    expect(await read()).toEqual(next);
  });

  it('is won by one of two that are made at once', async () => {
    const other = { ...plain, rail: 'card' };
    const both = [plain, other].map((choice) => payouts().putChoice(choice));
    expect((await Promise.all(both)).sort()).toEqual(['done', 'lost']);
    expect(await payouts().readChoice({ program, member: 'bob' })).toBeUndefined();
  });
}

function runs(payouts: () => PayoutStore): void {
  it('begins once, and ends', async () => {
    expect(await payouts().readRun(program, run.run)).toBeUndefined();
    expect(await payouts().beginRun(run)).toEqual(run);
    const later = { ...run, asOf: instantOf(noon + 1), requestedBy: 'another' };
    expect(await payouts().beginRun(later)).toEqual(run);
    const ended = { ...run, state: 'done', endedAt: instantOf(noon + 2) } as const;
    await payouts().endRun(ended);
    expect(await payouts().readRun(program, run.run)).toEqual(ended);
    expect(await payouts().beginRun(later)).toEqual(ended);
    expect(await payouts().readRun('another', run.run)).toBeUndefined();
  });

  it('remembers how far it has come, until it has ended', async () => {
    const kept = { ...run, progress: { through: 'm#1', failed: ['ann', 'bob'] } };
    const further = { ...run, progress: { through: 'm#2', failed: [] } };
    await payouts().beginRun(run);
    await payouts().keepProgress(kept);
    expect(await payouts().beginRun(run)).toEqual(kept);
    await payouts().keepProgress(further);
    expect(await payouts().readRun(program, run.run)).toEqual(further);
    const ended = { ...run, state: 'done', endedAt: instantOf(noon + 2) } as const;
    await payouts().endRun(ended);
    await payouts().keepProgress(kept);
    expect(await payouts().readRun(program, run.run)).toEqual(ended);
  });
}

function members(stores: () => Stores): void {
  const listed = (of: string, after?: string) => collected(stores().payouts.members(of, after));

  it('come in the same order each time, from wherever it is gone on', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `member ${index} #%é`);
    await stores().projections.putMembers('many', names);
    await stores().projections.putMembers('other', ['ben']);
    const all = await listed('many');
    expect(all.toSorted()).toEqual(names.toSorted());
    expect(await listed('many')).toEqual(all);
    for (const place of [0, 1, 20, 58, 59]) {
      expect(await listed('many', all[place])).toEqual(all.slice(place + 1));
    }
    expect(await listed('none')).toEqual([]);
  });

  it('may join meanwhile, and change the place of nobody', async () => {
    const first = Array.from({ length: 30 }, (_, index) => `b${index}`);
    const later = Array.from({ length: 30 }, (_, index) => `${index % 2 ? 'a' : 'c'}${index}`);
    await stores().projections.putMembers('many', first);
    const before = await listed('many');
    await stores().projections.putMembers('many', later);
    const after = await listed('many');
    expect(after.filter((member) => first.includes(member))).toEqual(before);
    const place = before[10] ?? '';
    expect(await listed('many', place)).toEqual(after.slice(after.indexOf(place) + 1));
  });
}

function lines(payouts: () => PayoutStore): void {
  const read = async (of = run.run) => {
    const all = await collected(payouts().lines(program, of));
    return all.sort((left, right) => (left.member < right.member ? -1 : 1));
  };

  it('are all there, each run with its own', async () => {
    const members = Array.from({ length: 40 }, (_, index) => `m#${10 + index}`);
    for (const member of members) await payouts().putLine(lineOf(member, skipped));
    await payouts().putLine(lineOf('ann', paid, 'run-2'));
    expect(await read()).toEqual(members.map((member) => lineOf(member, skipped)));
    expect(await read('run-2')).toEqual([lineOf('ann', paid, 'run-2')]);
    expect(await read('run-3')).toEqual([]);
  });

  it('say what was made of a wallet last, but a payout stays one', async () => {
    await payouts().putLine(lineOf('ann', skipped));
    const other = { kind: 'skipped', reason: 'NO_CHOICE' } as const;
    await payouts().putLine(lineOf('ann', other));
    expect(await read()).toEqual([lineOf('ann', other)]);
    await payouts().putLine(lineOf('ann', paid));
    await payouts().putLine(lineOf('ann', skipped));
    expect(await read()).toEqual([lineOf('ann', paid)]);
    const card = { ...paid, rail: 'card' };
    await payouts().putLine(lineOf('ann', card));
    expect(await read()).toEqual([lineOf('ann', card)]);
    const points = { ...paid, kind: 'points' } as const;
    await payouts().putLine(lineOf('ann', points));
    await payouts().putLine(lineOf('ann', skipped));
    expect(await read()).toEqual([lineOf('ann', points)]);
  });
}
