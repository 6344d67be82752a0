import { shortKey } from '../../member/figure-key.ts';
import { limitName } from '../../redemption/limits.ts';
import { countsFirst, firstName, ringNames } from '../../redemption/review-rules.ts';
import { referralCounter } from '../../ways/referral.ts';
import type { Finding, Program } from '../schema.ts';
import { findingAt, type Place } from './places.ts';

interface Figure {
  readonly path: Place['path'];
  /** As people know it. */
  readonly name: string;
  /** What its key is made of. */
  readonly keyed: string;
}

/** Figures whose keys on a member's balance are made of the same four letters. */
export function figureKeyFindings(program: Program): Finding[] {
  return [counters(program), metrics(program), cooldowns(program)].flatMap(clashes);
}

function clashes(figures: readonly Figure[]): Finding[] {
  return figures.flatMap(({ path, name, keyed }, index) => {
    const key = shortKey(keyed);
    const other = figures
      .slice(0, index)
      .find((earlier) => earlier.keyed !== keyed && shortKey(earlier.keyed) === key);
    if (other === undefined) return [];
    const message =
      `${name} would be counted as ${other.name}: ` +
      `both are kept under ${key}; give it another id`;
    return [findingAt(path, message)];
  });
}

function counters(program: Program): Figure[] {
  const { earning, referral, redemption } = program;
  const counted = earning.caps.flatMap(({ id, per }, index) =>
    per === 'member'
      ? [{ path: ['earning', 'caps', index, 'id'], name: `cap ${id}`, keyed: id }]
      : [],
  );
  const limited = redemption.limits.map(({ id }, index) => {
    const path = ['redemption', 'limits', index, 'id'];
    return { path, name: `limit ${id}`, keyed: limitName(id) };
  });
  const firsts = countsFirst(program)
    ? [{ path: ['redemption', 'reviews'], name: 'first redemptions', keyed: firstName }]
    : [];
  if (referral?.maximumPerYear === undefined) return [...firsts, ...counted, ...limited];
  const path = ['referral', 'maximumPerYear'];
  const referrals = { path, name: 'the number of referrals', keyed: referralCounter };
  return [referrals, ...firsts, ...counted, ...limited];
}

function metrics({ metrics: all }: Program): Figure[] {
  return all.map(({ id }, index) => {
    return { path: ['metrics', index, 'id'], name: `metric ${id}`, keyed: id };
  });
}

function cooldowns(program: Program): Figure[] {
  const path = ['redemption', 'reviews'];
  const ring = ringNames(program).map((keyed) => ({ path, name: 'a redemption', keyed }));
  const cooling = program.earning.rules.flatMap(({ id, cooldownSeconds }, index) => {
    if (cooldownSeconds === undefined) return [];
    const path = ['earning', 'rules', index, 'id'];
    return [{ path, name: `the cooldown of ${id}`, keyed: `cooldown:${id}` }];
  });
  return [...ring, ...cooling];
}
