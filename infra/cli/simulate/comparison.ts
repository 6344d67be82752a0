import type { Fraction } from '../../../shared/domain/money/fraction.ts';
import { primaryUnit, unitsOf } from '../../../shared/domain/program/schema.ts';
import { nothing, plus, twoDecimals, wholeMinor, worthMinor } from './ratio.ts';
import type { ProgramSimulation } from './simulate-program.ts';
import { mainCurrency, worths } from './worth.ts';

/** Members by what they spent: the first tenth spent least. */
export interface Decile {
  readonly decile: number;
  readonly members: number;
  readonly spendMinor: bigint;
  /** In what the comparison measures; without an old program, what members have. */
  readonly sum: bigint;
  readonly mean: string;
  readonly up: number;
  readonly down: number;
  readonly same: number;
}

export interface Loser {
  readonly member: string;
  readonly spendMinor: bigint;
  readonly before: bigint;
  readonly after: bigint;
}

/** What members have at the end: points of a unit, or what all of theirs are worth. */
export type Measure =
  | { readonly kind: 'points'; readonly unit: string }
  | { readonly kind: 'value'; readonly currency: string };

export interface Comparison {
  readonly measure: Measure;
  readonly deciles: readonly Decile[];
  readonly up: number;
  readonly down: number;
  readonly same: number;
  /** At most ten, who lose most first. */
  readonly losers: readonly Loser[];
}

interface Standing extends Loser {
  readonly change: bigint;
}

const decileCount = 10;
const loserCount = 10;

/** Who gains and who loses; `undefined` where the two programs have nothing that compares. */
export function compare(next: ProgramSimulation, old: ProgramSimulation): Comparison | undefined {
  const measure = measureOf(next, old);
  if (measure === undefined) return undefined;
  const [after, before] = [holdings(next, measure), holdings(old, measure)];
  const standings = bySpend(next, old).map(({ member, spendMinor }): Standing => {
    const [was, is] = [before(member), after(member)];
    return { member, spendMinor, before: was, after: is, change: is - was };
  });
  return {
    measure,
    deciles: decilesOf(standings),
    ...directions(standings),
    losers: standings
      .filter(({ change }) => change < 0n)
      .sort((left, right) => compareBig(left.change, right.change) || byName(left, right))
      .slice(0, loserCount)
      .map(({ change: _, ...loser }) => loser),
  };
}

/** The same for one program alone: what each tenth of its members has. */
export function pointsByDecile(simulation: ProgramSimulation): readonly Decile[] {
  const unit = primaryUnit(simulation.program);
  const holding = holdings(simulation, { kind: 'points', unit });
  return decilesOf(
    bySpend(simulation).map(({ member, spendMinor }) => {
      const points = holding(member);
      return { member, spendMinor, before: 0n, after: points, change: points };
    }),
  );
}

/** Points where both have the same primary unit; otherwise their value, where both tell it. */
function measureOf(next: ProgramSimulation, old: ProgramSimulation): Measure | undefined {
  const unit = primaryUnit(next.program);
  if (unit === primaryUnit(old.program)) return { kind: 'points', unit };
  const currencies = [next, old].flatMap(({ program }) => {
    const told = worths(program);
    const isWhole = told.length === unitsOf(program).length;
    return isWhole ? told.map(({ currency }) => currency) : ['unknown'];
  });
  const [currency, ...others] = new Set(currencies);
  const isOne = currency !== undefined && currency !== 'unknown' && others.length === 0;
  return isOne ? { kind: 'value', currency } : undefined;
}

/** What a member has at the end, what is not spendable yet among it. */
function holdings(
  { program, members }: ProgramSimulation,
  measure: Measure,
): (member: string) => bigint {
  if (measure.kind === 'points') {
    return (member) => members.get(member)?.points.get(measure.unit) ?? 0n;
  }
  const told = worths(program);
  return (member) => {
    const points = members.get(member)?.points;
    const values = told.map((worth) => worthMinor(points?.get(worth.unit) ?? 0n, worth));
    return wholeMinor(values.reduce(plus, nothing));
  };
}

interface Spender {
  readonly member: string;
  readonly spendMinor: bigint;
}

/** Everybody of either program, by spend in the first one's currency, then by name. */
function bySpend(next: ProgramSimulation, old?: ProgramSimulation): Spender[] {
  const isSame = old !== undefined && mainCurrency(old.program) === mainCurrency(next.program);
  const names = new Set([...next.members.keys(), ...(old?.members.keys() ?? [])]);
  const spenders = [...names].map((member) => {
    const spent = next.members.get(member)?.spendMinor ?? 0n;
    const known = isSame ? (old.members.get(member)?.spendMinor ?? 0n) : 0n;
    return { member, spendMinor: spent > known ? spent : known };
  });
  return spenders.sort(
    (left, right) => compareBig(left.spendMinor, right.spendMinor) || byName(left, right),
  );
}

function decilesOf(standings: readonly Standing[]): Decile[] {
  return Array.from({ length: decileCount }, (_, index) => {
    const from = Math.floor((standings.length * index) / decileCount);
    const to = Math.floor((standings.length * (index + 1)) / decileCount);
    const part = standings.slice(from, to);
    const sum = part.reduce((total, { change }) => total + change, 0n);
    const spendMinor = part.reduce((total, standing) => total + standing.spendMinor, 0n);
    const mean: Fraction = { numerator: sum, denominator: BigInt(part.length) };
    return {
      ...{ decile: index + 1, members: part.length, spendMinor, sum },
      mean: twoDecimals(mean) ?? '0.00',
      ...directions(part),
    };
  });
}

function directions(standings: readonly Standing[]): Pick<Decile, 'up' | 'down' | 'same'> {
  const up = standings.filter(({ change }) => change > 0n).length;
  const down = standings.filter(({ change }) => change < 0n).length;
  return { up, down, same: standings.length - up - down };
}

function compareBig(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function byName(left: Spender, right: Spender): number {
  return left.member < right.member ? -1 : 1;
}
