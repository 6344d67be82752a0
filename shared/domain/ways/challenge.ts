import * as z from 'zod/mini';
import { fieldAt } from '../earning/event.ts';
import { type Decision, joined, type RecordWrite } from '../member/decision.ts';
import { type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import type { Instant } from '../time.ts';
import { rewardDecision } from './reward.ts';
import { dayOf, isBetween, recordDecision, recordWrite, type WayInput } from './way.ts';

type Challenge = Program['challenges'][number];

const progressSchema = z.strictObject({
  /** Of the round under way. */
  steps: z.int(),
  /** Rounds that are full and paid. */
  rounds: z.int(),
});

/** A step whose proof a person has to see. */
const approvalSchema = z.strictObject({
  challenge: z.string(),
  at: z.int(),
  proof: z.optional(z.string()),
  /** Who handed it in for a company: nobody approves their own. */
  participant: z.optional(z.string()),
});

type Approval = z.output<typeof approvalSchema>;

/** A longer proof is cut: a record stays small. */
const maximumProofLength = 500;

/** Steps of challenges and punch cards. */
export function advanceChallenge(input: WayInput, challenge: Challenge): Decision | undefined {
  const { compiled, event, subject, member } = input;
  if (!isBetween(challenge.between, dayOf(compiled, event.occurredAt))) return undefined;
  if (!compiled.matches(challenge.when, subject) || isDone(member, challenge)) return undefined;
  if (challenge.approval) return handedIn(input, challenge);
  return countStep({ compiled, snapshot: member, challenge, at: event.occurredAt });
}

function isDone(snapshot: MemberSnapshot, { id, repeat }: Challenge): boolean {
  return repeat === 'once' && progressOf(snapshot, id).rounds > 0;
}

/** Counts one step; the last one of a round pays, and a repeated challenge starts anew. */
function countStep({
  compiled,
  snapshot,
  challenge,
  at,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly challenge: Challenge;
  readonly at: Instant;
}): Decision {
  const { id, steps: goal, reward } = challenge;
  const { steps, rounds } = progressOf(snapshot, id);
  if (steps + 1 < goal) {
    const records = [progressWrite(snapshot, id, { steps: steps + 1, rounds })];
    return recordDecision('CHALLENGE_STEP', records, { [id]: `${steps + 1}/${goal}` });
  }
  const way = `challenge:${id}`;
  const source = `${way}:${rounds + 1}`;
  const full = [progressWrite(snapshot, id, { steps: 0, rounds: rounds + 1 })];
  const rewarded = rewardDecision({ compiled, snapshot, reward, way, source, at });
  return { ...rewarded, records: [...full, ...rewarded.records] };
}

function progressOf(snapshot: MemberSnapshot, id: string): z.output<typeof progressSchema> {
  const record = recordOf(snapshot, 'progress', id);
  return record ? z.parse(progressSchema, record.value) : { steps: 0, rounds: 0 };
}

function progressWrite(
  snapshot: MemberSnapshot,
  id: string,
  next: z.output<typeof progressSchema>,
): RecordWrite {
  return recordWrite(snapshot, { kind: 'progress', id, next });
}

function handedIn(input: WayInput, challenge: Challenge): Decision {
  const { event, subject, member, hash } = input;
  const proof = challenge.proof === undefined ? undefined : fieldAt(subject, challenge.proof);
  if (challenge.proof !== undefined && (typeof proof !== 'string' || proof === '')) {
    return recordDecision('NOT_REWARDED', [], { [challenge.id]: 'PROOF_MISSING' });
  }
  const approval: Approval = {
    challenge: challenge.id,
    at: event.occurredAt,
    ...(typeof proof === 'string' && { proof: proof.slice(0, maximumProofLength) }),
    ...(event.participant !== undefined && { participant: event.participant }),
  };
  const id = `${challenge.id}.${hash}`;
  const records = [recordWrite(member, { kind: 'approval', id, next: approval })];
  const waiting = recordDecision('PROOF_WAITS', records, { [challenge.id]: 'PROOF_TO_APPROVE' });
  return { ...waiting, cases: [{ subject: id, reason: 'PROOF_TO_APPROVE' }] };
}

/** The steps that wait, the oldest first. */
export function waitingSteps(
  snapshot: MemberSnapshot,
): { readonly id: string; readonly approval: Approval }[] {
  return [...snapshot.records.values()]
    .filter(({ kind }) => kind === 'approval')
    .flatMap(({ id, value }) => {
      // Other approvals, such as those of adjustments, may stand beside.
      const read = z.safeParse(approvalSchema, value);
      return read.success ? [{ id, approval: read.data }] : [];
    })
    .sort((left, right) => left.approval.at - right.approval.at);
}

/** The waiting step leaves the list; approved, it counts as of the day it was handed in. */
export function settleStep({
  compiled,
  snapshot,
  step,
  isApproved,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly step: { readonly id: string; readonly approval: Approval };
  readonly isApproved: boolean;
}): Decision {
  const { id, approval } = step;
  const gone = [recordWrite(snapshot, { kind: 'approval', id, next: undefined })];
  const why = { challenge: approval.challenge };
  const reason = isApproved ? 'STEP_APPROVED' : 'STEP_REJECTED';
  const settled = recordDecision(reason, gone, why);
  const { challenges } = compiled.program;
  const challenge = challenges.find((each) => each.id === approval.challenge);
  if (!isApproved || !challenge || isDone(snapshot, challenge)) return settled;
  const counted = countStep({ compiled, snapshot, challenge, at: approval.at as Instant });
  return { ...joined(settled, counted), kind: counted.kind };
}
