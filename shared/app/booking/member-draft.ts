import type { Leg, LotKey } from '../../domain/ledger/entry.ts';
import type { Decision, FigureAdd, RecordWrite } from '../../domain/member/decision.ts';
import {
  balanceIn,
  type MemberSnapshot,
  recordKey,
  type StoredRecord,
} from '../../domain/member/snapshot.ts';
import type { TierStanding } from '../../domain/member/standing.ts';
import type { Balance } from '../../domain/points/balance.ts';
import {
  type BalanceChange,
  type BalanceMove,
  balanceChange,
} from '../../domain/points/balance-change.ts';
import { applyMove, laterActivity } from '../../domain/points/balance-move.ts';
import { staleFigures } from '../../domain/points/stale-figures.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import { primaryUnit } from '../../domain/program/schema.ts';
import type { Instant } from '../../domain/time.ts';

/** What the decisions of a posting have moved in one unit so far. */
class UnitMoves {
  readonly legs: Leg[] = [];
  readonly counters = new Map<string, bigint>();
  readonly metrics = new Map<string, bigint>();
  readonly cooldowns = new Map<string, bigint>();
  /** Keys whose stored values some decision relied on. */
  readonly relied = {
    counters: new Set<string>(),
    metrics: new Set<string>(),
    cooldowns: new Set<string>(),
  };
  tier: TierStanding | undefined;
  activeUntil: LotKey | undefined;
  warnedThrough: LotKey | undefined;
  expiredThrough: LotKey | undefined;

  add(kind: 'counters' | 'metrics', adds: readonly FigureAdd[]): void {
    for (const { key, add, read } of adds) {
      this[kind].set(key, (this[kind].get(key) ?? 0n) + add);
      if (read !== undefined) this.relied[kind].add(key);
    }
  }

  asMove(stale: NonNullable<BalanceMove['stale']>): BalanceMove {
    const { legs, counters, metrics, cooldowns, relied } = this;
    const { tier, activeUntil, warnedThrough, expiredThrough } = this;
    return {
      ...{ legs, counters, metrics, cooldowns, relied, stale },
      ...(tier && { tier }),
      ...(activeUntil && { activeUntil }),
      ...(warnedThrough && { warnedThrough }),
      ...(expiredThrough && { expiredThrough }),
    };
  }
}

/** One member as the decisions of a posting leave them, and what of it must be written. */
export class MemberDraft {
  readonly #read: MemberSnapshot;
  readonly #compiled: CompiledProgram;
  readonly #now: Instant;
  readonly #balances: Map<string, Balance>;
  readonly #records: Map<string, StoredRecord>;
  readonly #moves = new Map<string, UnitMoves>();
  readonly #writes = new Map<string, RecordWrite>();
  #settledThrough: Instant | undefined;

  constructor(read: MemberSnapshot, compiled: CompiledProgram, now: Instant) {
    this.#read = read;
    this.#compiled = compiled;
    this.#now = now;
    this.#balances = new Map(read.balances);
    this.#records = new Map(read.records);
  }

  /**
   * What the calendar brings up to then has been done: figures that it would have asked for may go.
   * Of a member whose calendar nobody has looked at, none goes.
   */
  settled(through: Instant): void {
    this.#settledThrough = through;
  }

  /** Nobody has written anything of this member before. */
  get isNew(): boolean {
    return this.#read.balances.size === 0 && this.#read.records.size === 0;
  }

  get snapshot(): MemberSnapshot {
    return { member: this.#read.member, balances: this.#balances, records: this.#records };
  }

  balance(unit: string): Balance {
    return balanceIn(this.snapshot, unit);
  }

  post(legs: readonly Leg[], unit: string): void {
    this.#change(unit, (moves) => {
      moves.legs.push(...legs);
    });
  }

  /** The lot and all before it are closed. */
  close(unit: string, lot: LotKey): void {
    this.#change(unit, (moves) => {
      const closed = moves.expiredThrough;
      if (closed === undefined || closed < lot) moves.expiredThrough = lot;
    });
  }

  write({ version: _, ...write }: RecordWrite): void {
    const { kind, id, next } = write;
    const key = recordKey(kind, id);
    const version = this.#read.records.get(key)?.version;
    this.#writes.set(key, { ...write, ...(version !== undefined && { version }) });
    if (next === undefined) this.#records.delete(key);
    else this.#records.set(key, { kind, id, version: (version ?? 0) + 1, value: next });
  }

  /** Figures, tier and the marks of activity and warnings. */
  note({ counters, metrics, cooldowns, tier, activeUntil, warned = [] }: Decision): void {
    if (counters.length + metrics.length + cooldowns.length > 0 || tier !== undefined) {
      this.#change(primaryUnit(this.#compiled.program), (moves) => {
        moves.add('counters', counters);
        moves.add('metrics', metrics);
        for (const { key, atSeconds, read } of cooldowns) {
          moves.cooldowns.set(key, atSeconds);
          if (read !== undefined) moves.relied.cooldowns.add(key);
        }
        if (tier !== undefined) moves.tier = tier;
      });
    }
    for (const { unit, until } of activeUntil) {
      this.#change(unit, (moves) => {
        moves.activeUntil = laterActivity(moves.activeUntil, until);
      });
    }
    for (const { unit, through } of warned) {
      this.#change(unit, (moves) => {
        moves.warnedThrough = through;
      });
    }
  }

  #change(unit: string, change: (moves: UnitMoves) => void): void {
    const moves = this.#moves.get(unit) ?? new UnitMoves();
    change(moves);
    this.#moves.set(unit, moves);
    this.#balances.set(
      unit,
      applyMove(this.#readBalance(unit), this.#moveOf(unit, moves), {
        member: this.#read.member,
        unit,
      }),
    );
  }

  #readBalance(unit: string): Balance {
    return balanceIn(this.#read, unit);
  }

  #moveOf(unit: string, moves: UnitMoves): BalanceMove {
    const balance = this.#readBalance(unit);
    const settled = this.#settledThrough;
    const now = settled ?? this.#now;
    const stale = staleFigures({ compiled: this.#compiled, balance, now });
    return moves.asMove(settled === undefined ? { ...stale, counters: [], metrics: [] } : stale);
  }

  balanceChanges(): BalanceChange[] {
    const { program } = this.#compiled.program;
    return [...this.#moves].flatMap(([unit, moves]) => {
      const owner = { program, member: this.#read.member, unit };
      return balanceChange(this.#readBalance(unit), this.#moveOf(unit, moves), owner) ?? [];
    });
  }

  recordWrites(): RecordWrite[] {
    return [...this.#writes.values()].filter(
      ({ next, version }) => next !== undefined || version !== undefined,
    );
  }
}
