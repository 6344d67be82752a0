import * as z from 'zod';
import type { MemberCommand } from '../../../../../shared/domain/commands/command.ts';
import { decideCommand, membersOfCommand } from '../../../../../shared/domain/commands/registry.ts';
import type { Decision } from '../../../../../shared/domain/member/decision.ts';
import { movementLegs } from '../../../../../shared/domain/member/movement-legs.ts';
import { type Profile, profileOf } from '../../../../../shared/domain/member/profile.ts';
import {
  balanceIn,
  emptySnapshot,
  type MemberSnapshot,
  type RecordKind,
  recordKey,
  recordOf,
} from '../../../../../shared/domain/member/snapshot.ts';
import { applyLegs, type Balance } from '../../../../../shared/domain/points/balance.ts';
import {
  type CompiledProgram,
  compileProgram,
} from '../../../../../shared/domain/program/compiled.ts';
import { programSchema } from '../../../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { noRates, type RateBook } from '../../../../../shared/domain/rates/rate-book.ts';
import type { Refusal } from '../../../../../shared/domain/refusal.ts';
import type { Result } from '../../../../../shared/domain/result.ts';
import { type Instant, localDateAt, parseInstant } from '../../../../../shared/domain/time.ts';
import { sampleProgramJson } from '../../../../support/sample-program.ts';

const names = { en: 'Name' };
const points = { names: { en: { one: 'point', other: 'points' } } };

function spent(amountMinor: number): unknown {
  return { anyOf: [{ allOf: [{ metric: 'spend', atLeast: amountMinor }] }] };
}

/** Two wallets, two kinds of members, perks, three levels, and a second person above 100 points. */
export const twoWallets = {
  units: { PTS: points, BIZ: points },
  countries: ['GB', 'DE'],
  rewards: [],
  expiry: [
    { unit: 'PTS', kind: 'monthsAfterEndOfMonth', months: 24, extendDays: 60 },
    { unit: 'BIZ', kind: 'never' },
  ],
  metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
  tiers: {
    levels: [
      { id: 'basic', names },
      { id: 'silver', names, qualify: spent(1_000_00), entitlements: ['lounge'] },
      { id: 'gold', names, qualify: spent(5_000_00), entitlements: ['lounge'] },
    ],
    window: { kind: 'calendarYear' },
    up: { when: 'now' },
    down: { when: 'never' },
    overrideMonths: 12,
  },
  segments: [
    { kind: 'listed', id: 'vip' },
    { kind: 'enrolledWithin', id: 'new', days: 30 },
  ],
  entitlements: {
    lounge: { names, kind: 'perk' },
    coffee: { names, kind: 'freeItem' },
  },
  perks: { entitlements: ['lounge', 'coffee'] },
  lifeEvents: { reasons: ['parental-leave'], maximumMonths: 12 },
  members: {
    kinds: ['person', 'company'],
    wallets: {
      personal: { units: ['PTS'], owner: 'member' },
      business: { units: ['BIZ'], owner: 'company', requires: ['data.vatNumber'] },
    },
    secondPersonAbove: 100,
    reasons: ['correction', 'migration'],
  },
};

export function compiledWith(parts: Readonly<Record<string, unknown>> = {}): CompiledProgram {
  const json = { ...sampleProgramJson(), ...twoWallets, ...parts };
  return compileProgram({ program: z.parse(programSchema, json), from: sinceEver });
}

export function instant(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`${text} is no instant.`);
  return at;
}

export const noon = '2026-03-01T12:00:00Z';

interface Sent {
  readonly actor?: string;
  readonly at?: string;
  readonly now?: string;
}

/** Members in memory: every command is decided and, where nothing is refused, applied. */
export class MemberWorld {
  rates: RateBook = noRates;
  readonly snapshots = new Map<string, MemberSnapshot>();
  readonly compiled: CompiledProgram;
  readonly decisions: Decision[] = [];
  #sent = 0;

  constructor(parts: Readonly<Record<string, unknown>> = {}) {
    this.compiled = compiledWith(parts);
  }

  send(
    type: string,
    member: string,
    data: Readonly<Record<string, unknown>>,
    { actor = 'clerk', at = noon, now = at }: Sent = {},
  ): Result<Decision, Refusal> {
    this.#sent += 1;
    const base = { id: `${this.#sent}`, source: 'test', actor, type, member, data };
    const command: MemberCommand = { ...base, occurredAt: instant(at) };
    const decided = decideCommand({
      current: this.compiled.program,
      ...{ compiled: this.compiled, command, now: instant(now), hash: `h${this.#sent}` },
      snapshots: this.#snapshotsFor(command),
      rates: this.rates,
    });
    if (decided.ok) this.#apply(decided.value, instant(now));
    return decided;
  }

  /** What came of a command, in one word: its refusal's code and field, or `done`. */
  told(...sent: Parameters<MemberWorld['send']>): string {
    const decided = this.send(...sent);
    if (decided.ok) return 'done';
    const { code, field } = decided.failure;
    return field === undefined ? code : `${code} ${field}`;
  }

  of(member: string): MemberSnapshot {
    return this.snapshots.get(member) ?? emptySnapshot(member);
  }

  profile(member: string): Profile | undefined {
    return profileOf(this.of(member));
  }

  balance(member: string, unit = 'PTS'): Balance {
    return balanceIn(this.of(member), unit);
  }

  putBalance(member: string, unit: string, balance: Balance): void {
    const snapshot = this.of(member);
    const balances = new Map([...snapshot.balances, [unit, balance]]);
    this.snapshots.set(member, { ...snapshot, balances });
  }

  putRecord(member: string, kind: RecordKind, id: string, value: unknown): void {
    const snapshot = this.of(member);
    const version = (recordOf(snapshot, kind, id)?.version ?? 0) + 1;
    const records = new Map(snapshot.records);
    if (value === undefined) records.delete(recordKey(kind, id));
    else records.set(recordKey(kind, id), { kind, id, version, value });
    this.snapshots.set(member, { ...snapshot, records });
  }

  #snapshotsFor(command: MemberCommand): Map<string, MemberSnapshot> {
    const read = new Map<string, MemberSnapshot>();
    for (let known = -1; known < read.size; ) {
      known = read.size;
      for (const member of membersOfCommand(command, read)) read.set(member, this.of(member));
    }
    return read;
  }

  #apply(decision: Decision, now: Instant): void {
    this.decisions.push(decision);
    const today = localDateAt(now, this.compiled.program.timeZone);
    for (const movement of decision.movements) {
      const balances = (member: string, unit: string) => this.balance(member, unit);
      const { legs } = movementLegs(movement, balances, today);
      const members = [movement.member, 'fromMember' in movement ? movement.fromMember : ''];
      for (const member of members.filter((each) => each !== '')) {
        const owner = { member, unit: movement.unit };
        this.putBalance(
          member,
          movement.unit,
          applyLegs(this.balance(member, movement.unit), legs, owner),
        );
      }
    }
    for (const { member, kind, id, version, next } of decision.records) {
      const standing = recordOf(this.of(member), kind, id)?.version;
      if (standing !== version) throw new Error(`${kind} ${id} of ${member} was not read.`);
      this.putRecord(member, kind, id, next === undefined ? undefined : structuredClone(next));
    }
  }
}
