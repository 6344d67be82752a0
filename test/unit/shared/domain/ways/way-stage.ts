import type { CommandInput } from '../../../../../shared/domain/commands/command.ts';
import { readCommandData } from '../../../../../shared/domain/commands/command.ts';
import { type CustomerEvent, subjectOf } from '../../../../../shared/domain/earning/event.ts';
import type { Decision, FigureAdd } from '../../../../../shared/domain/member/decision.ts';
import type { Profile } from '../../../../../shared/domain/member/profile.ts';
import {
  balanceIn,
  emptySnapshot,
  type MemberSnapshot,
} from '../../../../../shared/domain/member/snapshot.ts';
import { metricAdds } from '../../../../../shared/domain/metrics/metric.ts';
import {
  type CompiledProgram,
  compileProgram,
} from '../../../../../shared/domain/program/compiled.ts';
import { noRates } from '../../../../../shared/domain/rates/rate-book.ts';
import type { Refusal } from '../../../../../shared/domain/refusal.ts';
import { type Instant, instantOf } from '../../../../../shared/domain/time.ts';
import { wayCommands } from '../../../../../shared/domain/ways/commands.ts';
import { activeEntitlements } from '../../../../../shared/domain/ways/entitlement.ts';
import { withRecords } from '../../../../../shared/domain/ways/way.ts';
import { advanceWays, waysDue } from '../../../../../shared/domain/ways/ways.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

export const entitlements = {
  coffee: { names: { en: 'A coffee' }, kind: 'freeItem', days: 30 },
  cake: { names: { en: 'A cake' }, kind: 'freeItem' },
  lounge: { names: { en: 'The lounge' }, kind: 'access' },
};

/** Local noon of a day; the sample program's zone is London. */
export function at(day: string, time = '12:00'): Instant {
  return instantOf(Date.parse(`${day}T${time}:00Z`));
}

function listed(types: unknown): string[] {
  return Array.isArray(types) ? types : [];
}

/** One member, and others beside, to whom decisions are applied as a posting would. */
export class WayStage {
  readonly compiled: CompiledProgram;
  readonly decisions: { readonly at: number; readonly id: string; readonly decision: Decision }[] =
    [];
  readonly #members = new Map<string, MemberSnapshot>();
  readonly #points = new Map<string, bigint>();
  #events = 0;

  constructor(parts: Record<string, unknown>, from = '1970-01-01') {
    const eventTypes = ['order.placed', 'order.returned', ...listed(parts.eventTypes)];
    const program = sampleProgram({ entitlements, ...parts, eventTypes });
    this.compiled = compileProgram({ program, from: at(from, '00:00') });
  }

  member(member = 'ann'): MemberSnapshot {
    return this.#members.get(member) ?? emptySnapshot(member);
  }

  points(unit = 'PTS', member = 'ann'): bigint {
    return this.#points.get(`${member} ${unit}`) ?? 0n;
  }

  entitlements(now: Instant, member = 'ann'): string[] {
    return activeEntitlements(this.member(member), now);
  }

  enrol(day: string, profile: Partial<Profile> = {}, member = 'ann'): void {
    const value = {
      kind: 'person',
      enrolledAt: at(day),
      segments: [],
      participants: {},
      ...profile,
    };
    const records = [{ member, kind: 'profile', id: '0', next: value } as const];
    this.#members.set(member, withRecords(this.member(member), records));
  }

  event(
    type: string,
    day: string,
    parts: Partial<Omit<CustomerEvent, 'type'>> = {},
  ): Decision | undefined {
    this.#events += 1;
    const event: CustomerEvent = {
      ...{ source: 'shop', id: `e${this.#events}`, type, member: 'ann', occurredAt: at(day) },
      ...{ amountMinor: 0n, currency: 'GBP', ...parts },
    };
    const subject = subjectOf(event);
    const { compiled } = this;
    const hash = `h${this.#events}`;
    const member = this.member(event.member);
    const decision = advanceWays({ compiled, event, subject, member, hash });
    if (decision) this.apply(decision, event.member);
    const metrics = metricAdds({ compiled, event, subject, awards: [] });
    this.#count(event.member, 'metrics', metrics);
    return decision;
  }

  /** Books what is due as the sweep does: the earliest, then asks again. */
  sweep(now: Instant, member = 'ann'): string[] {
    const done: string[] = [];
    for (let round = 0; round < 500; round += 1) {
      const [first] = waysDue({ compiled: this.compiled, snapshot: this.member(member), now }).sort(
        (left, right) => left.at - right.at,
      );
      if (first === undefined) return done;
      if (first.at > now) throw new Error(`${first.id} is not due yet.`);
      if (done.includes(first.id)) throw new Error(`${first.id} is due again.`);
      done.push(first.id);
      this.decisions.push(first);
      this.apply(first.decision, member);
    }
    throw new Error('The work never ends.');
  }

  command(
    type: string,
    data: Record<string, unknown>,
    { day = '2026-06-15', actor = 'desk', member = 'ann' } = {},
  ): Decision | Refusal {
    const handler = wayCommands[type];
    if (handler === undefined) throw new Error(`There is no ${type}.`);
    const parsed = readCommandData(handler, data);
    if (!parsed.ok) return parsed.failure;
    const read = parsed.value;
    this.#events += 1;
    const command = { id: 'c', source: 's', actor, type, member, occurredAt: at(day), data };
    const others = new Map(this.#members);
    for (const other of handler.others?.(read) ?? []) others.set(other, this.member(other));
    const { compiled } = this;
    const hash = `h${this.#events}`;
    const frame = { compiled, command, member: this.member(member), others, hash };
    const current = compiled.program;
    const input: CommandInput<unknown> = {
      ...frame,
      current,
      data: read,
      now: at(day),
      rates: noRates,
    };
    const result = handler.decide(input);
    if (!result.ok) return result.failure;
    this.apply(result.value, member);
    return result.value;
  }

  apply({ records, movements, counters, metrics }: Decision, member: string): void {
    for (const each of new Set([member, ...records.map((record) => record.member)])) {
      this.#check(each, records);
      this.#members.set(each, withRecords(this.member(each), records));
    }
    for (const movement of movements) {
      if (movement.kind !== 'credit') throw new Error('A way to earn only credits.');
      const key = `${movement.member} ${movement.unit}`;
      this.#points.set(key, (this.#points.get(key) ?? 0n) + movement.points);
    }
    this.#count(member, 'counters', counters);
    this.#count(member, 'metrics', metrics);
  }

  /** Each record is written once, over the version that stands. */
  #check(member: string, records: Decision['records']): void {
    const keys = new Set<string>();
    for (const { kind, id, version, member: whose } of records) {
      if (whose !== member) continue;
      const key = `${kind}#${id}`;
      if (keys.has(key)) throw new Error(`${key} is written twice.`);
      if (this.member(member).records.get(key)?.version !== version) {
        throw new Error(`${key} is not written over what stands.`);
      }
      keys.add(key);
    }
  }

  #count(member: string, kind: 'counters' | 'metrics', adds: readonly FigureAdd[]): void {
    const snapshot = this.member(member);
    const balance = balanceIn(snapshot, 'PTS');
    const figures = new Map(balance.standing[kind]);
    for (const { key, add } of adds) figures.set(key, (figures.get(key) ?? 0n) + add);
    const standing = { ...balance.standing, [kind]: figures };
    const balances = new Map([...snapshot.balances, ['PTS', { ...balance, standing }] as const]);
    this.#members.set(member, { ...snapshot, balances });
  }
}
