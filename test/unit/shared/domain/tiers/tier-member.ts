import { type CustomerEvent, subjectOf } from '../../../../../shared/domain/earning/event.ts';
import type { AwardRecord } from '../../../../../shared/domain/ledger/entry.ts';
import type { Decision, DueWork } from '../../../../../shared/domain/member/decision.ts';
import {
  emptySnapshot,
  type MemberSnapshot,
  recordKey,
} from '../../../../../shared/domain/member/snapshot.ts';
import { emptyStanding, type TierStanding } from '../../../../../shared/domain/member/standing.ts';
import { metricAdds } from '../../../../../shared/domain/metrics/metric.ts';
import { emptyBalance } from '../../../../../shared/domain/points/balance.ts';
import {
  type CompiledProgram,
  compileProgram,
} from '../../../../../shared/domain/program/compiled.ts';
import { parseProgram } from '../../../../../shared/domain/program/parse.ts';
import { primaryUnit } from '../../../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { placement, retier, tierAt, tiersDue } from '../../../../../shared/domain/tiers/tier.ts';
import { type Instant, instantOf, type LocalDate } from '../../../../../shared/domain/time.ts';
import { sampleProgramJson } from '../../../../support/sample-program.ts';

export function compiled(parts: Record<string, unknown>): CompiledProgram {
  const eventTypes = ['order.placed', 'order.returned', 'stay.completed', 'balance.reported'];
  const read = parseProgram({ ...sampleProgramJson(), timeZone: 'UTC', eventTypes, ...parts });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return compileProgram({ from: sinceEver, program: read.program });
}

/** Noon of a day in UTC, or the instant that is named. */
export function at(text: string): Instant {
  return instantOf(Date.parse(text.includes('T') ? text : `${text}T12:00:00Z`));
}

export function day(text: string): LocalDate {
  return text as LocalDate;
}

/** Levels from the lowest to the highest: what each takes of one metric, or its own conditions. */
export function levels(
  metric: string,
  requirements: Readonly<Record<string, number | object | undefined>>,
): object[] {
  return Object.entries(requirements).map(([id, needed]) => {
    const names = { en: id };
    if (needed === undefined) return { id, names };
    if (typeof needed === 'object') return { id, names, ...needed };
    return { id, names, qualify: { anyOf: [{ allOf: [{ metric, atLeast: needed }] }] } };
  });
}

export function event(parts: Partial<CustomerEvent> & { readonly on: string }): CustomerEvent {
  const { on, ...rest } = parts;
  return {
    ...{ source: 'shop', id: on, type: 'order.placed', member: 'ann', currency: 'GBP' },
    ...{ occurredAt: at(on), amountMinor: 0n },
    ...rest,
  };
}

/** One member under one program, kept as the ledger would keep it. */
export class TierMember {
  readonly compiled: CompiledProgram;
  snapshot: MemberSnapshot;
  readonly explained: Decision[] = [];

  constructor(program: CompiledProgram, enrolledOn?: string) {
    this.compiled = program;
    this.snapshot = emptySnapshot('ann');
    if (enrolledOn !== undefined) {
      this.#keep('profile', '0', { kind: 'person', enrolledAt: at(enrolledOn) });
    }
  }

  get tier(): TierStanding | undefined {
    const { program } = this.compiled;
    return this.snapshot.balances.get(primaryUnit(program))?.standing.tier;
  }

  levelAt(text: string): string | undefined {
    return tierAt(this.snapshot, this.compiled.program, at(text));
  }

  get level(): string | undefined {
    return this.levelAt('2098-01-01');
  }

  happens(
    happened: Partial<CustomerEvent> & { readonly on: string },
    awards: readonly AwardRecord[] = [],
  ): this {
    const { compiled: program } = this;
    const one = event(happened);
    const subject = subjectOf(one);
    const { occurredAt } = one;
    const placed = placement({
      compiled: program,
      snapshot: this.snapshot,
      subject,
      at: occurredAt,
    });
    this.#write(metricAdds({ compiled: program, event: one, subject, awards }), placed);
    const raised = retier({ compiled: program, snapshot: this.snapshot, at: occurredAt });
    if (raised !== undefined) this.apply(raised);
    return this;
  }

  spends(on: string, amountMinor: number): this {
    return this.happens({ on, amountMinor: BigInt(amountMinor) });
  }

  /** Books what is due until the instant, one after the other. */
  sweep(until: string, due: (input: DueInput) => DueWork[] = tiersDue): DueWork[] {
    const done: DueWork[] = [];
    for (;;) {
      const works = due({ compiled: this.compiled, snapshot: this.snapshot, now: at(until) });
      const [first] = [...works].sort((one, other) => one.at - other.at);
      if (first === undefined) return done;
      if (done.some(({ id }) => id === first.id)) throw new Error(`${first.id} is due twice.`);
      done.push(first);
      this.apply(first.decision);
    }
  }

  apply(decision: Decision): void {
    this.explained.push(decision);
    const { tier } = decision;
    if (tier && tier.version !== (this.tier?.version ?? 0n) + 1n) throw new Error('Stale tier.');
    this.#write(decision.metrics, tier);
    for (const { kind, id, next, version } of decision.records) {
      const before = this.snapshot.records.get(recordKey(kind, id));
      if (before?.version !== version) throw new Error(`The record ${id} is stale.`);
      this.#keep(kind, id, next);
    }
  }

  #write(
    adds: readonly { readonly key: string; readonly add: bigint }[],
    tier: TierStanding | undefined,
  ): void {
    const unit = primaryUnit(this.compiled.program);
    const balance = this.snapshot.balances.get(unit) ?? emptyBalance;
    const { standing } = balance;
    const metrics = new Map(standing.metrics);
    for (const { key, add } of adds) metrics.set(key, (metrics.get(key) ?? 0n) + add);
    const next = { ...emptyStanding, ...standing, metrics, ...(tier && { tier }) };
    const balances = new Map(this.snapshot.balances).set(unit, { ...balance, standing: next });
    this.snapshot = { ...this.snapshot, balances };
  }

  #keep(kind: 'profile' | Decision['records'][number]['kind'], id: string, value: unknown): void {
    const records = new Map(this.snapshot.records);
    const key = recordKey(kind, id);
    const version = (records.get(key)?.version ?? 0) + 1;
    if (value === undefined) records.delete(key);
    else records.set(key, { kind, id, version, value });
    this.snapshot = { ...this.snapshot, records };
  }
}

interface DueInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}
