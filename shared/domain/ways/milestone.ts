import type { Decision, DueWork } from '../member/decision.ts';
import type { DueInput } from '../member/due.ts';
import { shortKey } from '../member/figure-key.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { metricAdds, metricEver } from '../metrics/metric.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { type Instant, startOfDay } from '../time.ts';
import { lastOf, occasionWrite } from './occasion.ts';
import { rewardDecision } from './reward.ts';
import { dayOf, type WayInput } from './way.ts';

type Milestone = Extract<Program['occasions'][number], { kind: 'milestone' }>;

/** Once, with the event that brings the metric's figure for all times up to the milestone's. */
export function advanceMilestone(input: WayInput, milestone: Milestone): Decision | undefined {
  const { compiled, event, member, awards = [] } = input;
  if (lastOf(member, milestone.id) !== undefined) return undefined;
  const key = shortKey(milestone.metric);
  const added = metricAdds({ ...input, awards })
    .filter((figure) => figure.key === key)
    .reduce((sum, { add }) => sum + add, 0n);
  if (added === 0n || !isReached(compiled, member, milestone, added)) return undefined;
  return rewarded(compiled, member, milestone, event.occurredAt);
}

/** Two events at once may reach the figure without either of them seeing it. */
export function milestonesDue({ compiled, snapshot, now }: DueInput): DueWork[] {
  const { occasions, timeZone } = compiled.program;
  return occasions.flatMap((milestone) => {
    if (milestone.kind !== 'milestone' || lastOf(snapshot, milestone.id) !== undefined) return [];
    if (!isReached(compiled, snapshot, milestone, 0n)) return [];
    const at = startOfDay(dayOf(compiled, now), timeZone);
    const decision = rewarded(compiled, snapshot, milestone, at);
    return [{ at, id: `milestone:${milestone.id}`, decision }];
  });
}

function isReached(
  { program }: CompiledProgram,
  snapshot: MemberSnapshot,
  { metric, atLeast }: Milestone,
  added: bigint,
): boolean {
  return metricEver(snapshot, program, metric) + added >= BigInt(atLeast);
}

function rewarded(
  compiled: CompiledProgram,
  snapshot: MemberSnapshot,
  { id, reward }: Milestone,
  at: Instant,
): Decision {
  const way = `occasion:${id}`;
  const decision = rewardDecision({ compiled, snapshot, reward, way, source: way, at });
  const reached = occasionWrite(snapshot, id, dayOf(compiled, at));
  return { ...decision, records: [reached, ...decision.records] };
}
