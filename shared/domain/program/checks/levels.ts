import type { Finding, Program, TierLevel, Tiers } from '../schema.ts';
import { findingAt } from './places.ts';

type Condition = NonNullable<TierLevel['qualify']>;
type Alternative = Condition['anyOf'][number];

/** What contradicts itself in tiers: levels from the lowest to the highest, each takes more. */
export function levelFindings(program: Program): Finding[] {
  const { tiers } = program;
  if (tiers === undefined) return [];
  return [
    ...lowestFindings(tiers),
    ...unreachable(tiers),
    ...tiers.levels.flatMap((level, rank) => tooEasy(tiers, level, rank)),
    ...reviewFindings(tiers),
    ...segmentFindings(program, tiers),
  ];
}

function lowestFindings({ levels: [lowest], placements = [] }: Tiers): Finding[] {
  const path = ['tiers', 'levels', 0];
  const message = 'must be left out: everybody is on the lowest level from the beginning';
  const keys = (['qualify', 'keep'] as const).filter((key) => lowest?.[key] !== undefined);
  const placed = placements.flatMap(({ level }, index) =>
    level === lowest?.id
      ? [findingAt(['tiers', 'placements', index, 'level'], 'is the lowest level, of everybody')]
      : [],
  );
  return [...keys.map((key) => findingAt([...path, key], message)), ...placed];
}

function unreachable({ levels, placements = [], overrideMonths }: Tiers): Finding[] {
  return levels.flatMap(({ id, qualify }, rank) => {
    const isPlaced = placements.some(({ level }) => level === id);
    if (rank === 0 || qualify !== undefined || isPlaced || overrideMonths !== undefined) return [];
    const message =
      'has no `qualify`, and no placement leads to it: nobody would ever be on this level';
    return [findingAt(['tiers', 'levels', rank], message)];
  });
}

/** A level below that takes as much or more: nobody would stay on it. */
function tooEasy({ levels }: Tiers, { id, qualify }: TierLevel, rank: number): Finding[] {
  if (qualify === undefined) return [];
  const below = levels
    .slice(0, rank)
    .findLast((lower) => lower.qualify !== undefined && implies(lower.qualify, qualify));
  if (below === undefined) return [];
  const message =
    `whoever qualifies for ${below.id} qualifies for ${id} too, so that nobody would be on ` +
    `${below.id}: levels stand from the lowest to the highest, each takes more`;
  return [findingAt(['tiers', 'levels', rank, 'qualify'], message)];
}

/** Whether the second condition holds wherever the first does. */
function implies(first: Condition, second: Condition): boolean {
  return first.anyOf.every((one) => second.anyOf.some((other) => alternativeImplies(one, other)));
}

function alternativeImplies({ allOf: given }: Alternative, { allOf: wanted }: Alternative) {
  return wanted.every(({ metric, atLeast }) =>
    given.some((part) => part.metric === metric && part.atLeast >= atLeast),
  );
}

function reviewFindings({ levels, up, down, nearPercent }: Tiers): Finding[] {
  const findings: Finding[] = [];
  if (down.when === 'never') {
    const kept = levels.flatMap(({ keep }, rank) => (keep === undefined ? [] : [rank]));
    const message = 'has no meaning while `down` is `never`: no review takes a level';
    for (const rank of kept) {
      if (rank > 0) findings.push(findingAt(['tiers', 'levels', rank, 'keep'], message));
    }
    if (nearPercent !== undefined) findings.push(findingAt(['tiers', 'nearPercent'], message));
    return findings;
  }
  if (down.on !== undefined && down.every !== 'year') {
    const message = `is the day of a yearly review, but \`every\` is \`${down.every}\``;
    findings.push(findingAt(['tiers', 'down', 'on'], message));
  }
  if (nearPercent !== undefined && nearPercent >= 100) {
    const message = 'must be less than 100: no review could ever take a level';
    findings.push(findingAt(['tiers', 'nearPercent'], message));
  }
  if (up.when === 'review' && levels.length === 1) {
    findings.push(findingAt(['tiers', 'up'], 'there is no level to come up to'));
  }
  return findings;
}

function segmentFindings({ segments }: Program, { levels }: Tiers): Finding[] {
  return segments.flatMap((segment, index) => {
    if (segment.kind !== 'nearTier') return [];
    const level = levels.find(({ id }) => id === segment.level);
    if (level === undefined || level.qualify !== undefined) return [];
    const message = `level ${level.id} has no \`qualify\`, so that nobody comes near to it`;
    return [findingAt(['segments', index, 'level'], message)];
  });
}
