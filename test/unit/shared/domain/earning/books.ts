import { createHash } from 'node:crypto';
import { type CustomerEvent, subjectOf } from '../../../../../shared/domain/earning/event.ts';
import { type Judgement, judgeEvent } from '../../../../../shared/domain/earning/judge.ts';
import type { AwardRecord, Entry, LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import { type FollowUp, nothingFollowed } from '../../../../../shared/domain/ledger/follow-up.ts';
import type { Decision, Movement } from '../../../../../shared/domain/member/decision.ts';
import {
  type MemberSnapshot,
  recordKey,
  type StoredRecord,
} from '../../../../../shared/domain/member/snapshot.ts';
import {
  type Balance,
  dayOfLot,
  emptyBalance,
} from '../../../../../shared/domain/points/balance.ts';
import { compileProgram } from '../../../../../shared/domain/program/compiled.ts';
import { type Program, primaryUnit, unitsOf } from '../../../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { noRates, type RateBook } from '../../../../../shared/domain/rates/rate-book.ts';
import type { Refusal } from '../../../../../shared/domain/refusal.ts';
import { type Instant, localDateAt } from '../../../../../shared/domain/time.ts';
import {
  addPending,
  addTo,
  credit,
  isFilled,
  issuedBy,
  type Mutable,
  roundTrip,
  take,
} from './plain-balance.ts';

export function hashOf({ source, id }: { readonly source: string; readonly id: string }): string {
  return createHash('sha256')
    .update(JSON.stringify([source, id]))
    .digest('base64url')
    .slice(0, 22);
}

/**
 * Members and budgets as decisions leave them, applied in the plainest way: an oracle that shares
 * nothing with what posts them.
 */
export class Books {
  readonly program: Program;
  readonly #compiled;
  readonly #accounts = new Map<string, bigint>();
  readonly #balances = new Map<string, Mutable<Balance>>();
  readonly #records = new Map<string, StoredRecord>();
  readonly #entries = new Map<string, Entry>();
  readonly #followUps = new Map<string, FollowUp>();
  readonly budgets: Map<string, bigint>;
  rates: RateBook = noRates;

  constructor(program: Program) {
    this.program = program;
    this.#compiled = compileProgram({ program, from: sinceEver });
    this.budgets = new Map(program.budgets.map(({ id, points }) => [id, BigInt(points)]));
  }

  get compiled() {
    return this.#compiled;
  }

  snapshot(member: string): MemberSnapshot {
    const own = [...this.#balances.keys()].flatMap((key) =>
      key.startsWith(`${member} `) ? [key.slice(member.length + 1)] : [],
    );
    const units = new Set([...unitsOf(this.program), ...own]);
    return {
      member,
      balances: new Map([...units].map((unit) => [unit, this.balance(member, unit)])),
      records: new Map(
        [...this.#records]
          .filter(([key]) => key.startsWith(`${member} `))
          .map(([, record]) => [recordKey(record.kind, record.id), record]),
      ),
    };
  }

  balance(member: string, unit = 'PTS'): Mutable<Balance> {
    const key = `${member} ${unit}`;
    const { standing } = emptyBalance;
    const known = this.#balances.get(key) ?? {
      ...emptyBalance,
      standing: {
        ...standing,
        counters: new Map(),
        metrics: new Map(),
        cooldowns: new Map(),
      },
    };
    this.#balances.set(key, known);
    return known;
  }

  /** Everything that a test compares before and after. */
  state(): unknown {
    const balances = [...this.#balances].flatMap(([key, balance]) => {
      if (!isFilled(balance)) return [];
      const { counters, metrics } = balance.standing;
      const filled = (map: ReadonlyMap<string, bigint>) =>
        [...map].filter(([, value]) => value !== 0n).sort();
      const { debt, pending } = balance;
      return [
        [
          key,
          { debt, pending, lots: filled(balance.lots), vesting: filled(balance.vesting) },
          { counters: filled(counters), metrics: filled(metrics) },
        ],
      ];
    });
    const records = [...this.#records.keys()];
    return { balances, records, budgets: [...this.budgets], accounts: this.accounts() };
  }

  /** What is on the program's accounts, by unit and name, where it is not zero. */
  accounts(): Record<string, bigint> {
    return Object.fromEntries([...this.#accounts].filter(([, amount]) => amount !== 0n).sort());
  }

  /** A member's wallet: spendable, vesting and waiting, less debt. */
  holds(member: string, unit: string): bigint {
    const { lots, vesting, pending, debt } = this.balance(member, unit);
    const held = [...lots.values(), ...vesting.values()].reduce((sum, part) => sum + part, 0n);
    return held + pending - debt;
  }

  #account(unit: string, name: string, amount: bigint): void {
    const key = `${unit} ${name}`;
    this.#accounts.set(key, (this.#accounts.get(key) ?? 0n) + amount);
  }

  judge(event: CustomerEvent, now: Instant = event.occurredAt): Judgement | Refusal {
    const original = event.refersTo && hashOf(event.refersTo);
    const entry = original === undefined ? undefined : this.#entries.get(original);
    const followUp = this.#followUps.get(original ?? '') ?? nothingFollowed;
    const judged = judgeEvent({
      ...{ compiled: this.#compiled, event, subject: subjectOf(event), now },
      ...{ member: this.snapshot(event.member), budgets: this.budgets, hash: hashOf(event) },
      snapshots: (members) => new Map([...members].map((each) => [each, this.snapshot(each)])),
      rates: this.rates,
      ...(entry && { original: { entry, followUp } }),
    });
    return judged.ok ? judged.value : judged.failure;
  }

  /** Judges and books; throws where the event is refused or waits. */
  book(event: CustomerEvent, now: Instant = event.occurredAt): Decision {
    const judged = this.judge(event, now);
    if (!('kind' in judged) || judged.kind === 'waits') throw new Error(JSON.stringify(judged));
    this.apply(judged.decision, event, now);
    if (judged.followUp !== undefined && event.refersTo !== undefined) {
      this.#followUps.set(hashOf(event.refersTo), judged.followUp);
    }
    return judged.decision;
  }

  apply(decision: Decision, event: CustomerEvent, now: Instant = event.occurredAt): void {
    for (const movement of decision.movements) this.#move(movement, now);
    const { standing } = this.balance(event.member, primaryUnit(this.program));
    for (const { key, add, read } of decision.counters) {
      addTo(standing.counters, key, add, read);
    }
    for (const { key, add } of decision.metrics) addTo(standing.metrics, key, add);
    for (const { key, atSeconds } of decision.cooldowns) {
      (standing.cooldowns as Map<string, bigint>).set(key, atSeconds);
    }
    for (const { member, kind, id, version, next } of decision.records) {
      const key = `${member} ${recordKey(kind, id)}`;
      if (this.#records.get(key)?.version !== version) throw new Error(`Stale ${key}`);
      const record = { kind, id, version: (version ?? 0) + 1, value: roundTrip(next) };
      if (next === undefined) this.#records.delete(key);
      else this.#records.set(key, record);
    }
    this.#entries.set(hashOf(event), this.#entryOf(decision, event, now));
  }

  #entryOf(decision: Decision, event: CustomerEvent, postedAt: Instant): Entry {
    const awards: AwardRecord[] = [...decision.awards];
    for (const { budget, points, award } of decision.budgets) {
      this.budgets.set(budget, (this.budgets.get(budget) ?? 0n) - points);
      const drawnFor = award === undefined ? undefined : awards[award];
      if (award === undefined || drawnFor === undefined) continue;
      const budgets = [...(drawnFor.budgets ?? []), { budget, shard: 0, points }];
      awards[award] = { ...drawnFor, budgets };
    }
    const { kind, explanation, amountMinor } = decision;
    const exchanges = decision.movements.flatMap((movement) =>
      movement.kind === 'exchange' ? [movement.exchange] : [],
    );
    const { currency } = event;
    const { program, member, occurredAt } = { ...event, program: this.program.program };
    return {
      key: { at: 'event', program, hash: hashOf(event), part: '0' },
      ...{ kind, program, member, legs: [], occurredAt, postedAt },
      ...{ bodyHash: '', explanation, awards },
      ...(amountMinor !== undefined && { amountMinor, currency }),
      ...(exchanges.length > 0 && { exchanges }),
      metrics: decision.metrics.map(({ key, add }) => [key, add]),
    };
  }

  #move(movement: Movement, now: Instant): void {
    const { kind } = movement;
    if (kind === 'expire' || kind === 'absorb' || kind === 'extend' || kind === 'migrate') {
      throw new Error(`The engine decides no ${kind}.`);
    }
    if (movement.kind === 'exchange') {
      this.#exchange(movement);
      return;
    }
    const { member, unit, points } = movement;
    this.#account(unit, ...issuedBy(movement));
    if (movement.kind === 'donate') {
      this.#account(unit, movement.charity, points);
      return;
    }
    if (points <= 0n) throw new Error('A movement moves something.');
    const balance = this.balance(member, unit);
    if (kind === 'pend') addPending(balance, movement.vestOn, points);
    if (kind === 'vest' || kind === 'unpend') addPending(balance, movement.vestOn, -points);
    if (kind === 'credit' && dayOfLot(movement.lot) <= localDateAt(now, this.program.timeZone)) {
      this.#account(unit, 'breakage', points);
      return;
    }
    if (kind === 'vest' || kind === 'credit') credit(balance, movement.lot, points);
    if (kind === 'take') {
      const vesting = balance.vesting.get(movement.vestOn ?? ('' as LotKey)) ?? 0n;
      const early = vesting < points ? vesting : points;
      if (early > 0n) addPending(balance, movement.vestOn, -early);
      take(balance, movement.prefer, points - early);
    }
  }

  #exchange({ exchange }: Extract<Movement, { kind: 'exchange' }>): void {
    const { from, fromMinor, to, toMinor, wholeMinor } = exchange;
    this.#account(from, 'issued', -fromMinor);
    this.#account(from, 'position', fromMinor);
    this.#account(to, 'position', -wholeMinor);
    this.#account(to, 'rounding', wholeMinor - toMinor);
    this.#account(to, 'issued', toMinor);
  }
}
